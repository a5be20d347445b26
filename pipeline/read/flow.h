/* The text of a word processor document as it is gathered: paragraphs, text boxes, tables, labels that are set in a
 * style.
 *
 * Paragraphs are set apart by blank lines; line breaks inside are line ends. A text box comes behind the paragraph it
 * is anchored in. A table whose rows are `speaker | text`, perhaps with a column of numbers or times, becomes lines
 * `[time] speaker: text`; the cells of any other table are paragraphs. Where labels are asked for by their style, they
 * stand between ATT_LABEL_BEGIN and ATT_LABEL_END in the text, and tables are not looked at. */
#ifndef ATT_READ_FLOW_H
#define ATT_READ_FLOW_H

#include "base/buffer.h"
#include "read/speaker_cells.h"

#include <attune/error.h>

/* Characters that no XML holds. */
#define ATT_LABEL_BEGIN '\x01'
#define ATT_LABEL_END   '\x02'

enum { ATT_FLOW_BOXES = 4 };

/* A paragraph that is being read; a text box opens another one inside. */
typedef struct {
    att_buffer text;
    bool in_label;
} att_flow_level;

/* A zeroed one is empty. */
typedef struct {
    bool styled; /* set at the start: labels are marked by their style */
    att_buffer text;
    att_buffer boxes; /* of the paragraph */
    att_flow_level levels[ATT_FLOW_BOXES];
    unsigned level;
    unsigned boxes_open; /* also those too deep for a level */
    att_table table;
    att_known_labels known;
    bool failed; /* no memory */
} att_flow;

void att_flow_clear(att_flow *flow);

/* Where text goes: append to it. */
static inline att_buffer *att_flow_paragraph(att_flow *flow)
{
    return &flow->levels[flow->level].text;
}

/* Appends text as the XML has it: line ends are spaces, soft hyphens are left out. */
void att_flow_text(att_buffer *to, att_span text);

/* From here on text is (is not) a label. */
void att_flow_label(att_flow *flow, bool on);

/* The paragraph ends. */
void att_flow_paragraph_end(att_flow *flow);

void att_flow_box_begin(att_flow *flow);
void att_flow_box_end(att_flow *flow);

void att_flow_table_begin(att_flow *flow);
void att_flow_row_begin(att_flow *flow);
void att_flow_row_header(att_flow *flow); /* the row that is open repeats on every page */
void att_flow_cell_end(att_flow *flow);
void att_flow_table_end(att_flow *flow);

/* The document ends: closes what is open. */
att_status att_flow_end(att_flow *flow, att_error *error);

#endif
