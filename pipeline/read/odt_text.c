#include "read/odt_text.h"

#include "base/xml.h"

#include <stdlib.h>

enum { SPACES_MOST = 64 };

typedef enum {
    OTHER,
    BODY,
    HEADER_ROWS,
    LINE_BREAK,
    PARAGRAPH,
    SKIPPED,
    SPACES,
    SPAN,
    STYLE,
    TAB,
    TABLE,
    TABLE_CELL,
    TABLE_ROW,
} kind;

typedef struct {
    const char *name;
    kind kind;
} element_name;

/* Sorted by name (bytes). */
static const element_name names[] = {
    {"annotation", SKIPPED},
    {"binary-data", SKIPPED},
    {"body", BODY},
    {"covered-table-cell", TABLE_CELL},
    {"desc", SKIPPED},
    {"forms", SKIPPED},
    {"h", PARAGRAPH},
    {"line-break", LINE_BREAK},
    {"note", SKIPPED},
    {"number", SKIPPED},
    {"p", PARAGRAPH},
    {"ruby-text", SKIPPED},
    {"s", SPACES},
    {"span", SPAN},
    {"style", STYLE},
    {"tab", TAB},
    {"table", TABLE},
    {"table-cell", TABLE_CELL},
    {"table-header-rows", HEADER_ROWS},
    {"table-row", TABLE_ROW},
    {"title", SKIPPED},
    {"tracked-changes", SKIPPED},
};

typedef struct {
    kind kind;
    bool label; /* text in it is a label */
} element_state;

typedef struct {
    att_word *word;
    element_state open[ATT_XML_DEPTH + 1];
    unsigned depth;
    unsigned skipped; /* depth of the element that is left out; 0: none */
    unsigned body;    /* bodies that are open: 1 */
    unsigned paragraphs;
    unsigned header_rows;
} odt;

static int by_name(const void *key, const void *item)
{
    return strcmp(key, ((const element_name *)item)->name);
}

static kind kind_of(const att_xml_element *element)
{
    const element_name *found;

    if (att_xml_is(element->name, "math"))
        return SKIPPED;
    if (!element->space || !strstr(element->space, ":opendocument:"))
        return OTHER;
    found = bsearch(element->name, names, sizeof names / sizeof *names, sizeof *names, by_name);
    return found ? found->kind : OTHER;
}

/* Where text goes. */
static att_buffer *text_begin(odt *in)
{
    if (in->word->flow.styled)
        att_flow_label(&in->word->flow, in->open[in->depth].label);
    return att_flow_paragraph(&in->word->flow);
}

/* A paragraph inside another one is that of a text box or a drawing. */
static void paragraph_begin(odt *in)
{
    if (in->paragraphs++ > 0)
        att_flow_box_begin(&in->word->flow);
}

static void paragraph_end(odt *in)
{
    if (--in->paragraphs > 0)
        att_flow_box_end(&in->word->flow);
    else
        att_flow_paragraph_end(&in->word->flow);
}

static void put_spaces(odt *in, const att_xml_element *element)
{
    att_span count = att_xml_get(element, "c");
    unsigned spaces = count.size ? 0 : 1;

    for (size_t i = 0; i < count.size && count.text[i] >= '0' && count.text[i] <= '9' && spaces < SPACES_MOST; i++)
        spaces = spaces * 10 + (unsigned)(count.text[i] - '0');
    for (unsigned i = 0; i < spaces && i < SPACES_MOST; i++)
        att_buffer_char(text_begin(in), ' ');
}

static att_status style_begin(odt *in, const att_xml_element *element, att_error *error)
{
    if (!in->word->flow.styled ||
        att_word_styles_add(&in->word->styles, att_xml_get(element, "name"), att_xml_get(element, "display-name"),
                            att_xml_get(element, "parent-style-name")))
        return ATT_OK;
    return att_fail_memory(error);
}

