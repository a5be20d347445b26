/* libFuzzer target: any bytes as a TextGrid, with the tiers that a glob names or those of speech. Every turn's offset
 * lies in the source. Seeds in tests/fuzz/corpus/textgrid/. */
#include "read/format.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_all(const void *plan, att_span bytes)
{
    att_span left = bytes;
    att_source source = att_source_of_span(&left);
    const att_turn_batch *batch = NULL;
    void *reader = NULL;
    att_error error = {0};

    if (att_format_textgrid.open(&reader, plan, &source, 0, UINT64_MAX, &error) != ATT_OK) {
        if (!error.message[0])
            abort();
        return;
    }
    while (att_format_textgrid.next(reader, &batch, NULL) == ATT_OK && batch->count)
        for (size_t i = 0; i < batch->count; i++)
            if (batch->turns[i].text.size > ATT_TURN_PIECE || batch->turns[i].offset > bytes.size)
                abort();
    att_format_textgrid.close(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const all[] = {"*"};
    void *plan = NULL;

    if (size < 1)
        return 0;
    att_span bytes = {(const char *)data + 1, size - 1};
    att_read_options options = {.tiers = all, .tier_count = data[0] & 1};
    (void)att_format_textgrid.sniff(bytes, true, "fuzz.TextGrid");
    if (att_format_textgrid.plan(&plan, bytes, true, "fuzz.TextGrid", &options, NULL) != ATT_OK)
        return 0;
    read_all(plan, bytes);
    att_format_textgrid.forget(plan);
    return 0;
}
