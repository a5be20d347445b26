#include "tally/transcript.h"

#include "tally/periods.h"

#include <stdlib.h>
#include <string.h>

static att_status copy_span(att_span *out, att_span span, att_error *error)
{
    char *copy = span.size < SIZE_MAX ? malloc(span.size + 1) : NULL;
    if (!copy)
        return att_fail_memory(error);
    if (span.size)
        memcpy(copy, span.text, span.size);
    copy[span.size] = '\0';
    *out = (att_span){copy, span.size};
    return ATT_OK;
}

att_status att_transcript_tally_init(att_transcript_tally *transcript, att_span id, att_span language, att_error *error)
{
    *transcript = (att_transcript_tally){0};
    att_status status = copy_span(&transcript->id, id, error);
    if (status == ATT_OK)
        status = copy_span(&transcript->language, language, error);
    if (status != ATT_OK)
        att_transcript_tally_clear(transcript);
    return status;
}

void att_transcript_tally_clear(att_transcript_tally *transcript)
{
    for (size_t i = 0; i < transcript->label_count; i++)
        att_tally_clear(&transcript->labels[i].tally);
    free(transcript->labels);
    free(transcript->ranges);
    free((char *)transcript->id.text);
    free((char *)transcript->language.text);
    free((char *)transcript->date.text);
    att_names_clear(&transcript->names);
    att_said_clear(&transcript->said);
    *transcript = (att_transcript_tally){0};
}

att_status att_transcript_tally_date(att_transcript_tally *transcript, att_span date, att_error *error)
{
    enum { LONGEST = 64 };

    if (transcript->date.size || !date.size || date.size > LONGEST)
        return ATT_OK;
    return copy_span(&transcript->date, date, error);
}

att_span att_transcript_tally_when(const att_transcript_tally *transcript)
{
    return att_date_of(transcript->date, transcript->id);
}

/* Makes the names anew, numbered as the labels now stand. */
static bool renumber(att_transcript_tally *transcript)
{
    att_names names = {0};
    for (size_t i = 0; i < transcript->label_count; i++) {
        if (att_names_add(&names, transcript->labels[i].label) == ATT_NO_NAME) {
            att_names_clear(&names);
            return false;
        }
    }
    for (size_t i = 0; i < transcript->label_count; i++)
        transcript->labels[i].label = names.items[i];
    att_names_clear(&transcript->names);
    transcript->names = names;
    return true;
}

att_tally *att_transcript_tally_label(att_transcript_tally *transcript, att_span label)
{
    /* A turn is mostly the last speaker's but one. */
    for (size_t i = 0; i < 2; i++) {
        uint32_t recent = transcript->recent[i];
        if (recent < transcript->label_count && att_span_equal(transcript->labels[recent].label, label))
            return &transcript->labels[recent].tally;
    }
    uint32_t number = att_names_find(&transcript->names, label);
    transcript->recent[1] = transcript->recent[0];
    if (number != ATT_NO_NAME) {
        transcript->recent[0] = number;
        return &transcript->labels[number].tally;
    }
    if (!att_grow(&transcript->labels, &transcript->label_capacity, transcript->label_count + 1,
                  sizeof *transcript->labels))
        return NULL;
    number = att_names_add(&transcript->names, label);
    if (number == ATT_NO_NAME)
        return NULL;
    transcript->labels[transcript->label_count++] = (att_label_tally){.label = transcript->names.items[number]};
    transcript->recent[0] = number;
    return &transcript->labels[number].tally;
}

att_status att_transcript_tally_range(att_transcript_tally *transcript, uint64_t from, uint64_t to, att_error *error)
{
    if (from >= to)
        return ATT_OK;
    if (!att_grow(&transcript->ranges, &transcript->range_capacity, transcript->range_count + 1,
                  sizeof *transcript->ranges))
        return att_fail_memory(error);
    att_byte_range *ranges = transcript->ranges;
    size_t at = transcript->range_count; /* most often the new range is the last */
    while (at > 0 && ranges[at - 1].from >= from)
        at--;
    bool after = at < transcript->range_count;
    if ((at > 0 && ranges[at - 1].to > from) || (after && ranges[at].from < to))
        return att_fail(error, ATT_BAD_INPUT, NULL, 0, 0,
                        "bytes %llu to %llu of transcript '%.*s' are there twice; give each part once",
                        (unsigned long long)from, (unsigned long long)to, (int)transcript->id.size,
                        transcript->id.text);
    bool joins_before = at > 0 && ranges[at - 1].to == from;
    bool joins_after = after && ranges[at].from == to;
    if (joins_before && joins_after) {
        ranges[at - 1].to = ranges[at].to;
        memmove(&ranges[at], &ranges[at + 1], (transcript->range_count - at - 1) * sizeof *ranges);
        transcript->range_count--;
    } else if (joins_before) {
        ranges[at - 1].to = to;
    } else if (joins_after) {
        ranges[at].from = from;
    } else {
        memmove(&ranges[at + 1], &ranges[at], (transcript->range_count - at) * sizeof *ranges);
        ranges[at] = (att_byte_range){from, to};
        transcript->range_count++;
    }
    return ATT_OK;
}