static void start_in_body(odt *in, kind what, const att_xml_element *element)
{
    att_flow *flow = &in->word->flow;
    element_state *now = &in->open[in->depth];

    if (flow->styled && (what == PARAGRAPH || what == SPAN) &&
        att_word_styles_use(&in->word->styles, att_xml_get(element, "style-name")))
        now->label = true;
    if (what == PARAGRAPH)
        paragraph_begin(in);
    else if (what == SPACES)
        put_spaces(in, element);
    else if (what == TAB || what == LINE_BREAK)
        att_buffer_char(text_begin(in), what == TAB ? '\t' : '\n');
    else if (what == TABLE)
        att_flow_table_begin(flow);
    else if (what == TABLE_ROW)
        att_flow_row_begin(flow);
    else if (what == HEADER_ROWS)
        in->header_rows++;
    if (what == TABLE_ROW && in->header_rows)
        att_flow_row_header(flow);
}

static att_status on_start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    odt *in = context;
    kind what = in->skipped ? OTHER : kind_of(element);

    (void)xml;
    in->depth++;
    /* What a paragraph is in does not reach into a box inside. */
    in->open[in->depth] = (element_state){what, what != PARAGRAPH && in->open[in->depth - 1].label};
    if (what == SKIPPED)
        in->skipped = in->depth;
    else if (what == BODY)
        in->body++;
    else if (what == STYLE && !in->body)
        return style_begin(in, element, error);
    else if (what != OTHER && in->body)
        start_in_body(in, what, element);
    return ATT_OK;
}

static void end_in_body(odt *in, kind what)
{
    att_flow *flow = &in->word->flow;

    if (what == PARAGRAPH)
        paragraph_end(in);
    else if (what == TABLE_CELL)
        att_flow_cell_end(flow);
    else if (what == TABLE)
        att_flow_table_end(flow);
    else if (what == HEADER_ROWS)
        in->header_rows--;
}

static att_status on_end(void *context, const att_xml *xml, const char *name, att_error *error)
{
    odt *in = context;
    kind what = in->open[in->depth].kind;

    (void)xml, (void)name, (void)error;
    if (in->skipped == in->depth)
        in->skipped = 0;
    in->depth--;
    if (in->skipped)
        return ATT_OK;
    if (what == BODY)
        in->body--;
    else if (in->body)
        end_in_body(in, what);
    return ATT_OK;
}

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* ODF 1.3 part 3, 6.1.2: a run of white space is one space, none where the paragraph begins. Soft hyphens are left out.
 */
static void text_append(att_buffer *to, att_span text)
{
    size_t at = 0;

    if (!att_buffer_reserve(to, text.size + 1))
        return;
    while (at < text.size) {
        char c = text.text[at++];
        if (is_white(c)) {
            if (to->size && to->data[to->size - 1] != ' ')
                to->data[to->size++] = ' ';
        } else if (c == '\xC2' && at < text.size && text.text[at] == '\xAD') {
            at++;
        } else {
            to->data[to->size++] = c;
        }
    }
}

static att_status on_text(void *context, const att_xml *xml, att_span text, att_error *error)
{
    odt *in = context;

    (void)xml, (void)error;
    if (!in->skipped && in->paragraphs)
        text_append(text_begin(in), text);
    return ATT_OK;
}

static att_status parse(att_word *word, att_span xml, const att_xml_handler *handler, const char *part,
                        att_error *error)
{
    odt *in = calloc(1, sizeof *in);

    if (!in)
        return att_fail_memory(error);
    in->word = word;
    att_status status = att_xml_parse(xml, part, handler, in, error);
    free(in);
    return status;
}

att_status att_odt_text(att_word *word, att_span xml, const char *part, att_error *error)
{
    static const att_xml_handler handler = {on_start, on_end, on_text};

    return parse(word, xml, &handler, part, error);
}

static att_status named_style(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    (void)xml;
    return att_xml_is(element->name, "style") ? style_begin(context, element, error) : ATT_OK;
}

att_status att_odt_styles(att_word *word, att_span xml, const char *part, att_error *error)
{
    static const att_xml_handler handler = {.start = named_style};

    return parse(word, xml, &handler, part, error);
}
