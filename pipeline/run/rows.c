#include "run/rows.h"

#include "base/utf8.h"

static bool is_wanted(const att_job *job, const att_marker_nodes *nodes)
{
    for (uint32_t i = 0; i < nodes->count; i++)
        if (job->wanted[nodes->nodes[i]])
            return true;
    return false;
}

/* A copy on one line: runs of white space and control characters become one space, ill-formed bytes U+FFFD. */
static att_span copy_line(att_arena *arena, att_span text)
{
    /* Each ill-formed byte may become three; well-formed text never grows. */
    bool well_formed = att_utf8_valid_prefix(text.text, text.size) == text.size;
    char *out = att_arena_take(arena, text.size * (well_formed ? 1 : 3) + 1);
    size_t size = 0;
    bool space = true;

    if (!out)
        return (att_span){0};
    for (size_t at = 0; at < text.size;) {
        uint32_t c = att_utf8_next(text.text, text.size, &at);
        if (c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x2028 || c == 0x2029) {
            if (!space)
                out[size++] = ' ';
            space = true;
            continue;
        }
        size += att_utf8_put(out + size, c);
        space = false;
    }
    if (size && space)
        size--;
    out[size] = '\0';
    return (att_span){out, size};
}

static att_span part(att_span text, size_t from, size_t to)
{
    return (att_span){text.text + from, to - from};
}

static att_status fill_row(att_rows *rows, const att_job *job, const att_row_place *place, const att_tokens *tokens,
                           const att_token_turn *of, const att_hit *hit, att_kwic_row *row, att_error *error)
{
    const att_turn *turn = place->turn;
    size_t last = hit->first + hit->count - 1, context = job->kwic->context;
    size_t start = tokens->start[hit->first], end = tokens->end[last];
    size_t before = hit->first - of->first > context ? tokens->start[hit->first - context] : 0;
    size_t left = of->first + of->count - 1 - last;
    size_t after = left > context ? tokens->end[last + context] : turn->text.size;

    if (!context)
        before = start, after = end;
    row->start = place->code_points + att_utf8_count(turn->text.text, start);
    row->end = row->start + att_utf8_count(turn->text.text + start, end - start);
    row->left = copy_line(&rows->arena, part(turn->text, before, start));
    row->match = copy_line(&rows->arena, part(turn->text, start, end));
    row->right = copy_line(&rows->arena, part(turn->text, end, after));
    row->speaker = att_arena_copy(&rows->arena, att_span_of(place->speaker));
    row->label = att_arena_copy(&rows->arena, turn->label);
    if (!row->left.text || !row->match.text || !row->right.text || !row->speaker || !row->label)
        return att_fail_memory(error);
    return ATT_OK;
}

att_status att_rows_add(att_rows *rows, const att_job *job, const att_engine *engine, const att_row_place *place,
                        const att_tokens *tokens, const att_token_turn *of, const att_hit *hits, size_t count,
                        att_error *error)
{
    const att_scheme *scheme = &job->lexicons->map.scheme;

    for (size_t i = 0; i < count; i++) {
        const att_hit *hit = &hits[i];
        const att_marker_nodes *nodes = att_engine_nodes(engine, hit->entry);
        /* A row stands for the marker itself, not once more for each parent and pole. */
        if (hit->node != nodes->nodes[0] || !is_wanted(job, nodes))
            continue;
        if (!att_grow(&rows->items, &rows->capacity, rows->count + 1, sizeof *rows->items))
            return att_fail_memory(error);
        att_kwic_row *row = &rows->items[rows->count];
        *row = (att_kwic_row){.transcript = place->transcript,
                              .turn = place->number,
                              .line = place->turn->line,
                              .marker = scheme->nodes[hit->node].path,
                              .entry = att_engine_entry(engine, hit->entry)->term,
                              .sense = att_sense_names[hit->sense],
                              .start_ms = place->turn->start_ms,
                              .end_ms = place->turn->end_ms};
        att_status status = fill_row(rows, job, place, tokens, of, hit, row, error);
        if (status)
            return status;
        rows->count++;
    }
    return ATT_OK;
}
