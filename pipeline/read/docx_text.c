#include "read/docx_text.h"

#include "base/utf8.h"
#include "base/xml.h"
#include "read/docx_kinds.h"

#include <stdlib.h>
#include <strings.h>

/* What a paragraph is in the middle of; a text box has its own. */
typedef struct {
    bool joins; /* its mark is deleted: it goes on in the next one */
    bool label; /* its style is that of labels */
    bool run_label;
    bool run_hidden;
    uint64_t field_codes; /* a bit for each field that is open: its code is being read, not its result */
    unsigned fields;
} state;

typedef struct {
    att_word *word;
    att_docx_kind open[ATT_XML_DEPTH + 1];
    unsigned depth;
    unsigned skipped; /* depth of the element that is left out; 0: none */
    bool placeholder; /* the content control that is open shows one */
    state states[ATT_FLOW_BOXES];
} docx;

static state *state_of(docx *in)
{
    return &in->states[in->word->flow.level];
}

static att_docx_kind parent(const docx *in, unsigned up)
{
    return in->depth > up ? in->open[in->depth - up] : DOCX_OTHER;
}

/* An element that is on unless its value says otherwise. */
static bool is_on(const att_xml_element *element)
{
    att_span value = att_xml_get(element, "val");

    return !(att_span_equal(value, att_span_of("0")) || att_span_equal(value, att_span_of("false")) ||
             att_span_equal(value, att_span_of("off")));
}

/* Text that is seen: neither hidden nor the code of a field. */
static bool is_seen(docx *in)
{
    return !state_of(in)->run_hidden && state_of(in)->field_codes == 0;
}

/* Where text of the run goes. */
static att_buffer *text_begin(docx *in)
{
    const state *now = state_of(in);

    if (in->word->flow.styled)
        att_flow_label(&in->word->flow, now->label || now->run_label);
    return att_flow_paragraph(&in->word->flow);
}

static void put(docx *in, const char *text)
{
    if (is_seen(in))
        att_buffer_text(text_begin(in), text);
}

/* A character of a font of symbols is no text; one that Word has moved out of the way (U+F0xx) is moved back. */
static void put_symbol(docx *in, const att_xml_element *element)
{
    static const char *const fonts[] = {"Symbol", "Wingdings", "Webdings", "Marlett", "ZapfDingbats", "MT Extra"};
    att_span font = att_xml_get(element, "font");
    att_span value = att_xml_get(element, "char");
    char digits[9] = "", text[5] = "";
    unsigned long point;

    if (value.size == 0 || value.size >= sizeof digits)
        return;
    memcpy(digits, value.text, value.size);
    point = strtoul(digits, NULL, 16);
    if (point >= 0xF000 && point <= 0xF0FF)
        point -= 0xF000;
    for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++)
        if (font.size >= strlen(fonts[i]) && strncasecmp(font.text, fonts[i], strlen(fonts[i])) == 0)
            point = ' ';
    if (point < ' ' || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
        point = ' ';
    text[att_utf8_put(text, (uint32_t)point)] = '\0';
    put(in, text);
}

static void field_char(docx *in, const att_xml_element *element)
{
    state *now = state_of(in);
    att_span type = att_xml_get(element, "fldCharType");

    if (att_span_equal(type, att_span_of("begin"))) {
        if (now->fields < 63)
            now->field_codes |= UINT64_C(1) << now->fields;
        now->fields++;
    } else if (now->fields > 0) {
        if (now->fields <= 63)
            now->field_codes &= ~(UINT64_C(1) << (now->fields - 1));
        now->fields -= att_span_equal(type, att_span_of("end")) ? 1 : 0;
    }
}

/* A deletion: of text, of a paragraph's mark, or of a row. */
static void deletion(docx *in)
{
    att_docx_kind within = parent(in, 1);

    if (within == DOCX_RUN_PROPERTIES) {
        if (parent(in, 2) == DOCX_PARAGRAPH_PROPERTIES)
            state_of(in)->joins = true;
        return;
    }
    in->skipped = in->depth;
    if (within == DOCX_ROW_PROPERTIES && in->depth >= 2)
        in->skipped = in->depth - 2; /* the row */
}

