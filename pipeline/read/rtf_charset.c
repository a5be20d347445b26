#include "read/rtf_charset.h"

#include "base/utf8.h"

#include <stdio.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ustring.h>

uint32_t att_rtf_charset_page(int64_t charset)
{
    static const uint16_t pages[][2] = {{77, 10000}, {128, 932},  {129, 949},  {130, 1361}, {134, 936},  {136, 950},
                                        {161, 1253}, {162, 1254}, {163, 1258}, {177, 1255}, {178, 1256}, {186, 1257},
                                        {204, 1251}, {222, 874},  {238, 1250}, {254, 437},  {255, 850}};

    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (pages[i][0] == charset)
            return pages[i][1];
    return 0;
}

/* What stands for nothing becomes U+FFFD. (ICU's own substitution makes U+001A of single bytes in some code pages.) */
static void replace(const void *context, UConverterToUnicodeArgs *to, const char *bytes, int32_t size,
                    UConverterCallbackReason reason, UErrorCode *error)
{
    static const UChar replacement = ATT_REPLACEMENT;

    (void)context, (void)bytes, (void)size;
    if (reason > UCNV_IRREGULAR)
        return;
    *error = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(to, &replacement, 1, 0, error);
}

static UConverter *open_named(const char *name)
{
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name, &error);

    ucnv_setToUCallBack(converter, replace, NULL, NULL, NULL, &error);
    if (U_SUCCESS(error))
        return converter;
    ucnv_close(converter);
    return NULL;
}

static UConverter *open_page(uint32_t page)
{
    char name[32];

    if (page == 10000)
        snprintf(name, sizeof name, "macintosh");
    else if (page == 65001)
        snprintf(name, sizeof name, "UTF-8");
    else if ((page >= 1250 && page <= 1258) || page == 874 || page == 932 || page == 936 || page == 949 || page == 950)
        snprintf(name, sizeof name, "windows-%u", page);
    else
        snprintf(name, sizeof name, "cp%u", page);
    UConverter *converter = open_named(name);
    return converter ? converter : open_named(page == 1361 ? "windows-949" : "windows-1252");
}

static bool append_wide(att_rtf_bytes *bytes, att_buffer *out, const UChar *wide, int32_t count)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t size = 0;

    for (int32_t i = 0; i < count; i++)
        bytes->ill_formed += wide[i] == 0xFFFD;
    if (!att_buffer_reserve(out, (size_t)count * 3 + 1))
        return false;
    u_strToUTF8(out->data + out->size, count * 3 + 1, &size, wide, count, &error);
    if (U_SUCCESS(error))
        out->size += (size_t)size;
    return true;
}

static bool convert(att_rtf_bytes *bytes, att_buffer *out)
{
    UErrorCode error = U_ZERO_ERROR;
    /* No code page makes more than two units of a byte. */
    size_t room = bytes->bytes.size * 2 + 2;

    if (!bytes->converter || bytes->open != bytes->page) {
        ucnv_close(bytes->converter);
        bytes->converter = open_page(bytes->page);
        bytes->open = bytes->page;
    }
    bytes->wide.size = 0;
    if (!bytes->converter || !att_buffer_reserve(&bytes->wide, room * sizeof(UChar)))
        return false;
    UChar *wide = (UChar *)(void *)bytes->wide.data, *end = wide;
    const char *from = bytes->bytes.data;
    ucnv_resetToUnicode(bytes->converter);
    ucnv_toUnicode(bytes->converter, &end, wide + room - 1, &from, from + bytes->bytes.size, NULL, true, &error);
    if (error == U_TRUNCATED_CHAR_FOUND) /* the first byte of two is the last */
        *end++ = ATT_REPLACEMENT;
    else if (U_FAILURE(error))
        return false;
    return append_wide(bytes, out, wide, (int32_t)(end - wide));
}

bool att_rtf_bytes_flush(att_rtf_bytes *bytes, att_buffer *out)
{
    bool fits = true;

    if (!bytes->bytes.size)
        return true;
    if (bytes->ascii_only)
        att_buffer_append(out, bytes->bytes.data, bytes->bytes.size);
    else
        fits = convert(bytes, out);
    bytes->bytes.size = 0;
    return fits && !out->failed;
}

bool att_rtf_bytes_add(att_rtf_bytes *bytes, att_buffer *out, uint32_t page, att_span text)
{
    /* The second makes conversions of bounded size; there is no telling a character's halves apart, but hardly ever are
     * there as many bytes without any control word. */
    if ((bytes->page != page || bytes->bytes.size > ((size_t)1 << 24)) && !att_rtf_bytes_flush(bytes, out))
        return false;
    if (!bytes->bytes.size)
        bytes->ascii_only = true;
    bytes->page = page;
    for (size_t i = 0; i < text.size; i++)
        bytes->ascii_only = bytes->ascii_only && (unsigned char)text.text[i] < 0x80;
    att_buffer_span(&bytes->bytes, text);
    return !bytes->bytes.failed;
}

void att_rtf_bytes_clear(att_rtf_bytes *bytes)
{
    att_buffer_clear(&bytes->bytes);
    att_buffer_clear(&bytes->wide);
    ucnv_close(bytes->converter);
    *bytes = (att_rtf_bytes){0};
}
