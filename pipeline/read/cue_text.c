#include "read/cue_text.h"

#include <stdlib.h>
#include <string.h>

void att_cue_text_clear(att_cue_text *cue)
{
    att_buffer_clear(&cue->text);
    att_buffer_clear(&cue->names);
    free(cue->marks);
    free(cue->runs);
    *cue = (att_cue_text){0};
}

void att_cue_text_empty(att_cue_text *cue)
{
    cue->text.size = cue->names.size = 0;
    cue->mark_count = cue->run_count = 0;
    cue->controls = 0;
}

/* Does the text go on in the source where it left off? */
static bool goes_on(const att_cue_text *cue, uint64_t offset)
{
    const att_cue_mark *last = &cue->marks[cue->mark_count - 1];

    return last->offset + (cue->text.size - last->at) == offset;
}

void att_cue_text_add(att_cue_text *cue, const char *bytes, size_t size, uint64_t offset, uint64_t line)
{
    if (size == 0)
        return;
    if (cue->mark_count == 0 || !goes_on(cue, offset)) {
        if (!att_grow(&cue->marks, &cue->mark_capacity, cue->mark_count + 1, sizeof *cue->marks)) {
            cue->failed = true;
            return;
        }
        cue->marks[cue->mark_count++] = (att_cue_mark){cue->text.size, offset, line};
    }
    att_buffer_append(&cue->text, bytes, size);
    cue->failed |= cue->text.failed;
}

void att_cue_raw_pass(att_cue_raw *raw, size_t to)
{
    while (raw->at < to) {
        char c = raw->text[raw->at++];
        if (c == '\n' || c == '\r') {
            raw->at += att_cue_line_end(raw->text, raw->size, raw->at - 1) - 1;
            raw->line++;
        }
    }
}

void att_cue_text_take(att_cue_text *cue, att_cue_raw *raw, size_t to)
{
    const char *line = raw->text + raw->at, *end = raw->text + to;

    att_cue_text_add(cue, line, (size_t)(end - line), raw->offset + raw->at, raw->line);
    while ((line = memchr(line, '\n', (size_t)(end - line)))) {
        line++;
        raw->line++;
    }
    raw->at = to;
}

void att_cue_text_put(att_cue_text *cue, att_cue_raw *raw, size_t to, const char *bytes, size_t size)
{
    att_cue_text_add(cue, bytes, size, raw->offset + raw->at, raw->line);
    att_cue_raw_pass(raw, to);
}
