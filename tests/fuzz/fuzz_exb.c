/* EXMARaLDA transcriptions on arbitrary bytes. */
#include "fuzz_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_document(&att_format_exb, data, size);
    return 0;
}
