/* For the tests of the plain-text reader: everything that a reader gives, from bytes in memory. */
#ifndef TEST_READ_ALL_H
#define TEST_READ_ALL_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "memory_source.h"
#include "read/format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char *label;
    char *text;
    size_t text_size;
    uint64_t offset;
    uint64_t line;
    int64_t start_ms;
    int64_t end_ms;
    bool continues;
} read_turn;

typedef struct {
    read_turn *turns;
    size_t count;
    size_t largest_batch; /* bytes of text */
    att_read_counts counts;
} read_all;

static inline char *copy_of(att_span span)
{
    char *copy = (char *)malloc(span.size + 1);

    assert_non_null(copy);
    if (span.size)
        memcpy(copy, span.text, span.size);
    copy[span.size] = '\0';
    return copy;
}

static inline void counts_add(att_read_counts *to, att_read_counts from)
{
    to->ill_formed += from.ill_formed;
    to->controls += from.controls;
    to->cut_turns += from.cut_turns;
    to->notes += from.notes;
    to->bytes += from.bytes;
    to->lines += from.lines;
}

static inline void batch_take(read_all *all, const att_turn_batch *batch)
{
    all->turns = (read_turn *)realloc(all->turns, (all->count + batch->count + 1) * sizeof *all->turns);
    assert_non_null(all->turns);
    for (size_t i = 0; i < batch->count; i++) {
        const att_turn *turn = &batch->turns[i];
        all->turns[all->count++] =
            (read_turn){copy_of(turn->label), copy_of(turn->text), turn->text.size, turn->offset,
                        turn->line,           turn->start_ms,      turn->end_ms,    turn->continues};
    }
}

static inline void *layout_of(att_span bytes, const att_read_options *options)
{
    size_t probe = bytes.size < ATT_PROBE ? bytes.size : ATT_PROBE;
    void *layout = NULL;
    att_error error;

    if (att_format_txt.plan(&layout, (att_span){bytes.text, probe}, probe == bytes.size, "test.txt", options, &error) !=
        ATT_OK)
        fail_msg("plan: %s", error.message);
    return layout;
}

/* Adds the turns of a range. */
static inline void range_read(read_all *all, const void *layout, att_span bytes, uint64_t from, uint64_t to,
                              size_t step)
{
    size_t start = from == 0 ? 0 : from - 1 < bytes.size ? (size_t)from - 1 : bytes.size;
    memory_state state = {{bytes.text + start, bytes.size - start}, 0, step};
    att_source source = {memory_read, &state};
    const att_turn_batch *batch = NULL;
    void *reader = NULL;
    att_error error;

    if (att_format_txt.open(&reader, layout, &source, from, to, &error) != ATT_OK)
        fail_msg("open: %s", error.message);
    do {
        if (att_format_txt.next(reader, &batch, &error) != ATT_OK)
            fail_msg("next: %s", error.message);
        batch_take(all, batch);
    } while (batch->count > 0);
    counts_add(&all->counts, att_format_txt.counts(reader));
    att_format_txt.close(reader);
}

static inline read_all read_span(att_span bytes, const att_read_options *options)
{
    void *layout = layout_of(bytes, options);
    read_all all = {0};

    range_read(&all, layout, bytes, 0, UINT64_MAX, SIZE_MAX);
    att_format_txt.forget(layout);
    return all;
}

static inline read_all read_text(const char *text)
{
    return read_span(att_span_of(text), NULL);
}

static inline void read_free(read_all *all)
{
    for (size_t i = 0; i < all->count; i++) {
        free(all->turns[i].label);
        free(all->turns[i].text);
    }
    free(all->turns);
    *all = (read_all){0};
}

/* The whole of what was read as "label|text" lines, for comparing at a glance; to be freed. */
static inline char *shown(const read_all *all)
{
    size_t size = 1;
    for (size_t i = 0; i < all->count; i++)
        size += strlen(all->turns[i].label) + all->turns[i].text_size + 3;
    char *out = (char *)malloc(size);
    assert_non_null(out);
    char *to = out;
    for (size_t i = 0; i < all->count; i++) {
        to = stpcpy(to, all->turns[i].label);
        *to++ = '|';
        memcpy(to, all->turns[i].text, all->turns[i].text_size);
        to += all->turns[i].text_size;
        *to++ = '\n';
    }
    *to = '\0';
    return out;
}

/* Reads `text` and compares the turns as "label|text\n". */
static inline void expect_turns(const char *text, const char *turns)
{
    read_all all = read_text(text);
    char *got = shown(&all);

    assert_string_equal(got, turns);
    free(got);
    read_free(&all);
}

#endif
