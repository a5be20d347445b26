/* Yoshikoder dictionaries, .ykd, and those of Lexicoder 2, .lcd, which are the same XML.
 *
 *     <dictionary style="050805" patternengine="substring">
 *       <cnode name="positive" desc="what it means"><pnode name="happ*" score="1.5"/></cnode>
 *     </dictionary>
 *
 * In the engine "substring" an asterisk is a wildcard, anything else is text. Patterns of the engine "regexp" become
 * regular expressions, which here meet one word. */
#include "base/xml.h"
#include "lexicon/dictionary.h"
#include "lexicon/dictionary_lines.h"

typedef struct {
    att_dictionary *dictionary;
    bool rooted, regex;
    uint32_t open; /* the innermost category */
    att_buffer text;
} yoshikoder_reader;

static att_status start_category(yoshikoder_reader *r, const att_xml *xml, const att_xml_element *element,
                                 att_error *error)
{
    att_span definition = att_line_trim(att_xml_get(element, "desc"));
    att_status status = att_dictionary_category(r->dictionary, r->open, att_xml_get(element, "name"), att_xml_line(xml),
                                                &r->open, error);

    if (!status && definition.size &&
        !(r->dictionary->categories[r->open].definition = att_dictionary_copy(r->dictionary, definition)))
        status = att_fail_memory(error);
    return status;
}

static att_status take_term(yoshikoder_reader *r, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    att_span name = att_line_trim(att_xml_get(element, "name"));
    att_span score = att_line_trim(att_xml_get(element, "score"));
    att_losses *losses = &r->dictionary->losses;
    att_dictionary_term *term = NULL;
    int64_t weight = ATT_WEIGHT_ONE;
    bool exact = true;

    if (!name.size)
        return ATT_OK;
    if (r->open == ATT_NO_CATEGORY)
        return att_fail(error, ATT_BAD_INPUT, r->dictionary->file, att_xml_line(xml), 0,
                        "a pnode stands outside of a cnode; put the term into a category");
    if (score.size && (!att_weight_read(score, &weight, &exact) || !exact))
        att_losses_add(losses, "a score is no number of at most six decimals", "its term has what can be read of it",
                       name, att_xml_line(xml));
    r->text.size = 0;
    if (r->regex)
        att_buffer_span(&r->text, name);
    else
        att_term_put_literal(&r->text, name, "*", false);
    if (r->text.failed)
        return att_fail_memory(error);
    if (weight == 0) {
        att_losses_add(losses, "a term has the weight 0", "it is left out", name, att_xml_line(xml));
        return ATT_OK;
    }
    att_status status = att_dictionary_add(r->dictionary, r->open, (att_span){r->text.data, r->text.size},
                                           att_xml_line(xml), &term, error);
    if (!status) {
        term->weight = weight;
        term->regex = r->regex;
    }
    return status;
}

static att_status start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    yoshikoder_reader *r = context;

    if (!r->rooted) {
        r->rooted = true;
        att_span engine = att_xml_get(element, "patternengine");
        r->regex = att_span_equal(engine, att_span_of("regexp")) || att_span_equal(engine, att_span_of("regex"));
        if (!att_xml_is(element->name, "dictionary"))
            return att_fail(error, ATT_BAD_INPUT, r->dictionary->file, att_xml_line(xml), 0,
                            "the outermost element is <%s>; that of a Yoshikoder dictionary is <dictionary>",
                            element->name);
        return ATT_OK;
    }
    if (att_xml_is(element->name, "cnode"))
        return start_category(r, xml, element, error);
    return att_xml_is(element->name, "pnode") ? take_term(r, xml, element, error) : ATT_OK;
}

static att_status end(void *context, const att_xml *xml, const char *name, att_error *error)
{
    yoshikoder_reader *r = context;

    (void)xml, (void)error;
    if (att_xml_is(name, "cnode"))
        r->open = r->dictionary->categories[r->open].parent;
    return ATT_OK;
}

static att_status yoshikoder_read(att_dictionary *out, const char *file, att_span text, att_error *error)
{
    static const att_xml_handler handler = {.start = start, .end = end};
    yoshikoder_reader r = {.dictionary = out, .open = ATT_NO_CATEGORY};
    att_status status = att_xml_parse(text, file, &handler, &r, error);

    att_buffer_clear(&r.text);
    return status;
}

static bool yoshikoder_sniff(att_span text)
{
    char name[64];

    return att_xml_root(name, sizeof name, text) && att_xml_is(name, "dictionary");
}

/* ---- Writing */

static void indent(att_buffer *out, uint32_t depth)
{
    for (uint32_t i = 0; i <= depth; i++)
        att_buffer_char(out, '\t');
}

static void close_to(att_buffer *out, uint32_t *open, uint32_t depth)
{
    while (*open > depth) {
        indent(out, --*open);
        att_buffer_text(out, "</cnode>\n");
    }
}

static void put_term(att_buffer *out, const att_dictionary_term *term, uint32_t depth)
{
    att_buffer plain = {0};

    att_term_put_plain(&plain, (att_span){term->text, term->size});
    indent(out, depth);
    att_buffer_text(out, "<pnode name=\"");
    att_put_xml(out, plain.data, plain.size);
    if (term->weight != ATT_WEIGHT_ONE) {
        att_buffer_text(out, "\" score=\"");
        att_weight_put(out, term->weight);
    }
    att_buffer_text(out, "\"/>\n");
    out->failed |= plain.failed;
    att_buffer_clear(&plain);
}

static void yoshikoder_write(att_buffer *out, const att_dictionary *dictionary)
{
    uint32_t open = 0;

    att_buffer_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                         "<dictionary style=\"050805\" patternengine=\"substring\">\n");
    for (uint32_t c = 0; c < dictionary->category_count; c++) {
        const att_category *category = &dictionary->categories[c];
        const char *name = att_category_shown(category);
        const char *definition = category->definition ? category->definition : "";
        close_to(out, &open, category->depth);
        indent(out, open++);
        att_buffer_text(out, "<cnode name=\"");
        att_put_xml(out, name, strlen(name));
        att_buffer_text(out, "\" desc=\"");
        att_put_xml(out, definition, strlen(definition));
        att_buffer_text(out, "\">\n");
        for (size_t i = dictionary->first_term[c]; i < dictionary->first_term[c + 1]; i++)
            put_term(out, &dictionary->terms[i], open);
    }
    close_to(out, &open, 0);
    att_buffer_text(out, "</dictionary>\n");
}

static const char *const ykd[] = {"ykd", NULL};
static const char *const lcd[] = {"lcd", NULL};

enum { HOLDS = ATT_HOLDS_NESTING | ATT_HOLDS_DEFINITIONS | ATT_HOLDS_WEIGHTS | ATT_HOLDS_ANY_STAR | ATT_HOLDS_TERMS };

const att_dictionary_format att_dictionary_yoshikoder = {
    .name = "ykd",
    .title = "Yoshikoder",
    .extensions = ykd,
    .holds = HOLDS,
    .utf8 = true,
    .sniff = yoshikoder_sniff,
    .read = yoshikoder_read,
    .write = yoshikoder_write,
};

const att_dictionary_format att_dictionary_lcd = {
    .name = "lcd",
    .title = "Lexicoder 2",
    .extensions = lcd,
    .holds = HOLDS,
    .utf8 = true,
    .sniff = yoshikoder_sniff,
    .read = yoshikoder_read,
    .write = yoshikoder_write,
};
