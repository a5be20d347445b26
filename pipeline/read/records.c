#include "read/records.h"

#include "read/language_runs.h"

#include <stdlib.h>

enum { BATCH_BYTES = 256 * 1024, BATCH_TURNS = 8192, LANGUAGE_MOST = 35 };

void att_records_open(att_records *records, const att_columns *columns, const char *file)
{
    *records = (att_records){.file = file, .columns = columns, .scan = att_scan_choose()};
    records->unit[0] = columns->unit[0];
    records->unit[1] = columns->unit[1];
}

void att_records_close(att_records *records)
{
    att_buffer_clear(&records->first);
    att_buffer_clear(&records->turn_id);
    att_buffer_clear(&records->label);
    att_buffer_clear(&records->text);
    att_arena_clear(&records->arenas[0]);
    att_arena_clear(&records->arenas[1]);
    att_facts_clear(&records->facts);
    free(records->batch.turns);
    *records = (att_records){.file = NULL};
}

static att_span trimmed(att_span field)
{
    if (!field.size)
        return field;
    size_t from = att_white_skip(field.text, field.size, 0);
    return (att_span){field.text + from, att_white_trim(field.text, from, field.size) - from};
}

static att_span span_of(const att_buffer *buffer)
{
    return (att_span){buffer->data, buffer->size};
}

/* ---- the sample ---- */

att_status att_records_sample(att_records *records, const att_record *record, att_error *error)
{
    att_span transcript = record->values[ATT_COLUMN_TRANSCRIPT];

    if (transcript.size && !records->first.size) {
        att_buffer_span(&records->first, transcript);
        if (records->first.failed)
            return att_fail_memory(error);
    }
    if (transcript.size && !att_span_equal(transcript, span_of(&records->first)))
        records->several = true;
    att_span time = record->values[ATT_COLUMN_START];
    if (!time.size)
        time = record->values[ATT_COLUMN_END];
    att_time_sample_add(&records->sample, time, record->values[ATT_COLUMN_TEXT].size);
    return ATT_OK;
}

void att_records_settle(att_records *records)
{
    for (size_t i = 0; i < 2; i++)
        if (records->unit[i] == ATT_UNIT_OPEN)
            records->unit[i] = att_time_sample_unit(&records->sample);
}

/* ---- batches ---- */

static att_arena *arena_of(att_records *records)
{
    return &records->arenas[records->current];
}

static bool keep(att_records *records, att_span *span)
{
    if (!span->size)
        return true;
    span->text = att_arena_copy(arena_of(records), *span);
    return span->text != NULL;
}

/* What was handed out is not in use any more; what was kept back moves on. */
static att_status recycle(att_records *records, att_error *error)
{
    att_turn_batch *batch = &records->batch;
    size_t left = batch->count - records->sent;

    if (!records->handed_out)
        return ATT_OK;
    records->handed_out = false;
    records->current ^= 1;
    records->bytes = 0;
    att_arena_reset(arena_of(records));
    for (size_t i = 0; i < left; i++) {
        att_turn *turn = &batch->turns[i];
        *turn = batch->turns[records->sent + i];
        records->bytes += turn->text.size;
        if (!keep(records, &turn->label) || !keep(records, &turn->text) || !keep(records, &turn->language) ||
            !keep(records, &turn->transcript))
            return att_fail_memory(error);
    }
    batch->count = left;
    records->sent = 0;
    return ATT_OK;
}

bool att_records_ready(const att_records *records)
{
    return !records->handed_out && records->batch.count > 1 &&
           (records->bytes >= BATCH_BYTES || records->batch.count >= BATCH_TURNS);
}

const att_turn_batch *att_records_take(att_records *records, bool all)
{
    size_t left = records->batch.count - records->sent;

    records->given = records->batch;
    if (left)
        records->given.turns += records->sent;
    records->given.count = left && !all ? left - 1 : left;
    records->sent += records->given.count;
    records->handed_out = true;
    return &records->given;
}

static att_status give(att_records *records, const att_turn *turn, att_error *error)
{
    att_turn_batch *batch = &records->batch;

    if (!att_grow(&batch->turns, &batch->capacity, batch->count + 1, sizeof *batch->turns))
        return att_fail_memory(error);
    batch->turns[batch->count++] = *turn;
    records->bytes += turn->text.size;
    return ATT_OK;
}

/* ---- a record ---- */

/* "en", "pt-BR", "de_AT": a tag of a language. "English" is none. */
static bool is_language(att_span tag)
{
    size_t primary = 0;

    while (primary < tag.size && ((tag.text[primary] | 0x20) >= 'a' && (tag.text[primary] | 0x20) <= 'z'))
        primary++;
    if (primary < 2 || primary > 3 || tag.size > LANGUAGE_MOST)
        return false;
    for (size_t i = primary; i < tag.size; i++) {
        char c = tag.text[i];
        bool plain = ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9');
        if (!plain && c != '-' && c != '_')
            return false;
    }
    return tag.size == primary || tag.text[primary] == '-' || tag.text[primary] == '_';
}

