/* libFuzzer target: any bytes as a speaker table, and its labels asked for again. Seeds in tests/fuzz/corpus/speakers/.
 */
#include "tally/speakers.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask(const att_speakers *speakers, size_t row)
{
    att_buffer name = {0};
    att_span transcript = att_span_of(att_speakers_transcript(speakers, row));
    att_span label = att_span_of(att_speakers_label(speakers, row));
    /* A row is found by what it says, whatever else is in the table. */
    if (att_speakers_row(speakers, transcript, label) != (ptrdiff_t)row)
        abort();
    att_speakers_identity(speakers, transcript, label, &name);
    for (size_t i = 0; i < att_speakers_column_count(speakers); i++)
        att_buffer_text(&name, att_speakers_value(speakers, row, i));
    att_buffer_clear(&name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    att_speakers *speakers = NULL;
    att_error error;
    att_span text = {(const char *)data, size};

    if (att_speakers_parse(&speakers, "fuzz.csv", text, size & 1, &error) == ATT_OK) {
        for (size_t i = 0; i < att_speakers_row_count(speakers); i++)
            ask(speakers, i);
        att_speakers_knows(speakers, att_span_of("t"), text);
        att_speakers_free(speakers);
    }
    return 0;
}
