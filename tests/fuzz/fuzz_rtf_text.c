/* The text of a rich text file made of arbitrary bytes: well-formed UTF-8, not much longer than the file, whatever
 * comes of it. */
#include "read/rtf_text.h"

#include "base/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char start[] = "{\\rtf1";
    uint64_t ill_formed = 0;
    att_buffer rtf = {0}, out = {0};
    att_error error = {0};

    if (size < 1)
        return 0;
    if (data[0] != '{')
        att_buffer_text(&rtf, start);
    att_buffer_append(&rtf, data, size);
    if (att_rtf_text(&out, (att_span){rtf.data, rtf.size}, &ill_formed, "fuzz.rtf", &error) != ATT_OK &&
        !error.message[0])
        abort();
    if (out.size > 4 * rtf.size || (out.size && att_utf8_valid_prefix(out.data, out.size) != out.size))
        abort();
    att_buffer_clear(&rtf);
    att_buffer_clear(&out);
    return 0;
}