static void start_property(docx *in, att_docx_kind what, const att_xml_element *element)
{
    bool styled = in->word->flow.styled;

    switch (what) {
    case DOCX_PARAGRAPH_STYLE:
        if (styled)
            state_of(in)->label = att_word_styles_use(&in->word->styles, att_xml_get(element, "val"));
        break;
    case DOCX_RUN_STYLE:
        if (styled && parent(in, 2) == DOCX_RUN)
            state_of(in)->run_label = att_word_styles_use(&in->word->styles, att_xml_get(element, "val"));
        break;
    case DOCX_HIDDEN:
        if (parent(in, 2) == DOCX_RUN)
            state_of(in)->run_hidden = is_on(element);
        break;
    case DOCX_TABLE_HEADER:
        if (is_on(element))
            att_flow_row_header(&in->word->flow);
        break;
    case DOCX_PLACEHOLDER:
        in->placeholder = is_on(element);
        break;
    default:
        break;
    }
}

static void paragraph_end(docx *in)
{
    state *now = state_of(in);

    now->field_codes = 0; /* a code that never ends would take the rest of the document with it */
    now->run_label = now->run_hidden = false;
    if (now->joins)
        return;
    att_flow_paragraph_end(&in->word->flow);
    now->label = false;
}

/* A paragraph that goes on in the next one does not do so out of its cell or box. */
static void paragraphs_end(docx *in)
{
    state_of(in)->joins = false;
    paragraph_end(in);
}

static void start_container(docx *in, att_docx_kind what)
{
    att_flow *flow = &in->word->flow;

    switch (what) {
    case DOCX_PARAGRAPH:
        /* A style is that of the paragraph; one that joined the last has the last's. */
        state_of(in)->label = state_of(in)->label && state_of(in)->joins;
        state_of(in)->joins = false;
        break;
    case DOCX_RUN:
        state_of(in)->run_label = state_of(in)->run_hidden = false;
        break;
    case DOCX_TEXT_BOX:
        att_flow_box_begin(flow);
        if (flow->boxes_open < ATT_FLOW_BOXES)
            *state_of(in) = (state){0};
        break;
    case DOCX_TABLE:
        paragraphs_end(in);
        att_flow_table_begin(flow);
        break;
    case DOCX_TABLE_ROW:
        att_flow_row_begin(flow);
        break;
    case DOCX_CONTROL:
        in->placeholder = false;
        break;
    case DOCX_CONTROL_CONTENT:
        if (in->placeholder)
            in->skipped = in->depth;
        in->placeholder = false;
        break;
    default:
        break;
    }
}

static att_status on_start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    docx *in = context;
    att_docx_kind what = in->skipped ? DOCX_OTHER : att_docx_kind_of(element);

    (void)xml, (void)error;
    in->open[++in->depth] = what;
    if (what == DOCX_OTHER)
        return ATT_OK;
    if (what == DOCX_SKIPPED)
        in->skipped = in->depth;
    else if (what == DOCX_DELETED)
        deletion(in);
    else if (what == DOCX_LINE_BREAK)
        put(in, "\n");
    else if (what == DOCX_TAB && parent(in, 1) == DOCX_RUN) /* others are tab stops */
        put(in, "\t");
    else if (what == DOCX_NO_BREAK_HYPHEN)
        put(in, "-");
    else if (what == DOCX_SYMBOL)
        put_symbol(in, element);
    else if (what == DOCX_FIELD_CHAR)
        field_char(in, element);
    else {
        start_property(in, what, element);
        start_container(in, what);
    }
    return ATT_OK;
}

static att_status on_end(void *context, const att_xml *xml, const char *name, att_error *error)
{
    docx *in = context;
    att_flow *flow = &in->word->flow;
    att_docx_kind what = in->open[in->depth];

    (void)xml, (void)name, (void)error;
    if (in->skipped == in->depth)
        in->skipped = 0;
    in->depth--;
    if (in->skipped)
        return ATT_OK;
    if (what == DOCX_PARAGRAPH)
        paragraph_end(in);
    if (what == DOCX_TEXT_BOX || what == DOCX_TABLE_CELL)
        paragraphs_end(in);
    if (what == DOCX_TEXT_BOX)
        att_flow_box_end(flow);
    else if (what == DOCX_TABLE_CELL)
        att_flow_cell_end(flow);
    else if (what == DOCX_TABLE)
        att_flow_table_end(flow);
    return ATT_OK;
}

static att_status on_text(void *context, const att_xml *xml, att_span text, att_error *error)
{
    docx *in = context;

    (void)xml, (void)error;
    if (!in->skipped && in->open[in->depth] == DOCX_TEXT && is_seen(in))
        att_flow_text(text_begin(in), text);
    return ATT_OK;
}

att_status att_docx_text(att_word *word, att_span xml, const char *part, att_error *error)
{
    static const att_xml_handler handler = {on_start, on_end, on_text};
    docx *in = calloc(1, sizeof *in);

    if (!in)
        return att_fail_memory(error);
    in->word = word;
    att_status status = att_xml_parse(xml, part, &handler, in, error);
    free(in);
    return status;
}
