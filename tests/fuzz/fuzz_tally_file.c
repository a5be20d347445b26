/* libFuzzer target: any bytes as a tally file, read, grouped and estimated. Each input is tried twice: as it is, and
 * with its checksums put right, because no mutation gets past them by chance. Seeds in tests/fuzz/corpus/tally_file/.
 */
#include "base/hash.h"
#include "run/tables.h"
#include "tally/tally_file.h"
#include "tally/tally_format.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void mend(uint8_t *data, size_t size)
{
    size_t at = ATT_TALLY_MAGIC_SIZE + 1;
    while (at < size && size - at >= ATT_TALLY_HEAD + ATT_TALLY_CHECK) {
        uint64_t length = att_get64(data + at + ATT_TALLY_TAG);
        size_t room = size - at - ATT_TALLY_HEAD - ATT_TALLY_CHECK;
        if (length > room)
            return;
        size_t checked = ATT_TALLY_HEAD + (size_t)length;
        att_put64(data + at + checked, att_hash64(data + at, checked));
        at += checked + ATT_TALLY_CHECK;
    }
}

static void show(const att_cells *cells, att_view_kind kind, FILE *stream)
{
    att_view *view = NULL;
    if (att_view_new(&view, cells, kind, 0.95, NULL) == ATT_OK)
        att_view_write(view, kind == ATT_VIEW_SUMMARY ? &att_writer_table : &att_writer_csv, stream, 80, 1, NULL);
    att_view_free(view);
}

static void estimate(att_tally_reader *reader)
{
    att_speakers *speakers = NULL;
    att_cells *cells = NULL;
    const att_transcript_tally *transcript = NULL;
    att_error error;
    FILE *stream = fopen("/dev/null", "w");
    att_status status = att_speakers_load(&speakers, NULL, true, &error);
    if (status == ATT_OK)
        status = att_cells_new(&cells, att_tally_reader_scheme(reader), speakers, NULL, &error);
    while (status == ATT_OK && (status = att_tally_reader_next(reader, &transcript, &error)) == ATT_OK && transcript)
        status = att_cells_add(cells, transcript, &error);
    if (status == ATT_OK && stream && att_cells_finish(cells, &error) == ATT_OK) {
        show(cells, ATT_VIEW_SCORES, stream);
        show(cells, ATT_VIEW_SPEAKERS, stream);
        show(cells, ATT_VIEW_SUMMARY, stream);
    }
    att_cells_free(cells);
    att_speakers_free(speakers);
    if (stream)
        fclose(stream);
}

static void read_file(uint8_t *data, size_t size)
{
    att_tally_reader *reader = NULL;
    att_error error;
    FILE *stream = fmemopen(data, size, "rb");
    if (!stream || att_tally_reader_open_stream(&reader, stream, "fuzz.att", &error) != ATT_OK)
        return;
    estimate(reader);
    att_tally_reader_close(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size + 1);
    if (!copy)
        return 0;
    memcpy(copy, data, size);
    if (size) {
        read_file(copy, size);
        mend(copy, size);
        read_file(copy, size);
    }
    free(copy);
    return 0;
}
