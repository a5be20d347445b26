#include "base/charset.h"

#include "base/utf8.h"

#include <string.h>
#include <strings.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

/* ICU's detector looks at no more than 8,000 bytes; UTF-16 shows within the first few. */
enum { SAMPLE = 8000, NUL_PROBE = 4096 };

static bool begins_with(att_span probe, const char *mark, size_t size)
{
    return probe.size >= size && memcmp(probe.text, mark, size) == 0;
}

/* UTF-32's marks begin like UTF-16's. */
static const char *by_mark(att_span probe)
{
    if (begins_with(probe, "\xEF\xBB\xBF", 3))
        return "UTF-8";
    if (begins_with(probe, "\xFF\xFE\0\0", 4))
        return "UTF-32LE";
    if (begins_with(probe, "\0\0\xFE\xFF", 4))
        return "UTF-32BE";
    if (begins_with(probe, "\xFF\xFE", 2))
        return "UTF-16LE";
    return begins_with(probe, "\xFE\xFF", 2) ? "UTF-16BE" : NULL;
}

/* Every other byte NUL, and hardly any of those between: UTF-16 without its mark. */
static const char *by_nuls(att_span probe)
{
    size_t nuls[2] = {0, 0};
    size_t size = probe.size < NUL_PROBE ? probe.size & ~(size_t)1 : NUL_PROBE;

    for (size_t i = 0; i < size; i++)
        nuls[i & 1] += probe.text[i] == '\0';
    size_t most = nuls[0] > nuls[1] ? nuls[0] : nuls[1];
    size_t least = nuls[0] > nuls[1] ? nuls[1] : nuls[0];
    if (size < 4 || most * 10 < size * 4 || least * 50 > size)
        return NULL;
    return nuls[1] > nuls[0] ? "UTF-16LE" : "UTF-16BE";
}

/* Well-formed, but for a character that the probe's end may cut; or damaged in a few places: then other sequences are
 * well-formed that would hardly be so by chance. */
static bool is_utf8(att_span probe, bool complete)
{
    size_t at = 0, good = 0, bad = 0;

    if (att_utf8_valid_prefix(probe.text, probe.size) == probe.size)
        return true;
    while (at < probe.size) {
        /* In ASCII there is nothing to be told. */
        if ((unsigned char)probe.text[at] < 0x80) {
            at++;
            continue;
        }
        size_t from = at;
        bool replaced = att_utf8_next(probe.text, probe.size, &at) == ATT_REPLACEMENT &&
                        !begins_with((att_span){probe.text + from, probe.size - from}, "\xEF\xBF\xBD", 3);
        bool cut = replaced && !complete && at == probe.size && at - from < 4;
        bad += replaced && !cut;
        good += !replaced;
    }
    return bad == 0 || good > 10 * bad;
}

/* The lines that are not all ASCII, as far as they fit: the others tell nothing of the encoding. */
static size_t take_sample(char *sample, att_span probe)
{
    size_t size = 0;

    if (memchr(probe.text, '\0', probe.size)) {
        size = probe.size < SAMPLE ? probe.size : SAMPLE;
        memcpy(sample, probe.text, size);
        return size;
    }
    for (size_t at = 0; at < probe.size && size < SAMPLE;) {
        const char *end = memchr(probe.text + at, '\n', probe.size - at);
        size_t length = end ? (size_t)(end - probe.text) + 1 - at : probe.size - at;
        size_t plain = at;
        while (plain < at + length && (unsigned char)probe.text[plain] < 0x80)
            plain++;
        if (plain < at + length) {
            /* Of a line that is too long, the part from shortly before its first letter that is not ASCII. */
            size_t from = length <= SAMPLE - size || plain - at < 200 ? at : plain - 200;
            size_t take = at + length - from < SAMPLE - size ? at + length - from : SAMPLE - size;
            memcpy(sample + size, probe.text + from, take);
            size += take;
        }
        at += length;
    }
    return size;
}

