/* WordStat categorisation dictionaries, .cat: categories and terms, indented by tabs.
 *
 *     AFFECT
 *         POSITIVE
 *             HAPP* (1)          a weight in brackets makes it a term
 *             LOOKING_FORWARD (1)    _ stands for a space
 *             @NOT_BAD [NOT BEFORE BAD /C3] (1)    @ begins a rule: cannot be said here */
#include "lexicon/dictionary.h"
#include "lexicon/dictionary_lines.h"

/* Splits " (1)" off the end; false: there is none. */
static bool split_weight(att_span *line, int64_t *weight, bool *exact)
{
    size_t at = line->size;

    if (at < 4 || line->text[at - 1] != ')')
        return false;
    while (at > 0 && line->text[at - 1] != '(')
        at--;
    if (at < 3 || (line->text[at - 2] != ' ' && line->text[at - 2] != '\t') ||
        !att_weight_read((att_span){line->text + at, line->size - at - 1}, weight, exact))
        return false;
    *line = att_line_trim((att_span){line->text, at - 1});
    return line->size > 0;
}

static bool wordstat_sniff(att_span text)
{
    att_lines lines = att_lines_of(text);
    size_t categories = 0, terms = 0;
    att_span line;

    for (size_t i = 0; i < 200 && att_lines_next(&lines, &line); i++) {
        size_t indent = att_line_indent(line);
        int64_t weight;
        bool exact;
        line = att_line_trim(line);
        if (!line.size)
            continue;
        if (split_weight(&line, &weight, &exact))
            terms++;
        else
            categories++;
        if (categories + terms == 1 && (terms || indent))
            return false;
    }
    return terms > 0 && categories > 0;
}

typedef struct {
    att_dictionary *dictionary;
    uint64_t line;
    size_t depth;
    struct {
        size_t indent;
        uint32_t category;
    } open[ATT_CATEGORY_DEPTH + 1];
    att_buffer text;
    att_error *error;
} wordstat_reader;

static att_status add_term(wordstat_reader *r, att_span line, int64_t weight, bool exact)
{
    att_dictionary_term *term = NULL;
    att_losses *losses = &r->dictionary->losses;

    if (line.text[0] == '@') {
        att_losses_add(losses, "rules are not read", "write them as rules of a lexicon", line, r->line);
        return ATT_OK;
    }
    if (r->depth == 0)
        return att_fail(r->error, ATT_BAD_INPUT, r->dictionary->file, r->line, 0,
                        "a term stands before the first category; begin with the line of a category");
    if (!exact)
        att_losses_add(losses, "a weight has more than six decimals", "the rest is cut off", line, r->line);
    r->text.size = 0;
    att_term_put_literal(&r->text, line, "*?", true);
    if (r->text.failed)
        return att_fail_memory(r->error);
    if (weight == 0) {
        att_losses_add(losses, "a term has the weight 0", "it is left out", line, r->line);
        return ATT_OK;
    }
    att_status status = att_dictionary_add(r->dictionary, r->open[r->depth - 1].category,
                                           (att_span){r->text.data, r->text.size}, r->line, &term, r->error);
    if (!status)
        term->weight = weight;
    return status;
}

static att_status read_line(wordstat_reader *r, att_span line, size_t indent)
{
    int64_t weight = 0;
    bool exact = true;

    while (r->depth && r->open[r->depth - 1].indent >= indent)
        r->depth--;
    if (split_weight(&line, &weight, &exact))
        return add_term(r, line, weight, exact);
    if (r->depth > ATT_CATEGORY_DEPTH)
        return att_fail(r->error, ATT_BAD_INPUT, r->dictionary->file, r->line, 0,
                        "categories nested more than %u levels deep; make the tree flatter", ATT_CATEGORY_DEPTH);
    uint32_t parent = r->depth ? r->open[r->depth - 1].category : ATT_NO_CATEGORY;
    r->open[r->depth].indent = indent;
    return att_dictionary_category(r->dictionary, parent, line, r->line, &r->open[r->depth++].category, r->error);
}

static att_status wordstat_read(att_dictionary *out, const char *file, att_span text, att_error *error)
{
    wordstat_reader r = {.dictionary = out, .error = error};
    att_lines lines = att_lines_of(text);
    att_status status = ATT_OK;
    att_span line;

    (void)file;
    while (!status && att_lines_next(&lines, &line)) {
        size_t indent = att_line_indent(line);
        line = att_line_trim(line);
        r.line = lines.number;
        if (line.size)
            status = read_line(&r, line, indent);
    }
    if (!status && !out->category_count)
        status = att_fail(error, ATT_BAD_INPUT, file, 1, 0,
                          "there is no category; a WordStat dictionary has a line for "
                          "each, and its terms below, indented by a tab");
    att_buffer_clear(&r.text);
    return status;
}

static void put_term(att_buffer *out, const att_dictionary_term *term)
{
    size_t start = out->size;

    att_term_put_plain(out, (att_span){term->text, term->size});
    for (size_t i = start; !out->failed && i < out->size; i++)
        if (out->data[i] == ' ')
            out->data[i] = '_';
    att_buffer_text(out, " (");
    att_weight_put(out, term->weight);
    att_buffer_text(out, ")\n");
}

static void put_tabs(att_buffer *out, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        att_buffer_char(out, '\t');
}

/* A round bracket at the end would make a term of it: such names have square ones. */
static void put_name(att_buffer *out, const char *name)
{
    size_t start = out->size, size = strlen(name);
    bool square = size && name[size - 1] == ')';

    att_put_line(out, name);
    for (size_t i = start; square && !out->failed && i < out->size; i++)
        out->data[i] = out->data[i] == '(' ? '[' : out->data[i] == ')' ? ']' : out->data[i];
}

static void wordstat_write(att_buffer *out, const att_dictionary *dictionary)
{
    for (uint32_t c = 0; c < dictionary->category_count; c++) {
        const att_category *category = &dictionary->categories[c];
        put_tabs(out, category->depth);
        put_name(out, att_category_shown(category));
        att_buffer_char(out, '\n');
        for (size_t i = dictionary->first_term[c]; i < dictionary->first_term[c + 1]; i++) {
            put_tabs(out, category->depth + 1);
            put_term(out, &dictionary->terms[i]);
        }
    }
}

static const char *const extensions[] = {"cat", NULL};

const att_dictionary_format att_dictionary_wordstat = {
    .name = "cat",
    .title = "WordStat",
    .extensions = extensions,
    .holds = ATT_HOLDS_NESTING | ATT_HOLDS_WEIGHTS | ATT_HOLDS_ANY_STAR | ATT_HOLDS_QUESTION | ATT_HOLDS_TERMS,
    .taken = "@",
    .sniff = wordstat_sniff,
    .read = wordstat_read,
    .write = wordstat_write,
};