static att_status take_language(att_records *records, const att_record *record, att_turn *turn, att_error *error)
{
    att_span tag = record->values[ATT_COLUMN_LANGUAGE];
    bool exact = records->columns->canonical;

    if (!exact)
        tag = trimmed(tag);
    if (!tag.size || tag.size > LANGUAGE_MOST || (!exact && !is_language(tag)))
        return ATT_OK;
    char *copy = att_arena_copy(arena_of(records), tag);
    if (!copy)
        return att_fail_memory(error);
    for (size_t i = 0; !exact && i < tag.size; i++)
        if (copy[i] == '_')
            copy[i] = '-';
    turn->language = (att_span){copy, tag.size};
    return ATT_OK;
}

/* A name that is far too long: the column holds something else, and to keep it would take memory without end. */
static att_status check_name(const att_records *records, const att_record *record, att_span name, const char *role,
                             att_error *error)
{
    if (name.size <= ATT_RECORD_NAME_MOST)
        return ATT_OK;
    return att_fail(error, ATT_BAD_INPUT, records->file, record->line, 0,
                    "has a %s of more than 1,024 bytes, so its column holds something else; say which one it is with "
                    "--column %s=NAME",
                    role, role);
}

static att_status take_label(att_records *records, const att_record *record, att_turn *turn, att_error *error)
{
    att_span label = record->values[ATT_COLUMN_SPEAKER];
    att_span transcript = record->values[ATT_COLUMN_TRANSCRIPT];
    att_buffer *whole = &records->label;

    if (!records->columns->canonical)
        label = trimmed(label);
    att_status status = check_name(records, record, label, "speaker", error);
    if (!status)
        status = check_name(records, record, transcript, "transcript", error);
    if (status)
        return status;
    whole->size = 0;
    if (label.size && transcript.size && (records->several || !att_span_equal(transcript, span_of(&records->first)))) {
        att_buffer_span(whole, transcript);
        att_buffer_char(whole, '/');
        turn->label_prefix = whole->size;
    }
    att_buffer_span(whole, label);
    turn->label = span_of(whole);
    turn->transcript = transcript;
    if (whole->failed || !keep(records, &turn->label) || !keep(records, &turn->transcript))
        return att_fail_memory(error);
    return ATT_OK;
}

static att_status take_facts(att_records *records, const att_record *record, const att_turn *turn, att_error *error)
{
    const att_columns *columns = records->columns;

    for (size_t i = 0; turn->label.size && i < columns->fact_count; i++) {
        const char *column = columns->facts[i].column;
        att_span value = trimmed(record->facts[i]);
        att_status status = check_name(records, record, value, column, error);
        if (status)
            return status;
        if (!att_facts_add(&records->facts, turn->label, att_span_of(column), value))
            return att_fail_memory(error);
    }
    return ATT_OK;
}

static void take_times(const att_records *records, const att_record *record, att_turn *turn)
{
    int64_t *const times[] = {&turn->start_ms, &turn->end_ms};

    for (size_t i = 0; i < 2; i++) {
        att_span field = record->values[i ? ATT_COLUMN_END : ATT_COLUMN_START];
        *times[i] = ATT_NO_TIME;
        if (!records->columns->canonical)
            *times[i] = att_record_time(field, records->unit[i], records->columns->unit[i] != ATT_UNIT_OPEN);
        else if (field.size && !att_record_whole(field, times[i]))
            *times[i] = ATT_NO_TIME;
    }
}

/* Is the record a further piece of the last turn? */
static bool goes_on(const att_records *records, const att_record *record, const att_turn *turn)
{
    att_span id = record->values[ATT_COLUMN_TURN];
    const att_turn_batch *batch = &records->batch;

    if (!batch->count || !id.size || !att_span_equal(id, span_of(&records->turn_id)))
        return false;
    const att_turn *last = &batch->turns[batch->count - 1];
    return att_span_equal(last->label, turn->label) && att_span_equal(last->transcript, turn->transcript);
}

static void join(att_records *records, att_turn *turn)
{
    att_turn *last = &records->batch.turns[records->batch.count - 1];

    last->continues = true;
    if (records->columns->canonical)
        return;
    if (last->end_ms != ATT_NO_TIME && (turn->end_ms == ATT_NO_TIME || turn->end_ms < last->end_ms))
        turn->end_ms = last->end_ms;
    last->end_ms = ATT_NO_TIME;
    turn->start_ms = last->start_ms;
    turn->line = last->line;
}

/* ---- its text ---- */

