/* The srt reader on arbitrary bytes: it must not crash, must hand out spans of bounded size whose offsets lie in the
 * input, and must give the same turns in whichever steps the bytes come. The first byte chooses the steps. */
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

static void mix_turn(digest *to, const att_turn *turn, size_t most)
{
    if (turn->text.size > ATT_TURN_PIECE || turn->offset > most)
        abort();
    mix_bytes(to, turn->label.text, turn->label.size);
    mix_bytes(to, turn->text.text, turn->text.size);
    mix_bytes(to, turn->language.text, turn->language.size);
    mix_bytes(to, &turn->offset, sizeof turn->offset);
    mix_bytes(to, &turn->line, sizeof turn->line);
    mix_bytes(to, &turn->start_ms, sizeof turn->start_ms);
    mix_bytes(to, &turn->end_ms, sizeof turn->end_ms);
}

static void read_all(digest *to, const void *plan, att_span bytes, size_t step)
{
    memory_state state = {bytes, 0, step};
    att_source source = {memory_read, &state};
    const att_turn_batch *batch = NULL;
    void *reader = NULL;

    if (att_format_srt.open(&reader, plan, &source, 0, UINT64_MAX, NULL) != ATT_OK)
        return;
    while (att_format_srt.next(reader, &batch, NULL) == ATT_OK && batch->count > 0)
        for (size_t i = 0; i < batch->count; i++)
            mix_turn(to, &batch->turns[i], bytes.size);
    to->counts = att_format_srt.counts(reader);
    att_format_srt.close(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const att_read_options options[] = {{.speaker_regex = NULL}, {.speaker_regex = "\\W*(\\w+)[:.]"}};
    void *plan = NULL;
    digest whole = {0};
    digest steps = {0};

    if (size < 1)
        return 0;
    att_span bytes = {(const char *)data + 1, size - 1};
    att_span probe = {bytes.text, bytes.size < ATT_PROBE ? bytes.size : ATT_PROBE};
    bool complete = probe.size == bytes.size;
    (void)att_format_srt.sniff(probe, complete, "fuzz.srt");
    if (att_format_srt.plan(&plan, probe, complete, "fuzz.srt", &options[data[0] & 1], NULL) != ATT_OK)
        return 0;
    read_all(&whole, plan, bytes, SIZE_MAX);
    read_all(&steps, plan, bytes, 1 + data[0] / 8u);
    if (memcmp(&whole, &steps, sizeof whole) != 0)
        abort();
    att_format_srt.forget(plan);
    return 0;
}
