#include "read/flow.h"

#include "read/scan.h"

void att_flow_clear(att_flow *flow)
{
    att_buffer_clear(&flow->text);
    att_buffer_clear(&flow->boxes);
    for (size_t i = 0; i < ATT_FLOW_BOXES; i++)
        att_buffer_clear(&flow->levels[i].text);
    att_table_clear(&flow->table);
    att_known_labels_clear(&flow->known);
    *flow = (att_flow){0};
}

void att_flow_text(att_buffer *to, att_span text)
{
    const char *end = text.text + text.size;
    size_t from = to->size;

    for (const char *at = text.text; at < end;) {
        const char *hyphen = memmem(at, (size_t)(end - at), "\xC2\xAD", 2);
        const char *stop = hyphen ? hyphen : end;
        att_buffer_append(to, at, (size_t)(stop - at));
        at = hyphen ? hyphen + 2 : end;
    }
    for (; !to->failed && from < to->size; from++) {
        char *line_end = memchr(to->data + from, '\n', to->size - from);
        if (!line_end)
            break;
        *line_end = ' ';
        from = (size_t)(line_end - to->data);
    }
}

void att_flow_label(att_flow *flow, bool on)
{
    att_flow_level *level = &flow->levels[flow->level];

    if (on == level->in_label)
        return;
    level->in_label = on;
    /* A label that is split over several runs is one. */
    if (on && level->text.size && level->text.data[level->text.size - 1] == ATT_LABEL_END)
        level->text.size--;
    else
        att_buffer_char(&level->text, on ? ATT_LABEL_BEGIN : ATT_LABEL_END);
}

static bool is_blank(const att_buffer *text)
{
    return att_white_skip(text->data, text->size, 0) == text->size;
}

/* Where finished paragraphs go. */
static void put(att_flow *flow, const att_buffer *text)
{
    bool in_cell = flow->table.depth > 0 && flow->level == 0;
    att_buffer *to = flow->level > 0 ? &flow->boxes : in_cell ? &flow->table.text : &flow->text;

    if (text->failed)
        flow->failed = true;
    if (!text->size || is_blank(text))
        return;
    att_buffer_append(to, text->data, text->size);
    att_buffer_text(to, in_cell ? "\n" : "\n\n");
}

void att_flow_paragraph_end(att_flow *flow)
{
    att_flow_level *level = &flow->levels[flow->level];

    att_flow_label(flow, false);
    put(flow, &level->text);
    level->text.size = 0;
    if (flow->level == 0 && flow->boxes.size) {
        put(flow, &flow->boxes);
        flow->boxes.size = 0;
    }
}

void att_flow_box_begin(att_flow *flow)
{
    flow->boxes_open++;
    if (flow->boxes_open < ATT_FLOW_BOXES)
        flow->level++;
}

void att_flow_box_end(att_flow *flow)
{
    if (flow->boxes_open == 0)
        return;
    att_flow_paragraph_end(flow);
    if (flow->boxes_open < ATT_FLOW_BOXES)
        flow->level--;
    flow->boxes_open--;
}

/* A table that is looked at: not one in a text box, nor one inside a cell. */
static bool is_table(const att_flow *flow, unsigned depth)
{
    return !flow->styled && flow->level == 0 && flow->table.depth == depth;
}

void att_flow_table_begin(att_flow *flow)
{
    if (flow->styled || flow->level > 0)
        return;
    flow->table.depth++;
}

void att_flow_row_begin(att_flow *flow)
{
    if (is_table(flow, 1))
        att_table_row(&flow->table);
}

void att_flow_row_header(att_flow *flow)
{
    if (is_table(flow, 1) && flow->table.row_count)
        flow->table.rows[flow->table.row_count - 1].header = true;
}

void att_flow_cell_end(att_flow *flow)
{
    if (is_table(flow, 1))
        att_table_cell(&flow->table);
}

void att_flow_table_end(att_flow *flow)
{
    if (flow->styled || flow->level > 0 || flow->table.depth == 0)
        return;
    flow->table.depth--;
    if (flow->table.depth == 0)
        att_table_write(&flow->table, &flow->text, &flow->known);
}

att_status att_flow_end(att_flow *flow, att_error *error)
{
    while (flow->boxes_open)
        att_flow_box_end(flow);
    att_flow_paragraph_end(flow);
    while (flow->table.depth)
        att_flow_table_end(flow);
    if (flow->failed || flow->text.failed || flow->boxes.failed || flow->table.failed || flow->table.text.failed ||
        flow->known.text.failed)
        return att_fail_memory(error);
    return att_known_labels_settle(&flow->known, error);
}
