/* The json reader on arbitrary bytes: it must end in turns of bounded size or in an error. The first byte chooses
 * whether keys are named. */
#include "read/format.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const att_column_role columns[] = {{"text", "text"}, {"speaker", "who"}, {"role", "speaker"}};
    static const att_read_options options[] = {{0}, {.columns = columns, .column_count = 3}};
    const att_format *format = &att_format_json;
    const att_turn_batch *batch = NULL;
    void *plan = NULL, *reader = NULL;
    att_error error = {0};

    if (size < 1)
        return 0;
    att_span left = {(const char *)data + 1, size - 1};
    att_source source = att_source_of_span(&left);
    (void)format->sniff(left, true, "fuzz.json");
    if (format->plan(&plan, left, true, "fuzz.json", &options[data[0] & 1], &error) != ATT_OK)
        abort();
    if (format->open(&reader, plan, &source, 0, UINT64_MAX, &error) == ATT_OK) {
        do {
            if (format->next(reader, &batch, &error) != ATT_OK)
                abort();
            for (size_t i = 0; i < batch->count; i++)
                if (batch->turns[i].text.size > ATT_TURN_PIECE)
                    abort();
        } while (batch->count > 0);
        format->close(reader);
    } else if (!error.message[0]) {
        abort();
    }
    format->forget(plan);
    return 0;
}
