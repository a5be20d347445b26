/* libFuzzer target: any bytes as a CHAT transcript. However the bytes come, the turns are the same; each text is
 * bounded and its offset lies in the source. Seeds in tests/fuzz/corpus/cha/. */
#include "memory_source.h"
#include "read/format.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void mix_bytes(uint64_t *mix, const void *data, size_t size)
{
    const unsigned char *bytes = data;

    for (size_t i = 0; i < size; i++)
        *mix = (*mix ^ bytes[i]) * 0x100000001B3u;
}

static void mix_turn(uint64_t *mix, const att_turn *turn, size_t size)
{
    if (turn->text.size > ATT_TURN_PIECE || turn->offset > size)
        abort();
    mix_bytes(mix, turn->label.text, turn->label.size);
    mix_bytes(mix, turn->text.text, turn->text.size);
    mix_bytes(mix, turn->language.text, turn->language.size);
    mix_bytes(mix, &turn->offset, sizeof turn->offset);
    mix_bytes(mix, &turn->line, sizeof turn->line);
    mix_bytes(mix, &turn->start_ms, sizeof turn->start_ms);
    mix_bytes(mix, &turn->end_ms, sizeof turn->end_ms);
}

/* A digest of everything that is read; 0: it is no CHAT transcript. */
static uint64_t read_all(const void *plan, att_span bytes, size_t step)
{
    memory_state state = {bytes, 0, step};
    att_source source = {memory_read, &state};
    const att_turn_batch *batch = NULL;
    void *reader = NULL;
    uint64_t mix = 1;
    att_status status;

    if (att_format_cha.open(&reader, plan, &source, 0, UINT64_MAX, NULL) != ATT_OK)
        abort();
    while ((status = att_format_cha.next(reader, &batch, NULL)) == ATT_OK && batch->count)
        for (size_t i = 0; i < batch->count; i++)
            mix_turn(&mix, &batch->turns[i], bytes.size);
    const att_transcript_info *info = att_format_cha.info(reader);
    mix_bytes(&mix, info->language.text, info->language.size);
    for (size_t i = 0; i < info->fact_count; i++)
        mix_bytes(&mix, info->facts[i].value.text, info->facts[i].value.size);
    if (status == ATT_OK && att_format_cha.counts(reader).bytes != bytes.size)
        abort();
    att_format_cha.close(reader);
    return status == ATT_OK ? mix : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const att_read_options none;
    void *plan = NULL;

    if (size < 1)
        return 0;
    att_span bytes = {(const char *)data + 1, size - 1};
    (void)att_format_cha.sniff(bytes, true, "fuzz.cha");
    if (att_format_cha.plan(&plan, bytes, true, "fuzz.cha", &none, NULL) != ATT_OK)
        return 0;
    if (read_all(plan, bytes, SIZE_MAX) != read_all(plan, bytes, 1 + data[0] % 31u))
        abort();
    att_format_cha.forget(plan);
    return 0;
}