/* Texts that say the one are in the other: it has letters where the first has control characters. */
static const char *widen(const char *name)
{
    if (strcasecmp(name, "ISO-8859-1") == 0)
        return "windows-1252";
    if (strncasecmp(name, "ISO-8859-8", 10) == 0)
        return "windows-1255";
    return strcasecmp(name, "ISO-8859-9") == 0 ? "windows-1254" : name;
}

/* The detector does not know the encoding of old Macs, in which Word still writes plain text there. Their lines end
 * with CR alone; their accented letters, and the sharp s, are where windows-1252 has signs. */
static bool is_macintosh(att_span probe)
{
    size_t mac = 0, windows = 0;

    if (memchr(probe.text, '\n', probe.size) || !memchr(probe.text, '\r', probe.size))
        return false;
    for (size_t i = 0; i < probe.size; i++) {
        unsigned char c = (unsigned char)probe.text[i];
        /* Quotation marks and dashes of windows-1252 are common too. */
        bool sign = c == 0x85 || (c >= 0x91 && c <= 0x97);
        mac += (c >= 0x80 && c < 0xA0 && !sign) || c == 0xA7 || c == 0xBE || c == 0xBF;
        windows += c >= 0xDF && c != 0xF7;
    }
    return mac > windows;
}

static bool is_wide(const char *name)
{
    return strncmp(name, "UTF-16", 6) == 0 || strncmp(name, "UTF-32", 6) == 0;
}

static void set_name(att_charset *out, const char *name)
{
    size_t size = strnlen(name, sizeof out->name - 1);

    memcpy(out->name, name, size);
    out->name[size] = '\0';
    out->is_utf8 = ucnv_compareNames(name, "UTF-8") == 0;
}

/* The detector's best guess that is not what was ruled out before: UTF-8, and UTF-16 that is not convincing. */
static att_status guess(att_charset *out, att_span probe, att_error *error)
{
    char sample[SAMPLE];
    UErrorCode code = U_ZERO_ERROR;
    int32_t count = 0;
    UCharsetDetector *detector = ucsdet_open(&code);

    set_name(out, "windows-1252");
    out->confidence = 0;
    ucsdet_setText(detector, sample, (int32_t)take_sample(sample, probe), &code);
    const UCharsetMatch **matches = ucsdet_detectAll(detector, &count, &code);
    for (int32_t i = 0; U_SUCCESS(code) && i < count; i++) {
        UErrorCode ignored = U_ZERO_ERROR;
        const char *name = ucsdet_getName(matches[i], &ignored);
        int32_t confidence = ucsdet_getConfidence(matches[i], &ignored);
        /* The detector knows EBCDIC in two directions, for which there are no converters. */
        if (!name || strcmp(name, "UTF-8") == 0 || (is_wide(name) && confidence < 50) ||
            att_charset_check(name, NULL) != ATT_OK)
            continue;
        set_name(out, widen(name));
        out->confidence = confidence;
        break;
    }
    if (strcmp(out->name, "windows-1252") == 0 && is_macintosh(probe))
        set_name(out, "macintosh");
    ucsdet_close(detector);
    return code == U_MEMORY_ALLOCATION_ERROR ? att_fail_memory(error) : ATT_OK;
}

att_status att_charset_choose(att_charset *out, att_span probe, bool complete, const char *told, att_error *error)
{
    const char *name = NULL;
    att_charset chosen = {.confidence = 100};

    if (told) {
        att_status status = att_charset_check(told, error);
        if (status)
            return status;
        chosen.reason = ATT_CHARSET_TOLD;
        set_name(&chosen, told);
    } else if ((name = by_mark(probe))) {
        chosen.reason = ATT_CHARSET_MARK;
        set_name(&chosen, name);
    } else if ((name = by_nuls(probe))) {
        chosen.reason = ATT_CHARSET_NULS;
        set_name(&chosen, name);
    } else if (is_utf8(probe, complete)) {
        chosen.reason = ATT_CHARSET_VALID;
        set_name(&chosen, "UTF-8");
    } else {
        chosen.reason = ATT_CHARSET_GUESS;
        att_status status = guess(&chosen, probe, error);
        if (status)
            return status;
    }
    *out = chosen;
    return ATT_OK;
}
