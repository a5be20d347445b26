#include "tally/tally_file.h"

#include <stdlib.h>
#include <string.h>

/* One file in the merge and the transcript at which it stands. */
typedef struct {
    att_tally_reader *reader;
    const att_transcript_tally *transcript;
    size_t number; /* of the file, for a fixed order among equal ids */
} source;

struct att_tally_merger {
    source *sources;
    size_t source_count;
    source **heap; /* those not at their end, the smallest id first */
    size_t heap_size;
    att_transcript_tally sum;
};

static bool before(const source *a, const source *b)
{
    int order = att_span_compare(a->transcript->id, b->transcript->id);
    return order ? order < 0 : a->number < b->number;
}

static void sift_down(att_tally_merger *merger, size_t at)
{
    for (;;) {
        size_t least = at, child = 2 * at + 1;
        for (size_t i = child; i < child + 2 && i < merger->heap_size; i++)
            if (before(merger->heap[i], merger->heap[least]))
                least = i;
        if (least == at)
            return;
        source *moved = merger->heap[at];
        merger->heap[at] = merger->heap[least];
        merger->heap[least] = moved;
        at = least;
    }
}

/* Moves the first file to its next transcript, or takes it out of the heap at its end. */
static att_status advance(att_tally_merger *merger, att_error *error)
{
    source *first = merger->heap[0];
    att_status status = att_tally_reader_next(first->reader, &first->transcript, error);
    if (status != ATT_OK)
        return status;
    if (!first->transcript)
        merger->heap[0] = merger->heap[--merger->heap_size];
    sift_down(merger, 0);
    return ATT_OK;
}

static bool nodes_equal(const att_node *a, const att_node *b)
{
    return strcmp(a->path, b->path) == 0 && strcmp(a->label, b->label) == 0 && a->pole == b->pole &&
           a->parent == b->parent && a->is_pole == b->is_pole && a->senses == b->senses;
}

static bool schemes_equal(const att_scheme *a, const att_scheme *b)
{
    if (a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!nodes_equal(&a->nodes[i], &b->nodes[i]))
            return false;
    return true;
}

static bool stamps_equal(const att_tally_reader *a, const att_tally_reader *b)
{
    if (att_tally_reader_lexicon_count(a) != att_tally_reader_lexicon_count(b))
        return false;
    for (size_t i = 0; i < att_tally_reader_lexicon_count(a); i++) {
        const att_lexicon_stamp *x = att_tally_reader_lexicon(a, i), *y = att_tally_reader_lexicon(b, i);
        if (strcmp(x->name, y->name) != 0 || strcmp(x->language, y->language) != 0 ||
            strcmp(x->version, y->version) != 0 || x->hash != y->hash)
            return false;
    }
    return true;
}

/* "peer-support 1.2 (en, 0123456789abcdef), ..." */
static void name_lexicons(att_buffer *out, const att_tally_reader *reader)
{
    if (att_tally_reader_lexicon_count(reader) == 0)
        att_buffer_text(out, "none");
    for (size_t i = 0; i < att_tally_reader_lexicon_count(reader); i++) {
        const att_lexicon_stamp *stamp = att_tally_reader_lexicon(reader, i);
        att_buffer_format(out, "%s%s%s%s (%s, %016llx)", i ? ", " : "", stamp->name, *stamp->version ? " " : "",
                          stamp->version, stamp->language, (unsigned long long)stamp->hash);
    }
}

static att_status check_same(const att_tally_reader *first, const att_tally_reader *other, att_error *error)
{
    if (stamps_equal(first, other) && schemes_equal(att_tally_reader_scheme(first), att_tally_reader_scheme(other)))
        return ATT_OK;
    att_buffer here = {0}, there = {0};
    name_lexicons(&here, other);
    name_lexicons(&there, first);
    att_status status;
    if (here.failed || there.failed)
        status = att_fail_memory(error);
    else
        status = att_fail(error, ATT_BAD_INPUT, att_tally_reader_name(other), 0, 0,
                          "made with different lexicons: %s; %s was made with %s; score all parts with the same ones",
                          here.data, att_tally_reader_name(first), there.data);
    att_buffer_clear(&here);
    att_buffer_clear(&there);
    return status;
}

static att_status open_source(att_tally_merger *merger, const char *path, att_error *error)
{
    source *opened = &merger->sources[merger->source_count];
    opened->number = merger->source_count;
    att_status status = att_tally_reader_open(&opened->reader, path, error);
    if (status != ATT_OK)
        return status;
    merger->source_count++;
    status = check_same(merger->sources[0].reader, opened->reader, error);
    if (status == ATT_OK)
        status = att_tally_reader_next(opened->reader, &opened->transcript, error);
    if (status == ATT_OK && opened->transcript)
        merger->heap[merger->heap_size++] = opened;
    return status;
}

att_status att_tally_merger_open(att_tally_merger **out, char *const *paths, size_t count, att_error *error)
{
    if (count == 0)
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "no tally file to merge; name at least one tallies.att");
    att_tally_merger *merger = calloc(1, sizeof *merger);
    if (!merger)
        return att_fail_memory(error);
    merger->sources = calloc(count, sizeof *merger->sources);
    merger->heap = calloc(count, sizeof(source *));
    if (!merger->sources || !merger->heap) {
        att_tally_merger_close(merger);
        return att_fail_memory(error);
    }
    att_status status = ATT_OK;
    for (size_t i = 0; status == ATT_OK && i < count; i++)
        status = open_source(merger, paths[i], error);
    if (status != ATT_OK) {
        att_tally_merger_close(merger);
        return status;
    }
    for (size_t i = merger->heap_size; i-- > 0;)
        sift_down(merger, i);
    *out = merger;
    return ATT_OK;
}

void att_tally_merger_close(att_tally_merger *merger)
{
    if (!merger)
        return;
    for (size_t i = 0; merger->sources && i < merger->source_count; i++)
        att_tally_reader_close(merger->sources[i].reader);
    free(merger->sources);
    free(merger->heap);
    att_transcript_tally_clear(&merger->sum);
    free(merger);
}

const att_tally_reader *att_tally_merger_first(const att_tally_merger *merger)
{
    return merger->sources[0].reader;
}

/* Says which file the trouble is in, where the message does not. */
static att_status in_file(att_status status, const source *where, att_error *error)
{
    if (status == ATT_OK || status == ATT_ENVIRONMENT || !error)
        return status;
    att_error cause = *error;
    return att_fail(error, status, att_tally_reader_name(where->reader), 0, 0, "%s", cause.message);
}

att_status att_tally_merger_next(att_tally_merger *merger, const att_transcript_tally **out, att_error *error)
{
    att_transcript_tally *sum = &merger->sum;
    att_transcript_tally_clear(sum);
    *out = NULL;
    if (merger->heap_size == 0)
        return ATT_OK;
    const att_transcript_tally *first = merger->heap[0]->transcript;
    att_status status = att_transcript_tally_init(sum, first->id, first->language, error);
    if (status != ATT_OK)
        return status;
    sum->size = first->size;
    sum->hash = first->hash;
    while (merger->heap_size > 0 && att_span_equal(merger->heap[0]->transcript->id, sum->id)) {
        const source *part = merger->heap[0];
        status = in_file(att_transcript_tally_add(sum, part->transcript, error), part, error);
        if (status == ATT_OK)
            status = advance(merger, error);
        if (status != ATT_OK)
            return status;
    }
    status = att_transcript_tally_sort(sum, error);
    if (status == ATT_OK)
        *out = sum;
    return status;
}