void att_transcript_tally_count(const att_transcript_tally *transcript, uint64_t *turns, uint64_t *tokens)
{
    for (size_t i = 0; i < transcript->label_count; i++) {
        *turns += transcript->labels[i].tally.turns;
        *tokens += transcript->labels[i].tally.tokens;
    }
}

bool att_transcript_tally_whole(const att_transcript_tally *transcript)
{
    if (transcript->size == 0)
        return true;
    return transcript->range_count == 1 && transcript->ranges[0].from == 0 &&
           transcript->ranges[0].to >= transcript->size;
}

static att_status check_same(const att_transcript_tally *to, const att_transcript_tally *from, att_error *error)
{
    if (to->size != from->size || to->hash != from->hash)
        return att_fail(error, ATT_BAD_INPUT, NULL, 0, 0,
                        "transcript '%.*s' stands for different inputs (%llu bytes, hash %016llx, and %llu bytes, hash "
                        "%016llx); tally them from the same files, or give them different names",
                        (int)to->id.size, to->id.text, (unsigned long long)to->size, (unsigned long long)to->hash,
                        (unsigned long long)from->size, (unsigned long long)from->hash);
    if (!att_span_equal(to->language, from->language))
        return att_fail(error, ATT_BAD_INPUT, NULL, 0, 0,
                        "transcript '%.*s' was tallied as %.*s in one part and as %.*s in another; tally all parts "
                        "with the same language",
                        (int)to->id.size, to->id.text, (int)to->language.size, to->language.text,
                        (int)from->language.size, from->language.text);
    return ATT_OK;
}

att_status att_transcript_tally_add(att_transcript_tally *to, const att_transcript_tally *from, att_error *error)
{
    att_status status = check_same(to, from, error);
    if (status == ATT_OK)
        status = att_transcript_tally_date(to, from->date, error);
    for (size_t i = 0; status == ATT_OK && i < from->range_count; i++)
        status = att_transcript_tally_range(to, from->ranges[i].from, from->ranges[i].to, error);
    for (size_t i = 0; status == ATT_OK && i < from->label_count; i++) {
        att_tally *tally = att_transcript_tally_label(to, from->labels[i].label);
        status = tally ? att_tally_add(tally, &from->labels[i].tally, error) : att_fail_memory(error);
    }
    if (status == ATT_OK && !att_said_add_all(&to->said, &from->said))
        status = att_fail_memory(error);
    return status;
}

static int compare_labels(const void *a, const void *b)
{
    return att_span_compare(((const att_label_tally *)a)->label, ((const att_label_tally *)b)->label);
}

static void shrink(att_tally *tally)
{
    if (tally->node_count == 0 || tally->node_count == tally->node_capacity)
        return;
    att_node_tally *nodes = realloc(tally->nodes, tally->node_count * sizeof *nodes);
    if (nodes) {
        tally->nodes = nodes;
        tally->node_capacity = tally->node_count;
    }
}

/* Nothing is kept of people who do not speak: a list of all members of a parliament may stand in each sitting. */
static void drop_silent(att_transcript_tally *transcript)
{
    att_said *said = &transcript->said;
    size_t kept = 0;
    for (size_t i = 0; i < said->count; i++)
        if (att_names_find(&transcript->names, said->facts[i].label) != ATT_NO_NAME)
            said->facts[kept++] = said->facts[i];
    said->count = kept;
}

att_status att_transcript_tally_sort(att_transcript_tally *transcript, att_error *error)
{
    size_t kept = 0;
    for (size_t i = 0; i < transcript->label_count; i++) {
        att_label_tally *label = &transcript->labels[i];
        if (label->tally.tokens == 0) {
            att_tally_clear(&label->tally);
            continue;
        }
        shrink(&label->tally);
        transcript->labels[kept++] = *label;
    }
    transcript->label_count = kept;
    if (kept)
        qsort(transcript->labels, kept, sizeof *transcript->labels, compare_labels);
    if (!renumber(transcript))
        return att_fail_memory(error);
    att_said_sort(&transcript->said);
    drop_silent(transcript);
    return ATT_OK;
}