/* Blanks what is not speech in the copy of a text, and takes what stamps say. */
static att_span clear_text(att_records *records, char *text, size_t size, att_turn *turn, bool opening)
{
    size_t bracket = records->scan->find_bracket(text, size, 0);
    att_unspoken found;

    att_speech_clear(records->scan, &records->notes, &found, text, size, bracket, opening);
    records->counts.notes += found.notes;
    if (found.leads && turn->start_ms == ATT_NO_TIME && opening) {
        turn->start_ms = found.start_ms;
        if (turn->end_ms == ATT_NO_TIME)
            turn->end_ms = found.end_ms;
    }
    if (turn->end_ms == ATT_NO_TIME)
        turn->end_ms = found.last_ms;
    size_t from = att_white_skip(text, size, 0);
    return (att_span){text + from, att_white_trim(text, from, size) - from};
}

/* Hands out the turn, in pieces where its text is too long. kept: the text is in memory that stays. */
static att_status give_text(att_records *records, att_turn turn, att_span text, bool kept, att_error *error)
{
    att_status status = ATT_OK;

    records->counts.cut_turns += text.size > ATT_TURN_PIECE;
    while (!status && text.size > ATT_TURN_PIECE) {
        att_turn piece = turn;
        size_t cut = att_speech_cut(text.text);
        piece.text = (att_span){text.text, att_white_trim(text.text, 0, cut)};
        piece.end_ms = ATT_NO_TIME;
        piece.continues = true;
        status = keep(records, &piece.text) ? give(records, &piece, error) : att_fail_memory(error);
        text = trimmed((att_span){text.text + cut, text.size - cut});
    }
    turn.text = text;
    if (!status && !kept && !keep(records, &turn.text))
        status = att_fail_memory(error);
    return status ? status : give(records, &turn, error);
}

/* The same in pieces of one language each, where what attune wrote says that it changes. */
static att_status give_languages(att_records *records, const att_record *record, const att_turn *turn, att_span text,
                                 bool kept, att_error *error)
{
    att_span field = record->values[ATT_COLUMN_LANGUAGE];
    att_language_runs runs = {.field = field, .text = text};
    att_language_run run = {.last = false};
    att_status status = ATT_OK;

    if (!records->columns->canonical || !att_language_is_runs(field))
        return give_text(records, *turn, text, kept, error);
    while (!status && !run.last) {
        att_turn piece = *turn;
        if (!att_language_runs_next(&runs, &run))
            return att_fail(error, ATT_BAD_INPUT, records->file, record->line, 0,
                            "has languages that do not fit its text; write one tag, or each further one with the place "
                            "where it begins behind a space: `ca es@412`");
        piece.language = run.tag;
        piece.continues = !run.last;
        piece.end_ms = run.last ? turn->end_ms : ATT_NO_TIME;
        status =
            keep(records, &piece.language) ? give_text(records, piece, run.text, kept, error) : att_fail_memory(error);
    }
    return status;
}

/* The speech of a record becomes the turn, or the next piece of the last one. */
static att_status take_text(att_records *records, const att_record *record, att_turn *turn, att_error *error)
{
    att_span text = record->values[ATT_COLUMN_TEXT];
    bool kept = text.size <= ATT_TURN_PIECE; /* longer ones are kept in pieces, for the arenas' sake */
    bool further = goes_on(records, record, turn);
    int64_t offset;

    att_text_check(records->scan, text.text, text.size, &records->counts.ill_formed, &records->counts.controls);
    records->text.size = 0;
    if (!kept)
        att_buffer_span(&records->text, text);
    char *copy = kept ? att_arena_copy(arena_of(records), text) : records->text.data;
    if (records->text.failed || !copy)
        return att_fail_memory(error);
    text.text = copy;
    if (!records->columns->canonical) {
        text = clear_text(records, copy, text.size, turn, !further);
        turn->offset += text.size ? (uint64_t)(text.text - copy) : 0;
    } else if (att_record_whole(record->values[ATT_COLUMN_OFFSET], &offset)) {
        turn->offset = (uint64_t)offset;
    }
    if (further)
        join(records, turn);
    else if (!records->columns->canonical && !turn->label.size && !text.size)
        return ATT_OK; /* nobody said nothing */
    records->turn_id.size = 0;
    att_buffer_span(&records->turn_id, record->values[ATT_COLUMN_TURN]);
    return records->turn_id.failed ? att_fail_memory(error) : give_languages(records, record, turn, text, kept, error);
}

att_status att_records_add(att_records *records, const att_record *record, att_error *error)
{
    att_turn turn = {.offset = record->offset, .line = record->line};
    att_status status = recycle(records, error);

    if (!status)
        status = take_label(records, record, &turn, error);
    if (!status)
        status = take_language(records, record, &turn, error);
    if (!status)
        status = take_facts(records, record, &turn, error);
    if (status)
        return status;
    take_times(records, record, &turn);
    return take_text(records, record, &turn, error);
}
