#include "read/docx_text.h"

#include "base/utf8.h"
#include "read/scan.h"
#include "read/xml.h"

#include <stdlib.h>
#include <strings.h>

/* Elements that matter. */
typedef enum {
    OTHER,
    LINE_BREAK,
    DELETED,
    FIELD_CHAR,
    FIELD_SIMPLE,
    NO_BREAK_HYPHEN,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    PARAGRAPH_STYLE,
    PLACEHOLDER,
    RUN,
    RUN_PROPERTIES,
    RUN_STYLE,
    CONTROL,
    CONTROL_CONTENT,
    SKIPPED,
    SYMBOL,
    TAB,
    TABLE,
    TABLE_CELL,
    TABLE_HEADER,
    TABLE_ROW,
    ROW_PROPERTIES,
    TEXT,
    TEXT_BOX,
    HIDDEN,
} kind;

typedef struct {
    const char *name;
    kind kind;
} element_name;

/* Sorted by name (bytes). delText and instrText are no TEXT, so they need no place here. */
static const element_name names[] = {
    {"Fallback", SKIPPED},
    {"br", LINE_BREAK},
    {"cr", LINE_BREAK},
    {"del", DELETED},
    {"fldChar", FIELD_CHAR},
    {"moveFrom", DELETED},
    {"noBreakHyphen", NO_BREAK_HYPHEN},
    {"p", PARAGRAPH},
    {"pPr", PARAGRAPH_PROPERTIES},
    {"pPrChange", SKIPPED},
    {"pStyle", PARAGRAPH_STYLE},
    {"ptab", TAB},
    {"r", RUN},
    {"rPr", RUN_PROPERTIES},
    {"rPrChange", SKIPPED},
    {"rStyle", RUN_STYLE},
    {"rt", SKIPPED},
    {"sdt", CONTROL},
    {"sdtContent", CONTROL_CONTENT},
    {"showingPlcHdr", PLACEHOLDER},
    {"sym", SYMBOL},
    {"t", TEXT},
    {"tab", TAB},
    {"tbl", TABLE},
    {"tblHeader", TABLE_HEADER},
    {"tc", TABLE_CELL},
    {"tr", TABLE_ROW},
    {"trPr", ROW_PROPERTIES},
    {"txbxContent", TEXT_BOX},
    {"vanish", HIDDEN},
};

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
    kind open[ATT_XML_DEPTH + 1];
    unsigned depth;
    unsigned skipped; /* depth of the element that is left out; 0: none */
    bool placeholder; /* the content control that is open shows one */
    state states[ATT_FLOW_BOXES];
} docx;

static int by_name(const void *key, const void *item)
{
    return strcmp(key, ((const element_name *)item)->name);
}

/* Both kinds of files, transitional and strict, and the wrapper for alternatives. */
static bool is_ours(const char *space)
{
    static const char word[] = "/wordprocessingml/", compatible[] = "/markup-compatibility/";

    return space && (strstr(space, word) || strstr(space, compatible));
}

static kind kind_of(const att_xml_element *element)
{
    const element_name *found;

    if (!is_ours(element->space))
        return OTHER;
    found = bsearch(element->name, names, sizeof names / sizeof *names, sizeof *names, by_name);
    return found ? found->kind : OTHER;
}

static state *state_of(docx *in)
{
    return &in->states[in->word->flow.level];
}

static kind parent(const docx *in, unsigned up)
{
    return in->depth > up ? in->open[in->depth - up] : OTHER;
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
    kind within = parent(in, 1);

    if (within == RUN_PROPERTIES) {
        if (parent(in, 2) == PARAGRAPH_PROPERTIES)
            state_of(in)->joins = true;
        return;
    }
    in->skipped = in->depth;
    if (within == ROW_PROPERTIES && in->depth >= 2)
        in->skipped = in->depth - 2; /* the row */
}

static void start_property(docx *in, kind what, const att_xml_element *element)
{
    bool styled = in->word->flow.styled;

    switch (what) {
    case PARAGRAPH_STYLE:
        if (styled)
            state_of(in)->label = att_word_styles_use(&in->word->styles, att_xml_get(element, "val"));
        break;
    case RUN_STYLE:
        if (styled && parent(in, 2) == RUN)
            state_of(in)->run_label = att_word_styles_use(&in->word->styles, att_xml_get(element, "val"));
        break;
    case HIDDEN:
        if (parent(in, 2) == RUN)
            state_of(in)->run_hidden = is_on(element);
        break;
    case TABLE_HEADER:
        if (is_on(element))
            att_flow_row_header(&in->word->flow);
        break;
    case PLACEHOLDER:
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

static void start_container(docx *in, kind what)
{
    att_flow *flow = &in->word->flow;

    switch (what) {
    case PARAGRAPH:
        /* A style is that of the paragraph; one that joined the last has the last's. */
        state_of(in)->label = state_of(in)->label && state_of(in)->joins;
        state_of(in)->joins = false;
        break;
    case RUN:
        state_of(in)->run_label = state_of(in)->run_hidden = false;
        break;
    case TEXT_BOX:
        att_flow_box_begin(flow);
        if (flow->boxes_open < ATT_FLOW_BOXES)
            *state_of(in) = (state){0};
        break;
    case TABLE:
        paragraphs_end(in);
        att_flow_table_begin(flow);
        break;
    case TABLE_ROW:
        att_flow_row_begin(flow);
        break;
    case CONTROL:
        in->placeholder = false;
        break;
    case CONTROL_CONTENT:
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
    kind what = in->skipped ? OTHER : kind_of(element);

    (void)xml, (void)error;
    in->open[++in->depth] = what;
    if (what == OTHER)
        return ATT_OK;
    if (what == SKIPPED)
        in->skipped = in->depth;
    else if (what == DELETED)
        deletion(in);
    else if (what == LINE_BREAK)
        put(in, "\n");
    else if (what == TAB && parent(in, 1) == RUN) /* others are tab stops */
        put(in, "\t");
    else if (what == NO_BREAK_HYPHEN)
        put(in, "-");
    else if (what == SYMBOL)
        put_symbol(in, element);
    else if (what == FIELD_CHAR)
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
    kind what = in->open[in->depth];

    (void)xml, (void)name, (void)error;
    if (in->skipped == in->depth)
        in->skipped = 0;
    in->depth--;
    if (in->skipped)
        return ATT_OK;
    if (what == PARAGRAPH)
        paragraph_end(in);
    if (what == TEXT_BOX || what == TABLE_CELL)
        paragraphs_end(in);
    if (what == TEXT_BOX)
        att_flow_box_end(flow);
    else if (what == TABLE_CELL)
        att_flow_cell_end(flow);
    else if (what == TABLE)
        att_flow_table_end(flow);
    return ATT_OK;
}

static att_status on_text(void *context, const att_xml *xml, att_span text, att_error *error)
{
    docx *in = context;

    (void)xml, (void)error;
    if (!in->skipped && in->open[in->depth] == TEXT && is_seen(in))
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
