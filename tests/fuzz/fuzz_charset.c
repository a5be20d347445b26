/* Arbitrary bytes as a text in some encoding: the choice must not crash, and what is decoded must be well-formed UTF-8
 * and the same in any steps. The first byte chooses the encoding (or that it is found out), the second the step. */
#include "memory_source.h"
#include "base/utf8.h"
#include "base/charset.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t decode(att_buffer *out, const char *charset, att_span bytes, size_t step)
{
    memory_state m = {bytes, 0, step};
    att_source source = {memory_read, &m};
    att_decoder *decoder = NULL;
    char block[256];
    ptrdiff_t got;

    if (att_decoder_new(&decoder, charset, &source, NULL) != ATT_OK)
        abort();
    att_source *from = att_decoder_source(decoder);
    while ((got = from->read(from, block, step < sizeof block ? step : sizeof block)) > 0)
        att_buffer_append(out, block, (size_t)got);
    if (got < 0)
        abort();
    uint64_t ill_formed = att_decoder_ill_formed(decoder);
    att_decoder_free(decoder);
    return ill_formed;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"UTF-16LE",     "UTF-16BE",   "UTF-32LE", "UTF-32BE",    "UTF-16",
                                        "windows-1252", "Shift_JIS",  "GB18030",  "ISO-2022-JP", "EUC-KR",
                                        "UTF-7",        "Big5",       "UTF-8",    "HZ",          "SCSU",
                                        "ibm-437",      "ISO-2022-CN"};
    enum { NAMES = sizeof names / sizeof *names };
    att_charset charset;

    if (size < 2)
        return 0;
    att_span bytes = {(const char *)data + 2, size - 2};
    const char *told = data[0] < NAMES ? names[data[0]] : NULL;
    if (att_charset_choose(&charset, bytes, data[1] & 1, told, NULL) != ATT_OK)
        abort();
    if (!told && charset.is_utf8)
        return 0;
    att_buffer whole = {0}, steps = {0};
    uint64_t ill_formed = decode(&whole, charset.name, bytes, SIZE_MAX);
    if (ill_formed != decode(&steps, charset.name, bytes, 1u + data[1]) || whole.size != steps.size ||
        (whole.size && memcmp(whole.data, steps.data, whole.size) != 0) ||
        att_utf8_valid_prefix(whole.size ? whole.data : "", whole.size) != whole.size)
        abort();
    att_buffer_clear(&whole);
    att_buffer_clear(&steps);
    return 0;
}
