/* The plain-text reader on arbitrary bytes: it must not crash, must hand out spans of bounded size that add up to the
 * input, and must give the same turns in two ranges as in one. The first byte chooses where the ranges meet. */
#include "memory_source.h"
#include "read/format.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is compared: an order-dependent mix of all turns, and the counts. */
typedef struct {
    uint64_t mix;
    att_read_counts counts;
} digest;

static void mix_bytes(digest *to, const void *data, size_t size)
{
    const unsigned char *bytes = data;

    for (size_t i = 0; i < size; i++)
        to->mix = (to->mix ^ bytes[i]) * 0x100000001B3u;
}

static void mix_turn(digest *to, const att_turn *turn)
{
    if (turn->text.size > ATT_TURN_PIECE)
        abort();
    mix_bytes(to, turn->label.text, turn->label.size);
    mix_bytes(to, turn->text.text, turn->text.size);
    mix_bytes(to, &turn->offset, sizeof turn->offset);
    mix_bytes(to, &turn->start_ms, sizeof turn->start_ms);
    mix_bytes(to, &turn->end_ms, sizeof turn->end_ms);
}

static void range_read(digest *to, const void *layout, att_span bytes, uint64_t from, uint64_t end, size_t step)
{
    size_t start = from ? (size_t)from - 1 : 0;
    memory_state state = {{bytes.text + start, bytes.size - start}, 0, step};
    att_source source = {memory_read, &state};
    const att_turn_batch *batch = NULL;
    void *reader = NULL;

    if (att_format_txt.open(&reader, layout, &source, from, end, NULL) != ATT_OK)
        return;
    do {
        if (att_format_txt.next(reader, &batch, NULL) != ATT_OK)
            abort();
        for (size_t i = 0; i < batch->count; i++)
            mix_turn(to, &batch->turns[i]);
    } while (batch->count > 0);
    att_read_counts counts = att_format_txt.counts(reader);
    to->counts.ill_formed += counts.ill_formed;
    to->counts.controls += counts.controls;
    to->counts.cut_turns += counts.cut_turns;
    to->counts.notes += counts.notes;
    to->counts.bytes += counts.bytes;
    to->counts.lines += counts.lines;
    att_format_txt.close(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const att_read_options options[] = {{.speaker_regex = NULL}, {.speaker_regex = "\\W*(\\w+)[:.]"}};
    const att_format *format = NULL;
    void *layout = NULL;
    digest whole = {0};
    digest parts = {0};

    if (size < 2)
        return 0;
    att_span bytes = {(const char *)data + 2, size - 2};
    uint64_t cut = bytes.size * data[0] / 255;
    att_span probe = {bytes.text, bytes.size < ATT_PROBE ? bytes.size : ATT_PROBE};
    bool complete = probe.size == bytes.size;
    (void)att_format_detect(&format, probe, complete, "fuzz.txt", NULL);
    if (att_format_txt.plan(&layout, probe, complete, "fuzz.txt", &options[data[1] == 'r'], NULL) != ATT_OK)
        return 0;
    range_read(&whole, layout, bytes, 0, UINT64_MAX, SIZE_MAX);
    range_read(&parts, layout, bytes, 0, cut, 1 + data[1] % 13u);
    range_read(&parts, layout, bytes, cut, UINT64_MAX, SIZE_MAX);
    if (memcmp(&whole, &parts, sizeof whole) != 0 || whole.counts.bytes != bytes.size)
        abort();
    att_format_txt.forget(layout);
    return 0;
}
