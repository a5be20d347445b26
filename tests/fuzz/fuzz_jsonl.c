/* The reader of JSON Lines, see table.h. The first byte chooses how. */
#include "table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const att_column_role columns[] = {{"side", "meta.side"}, {"transcript", ""}};
    static const char *const writers[] = {"jsonl", "csv", "txt", "vtt"};

    if (size < 1)
        return 0;
    att_read_options options = {.columns = columns, .column_count = data[0] % 3u};
    att_span bytes = {(const char *)data + 1, size - 1};
    (void)att_format_jsonl.sniff(bytes, true, data[0] & 0x20 ? "f.jsonl" : "f");
    table_check(&att_format_jsonl, bytes, data[0] & 0x10 ? 3 : SIZE_MAX, &options, writers[data[0] >> 2 & 3]);
    return 0;
}
