/* LIWC dictionaries, .dic, as LIWC 2001, 2007 and 2015 have them.
 *
 *     %
 *     1   affect (Affect)          number, white space, name; in brackets what it is called in full
 *         2   posemo               indented: below the one before
 *     %
 *     happ*       2                term, tab, numbers of its categories
 *     kind        <of>3/2          in 3 where "of" follows, else in 2
 *     like        (1 2)4/5         in 4 behind a word of category 1 or 2, else in 5: cannot be said here
 *
 * The files that people have made deviate: several tabs or only spaces between the columns, numbers with zeros before
 * them, blank lines, a term on several lines. Where categories are nested, a term of one is listed for those above it
 * too; here a category counts what is below it, so that is left out in reading and put back in writing. */
#include "lexicon/dictionary.h"
#include "lexicon/dictionary_lines.h"

#include <stdlib.h>

enum { MOST_NUMBER = 1000000 };

typedef struct {
    att_dictionary *dictionary;
    att_lines lines;
    uint32_t *by_number; /* categories + 1; 0: not declared */
    size_t by_number_capacity;
    uint64_t *listed, *above; /* of each category: the last line that has it, or one below it */
    uint32_t *list;           /* of the line */
    size_t list_count, list_capacity;
    att_buffer text;
    att_error *error;
} liwc_reader;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool liwc_sniff(att_span text)
{
    return att_span_equal(att_lines_first(text), att_span_of("%"));
}

static void lose(liwc_reader *r, const char *what, const char *remedy, att_span example)
{
    att_losses_add(&r->dictionary->losses, what, remedy, example, r->lines.number);
}

/* Digits at *at, as a number; MOST_NUMBER where it is not below that. */
static uint32_t read_number(att_span line, size_t *at)
{
    uint32_t number = 0;

    for (; *at < line.size && is_digit(line.text[*at]); ++*at)
        if (number < MOST_NUMBER)
            number = number * 10 + (uint32_t)(line.text[*at] - '0');
    return number < MOST_NUMBER ? number : MOST_NUMBER;
}

/* ---- Categories */

/* "posemo (Positive Emotions)" and "posemo<tab>Positive Emotions": a name and what it stands for. */
static att_span split_name(att_span *name)
{
    const char *tab = memchr(name->text, '\t', name->size);
    const char *bracket = memchr(name->text, '(', name->size);
    att_span label = {"", 0};
    size_t end;

    if (tab) {
        end = (size_t)(tab - name->text);
        label = att_line_trim((att_span){tab, name->size - end});
    } else if (bracket && bracket > name->text && name->text[name->size - 1] == ')') {
        end = (size_t)(bracket - name->text);
        label = att_line_trim((att_span){bracket + 1, name->size - end - 2});
    } else {
        return label;
    }
    *name = att_line_trim((att_span){name->text, end});
    return label;
}

static att_status declare(liwc_reader *r, uint32_t number, uint32_t parent, att_span name, uint32_t *category)
{
    att_span label = split_name(&name);
    size_t known = r->dictionary->category_count;
    att_status status = att_dictionary_category(r->dictionary, parent, name, r->lines.number, category, r->error);

    if (status)
        return status;
    if (*category < known)
        lose(r, "a category of this name is declared before", "the two are one", name);
    else if (label.size && !(r->dictionary->categories[*category].label = att_dictionary_copy(r->dictionary, label)))
        return att_fail_memory(r->error);
    size_t capacity = r->by_number_capacity;
    if (!att_grow(&r->by_number, &r->by_number_capacity, number + 1, sizeof *r->by_number))
        return att_fail_memory(r->error);
    for (; capacity < r->by_number_capacity; capacity++)
        r->by_number[capacity] = 0;
    if (r->by_number[number] && r->by_number[number] != *category + 1)
        lose(r, "a category has the number of another one", "the first one keeps it", name);
    else
        r->by_number[number] = *category + 1;
    return ATT_OK;
}

static att_status fail_line(liwc_reader *r, const char *what)
{
    return att_fail(r->error, ATT_BAD_INPUT, r->dictionary->file, r->lines.number ? r->lines.number : 1, 0, "%s", what);
}

/* The lines up to the second %. */
static att_status read_categories(liwc_reader *r)
{
    struct {
        size_t indent;
        uint32_t category;
    } open[ATT_CATEGORY_DEPTH + 1];
    size_t depth = 0;
    att_span line;

    while (att_lines_next(&r->lines, &line)) {
        size_t indent = att_line_indent(line), at = 0;
        line = att_line_trim(line);
        if (att_span_equal(line, att_span_of("%")))
            return ATT_OK;
        if (!line.size)
            continue;
        uint32_t number = read_number(line, &at);
        if (at == 0 || at == line.size || !is_blank(line.text[at])) {
            lose(r, "a line among the categories is none: it has no number or no name", "it is passed over", line);
            continue;
        }
        if (number == MOST_NUMBER)
            return fail_line(r, "a category number of more than six digits; LIWC's are smaller");
        while (depth && open[depth - 1].indent >= indent)
            depth--;
        if (depth > ATT_CATEGORY_DEPTH)
            return fail_line(r, "categories nested more than 25 levels deep; make the tree flatter");
        uint32_t parent = depth ? open[depth - 1].category : ATT_NO_CATEGORY;
        open[depth].indent = indent;
        att_status status = declare(r, number, parent, att_line_trim((att_span){line.text + at, line.size - at}),
                                    &open[depth].category);
        if (status)
            return status;
        depth++;
    }
    return fail_line(r, "the list of categories does not end; put a line with % alone behind it");
}

/* ---- Terms */

static uint32_t category_of(liwc_reader *r, uint32_t number, att_span term)
{
    if (number < r->by_number_capacity && r->by_number[number])
        return r->by_number[number] - 1;
    lose(r, "a term is in a category that is not declared", "that is passed over", term);
    return ATT_NO_CATEGORY;
}

static att_status list_category(liwc_reader *r, uint32_t number, att_span term)
{
    uint32_t category = category_of(r, number, term);

    if (category == ATT_NO_CATEGORY || r->listed[category] == r->lines.number)
        return ATT_OK;
    r->listed[category] = r->lines.number;
    if (!att_grow(&r->list, &r->list_capacity, r->list_count + 1, sizeof *r->list))
        return att_fail_memory(r->error);
    r->list[r->list_count++] = category;
    return ATT_OK;
}

/* Sets r->text to the term, with a word behind it. */
static att_status put_term(liwc_reader *r, att_span term, att_span word)
{
    r->text.size = 0;
    att_term_put_literal(&r->text, term, "*", false);
    if (word.size) {
        att_buffer_char(&r->text, ' ');
        att_term_put_literal(&r->text, word, "*", false);
    }
    return r->text.failed ? att_fail_memory(r->error) : ATT_OK;
}

static att_status add_term(liwc_reader *r, uint32_t category, att_dictionary_term **out)
{
    return att_dictionary_add(r->dictionary, category, (att_span){r->text.data, r->text.size}, r->lines.number, out,
                              r->error);
}

/* The term with an exception: where the word follows, it is another entry. */
static att_status add_excepting(liwc_reader *r, att_span term, att_span word, uint32_t category)
{
    const char **excepts = att_arena_take(&r->dictionary->arena, sizeof *excepts);
    att_dictionary_term *added = NULL;
    att_status status = excepts ? put_term(r, term, word) : att_fail_memory(r->error);

    if (!status && !(excepts[0] = att_dictionary_copy(r->dictionary, (att_span){r->text.data, r->text.size})))
        status = att_fail_memory(r->error);
    if (!status)
        status = put_term(r, term, (att_span){"", 0});
    if (!status)
        status = add_term(r, category, &added);
    if (!status) {
        added->excepts = excepts;
        added->except_count = 1;
    }
    return status;
}

/* `<of>131/125`, at the bracket. */
static att_status read_following(liwc_reader *r, att_span line, size_t *at, att_span term)
{
    const char *close = memchr(line.text + *at, '>', line.size - *at);
    att_status status = ATT_OK;

    if (!close) {
        lose(r, "a bracket < is not closed", "the rest of the line is passed over", term);
        *at = line.size;
        return ATT_OK;
    }
    att_span word = {line.text + *at + 1, (size_t)(close - line.text) - *at - 1};
    *at = (size_t)(close - line.text) + 1;
    if (*at < line.size && is_digit(line.text[*at])) {
        uint32_t category = category_of(r, read_number(line, at), term);
        if (category != ATT_NO_CATEGORY)
            status = put_term(r, term, word);
        if (!status && category != ATT_NO_CATEGORY)
            status = add_term(r, category, NULL);
    }
    if (!status && *at + 1 < line.size && line.text[*at] == '/' && is_digit(line.text[*at + 1])) {
        ++*at;
        uint32_t category = category_of(r, read_number(line, at), term);
        if (category != ATT_NO_CATEGORY)
            status = add_excepting(r, term, word, category);
    }
    return status;
}

/* `(02 134)125/464`, at the bracket: what counts otherwise is kept. */
static att_status read_preceding(liwc_reader *r, att_span line, size_t *at, att_span term)
{
    const char *close = memchr(line.text + *at, ')', line.size - *at);

    lose(r, "a term has a category only behind words of others", "it has the one that it has otherwise", term);
    if (!close) {
        *at = line.size;
        return ATT_OK;
    }
    *at = (size_t)(close - line.text) + 1;
    (void)read_number(line, at);
    if (*at + 1 >= line.size || line.text[*at] != '/' || !is_digit(line.text[*at + 1]))
        return ATT_OK;
    ++*at;
    return list_category(r, read_number(line, at), term);
}

static att_status read_codes(liwc_reader *r, att_span codes, att_span term)
{
    att_status status = ATT_OK;

    for (size_t at = 0; !status && at < codes.size;) {
        if (is_blank(codes.text[at])) {
            at++;
            continue;
        }
        size_t from = at;
        if (codes.text[at] == '(')
            status = read_preceding(r, codes, &at, term);
        else if (codes.text[at] == '<')
            status = read_following(r, codes, &at, term);
        else if (is_digit(codes.text[at]))
            status = list_category(r, read_number(codes, &at), term);
        while (at < codes.size && !is_blank(codes.text[at]) && (at == from || codes.text[at] != '<'))
            at++;
        bool plain = is_digit(codes.text[from]) || codes.text[from] == '(' || codes.text[from] == '<';
        if (!plain)
            lose(r, "something stands where the numbers of categories belong", "it is passed over",
                 (att_span){codes.text + from, at - from});
    }
    return status;
}

/* Where the codes begin in a line whose columns spaces part: behind the last word that is none. */
static size_t find_codes(att_span line, size_t gap)
{
    size_t start = line.size;

    for (size_t at = line.size; at > 0;) {
        size_t end = at;
        while (at > 0 && is_digit(line.text[at - 1]))
            at--;
        size_t space = at;
        while (space > 0 && is_blank(line.text[space - 1]))
            space--;
        if (at == end || space == 0 || at - space < gap)
            break;
        start = at;
        at = space;
    }
    return start;
}

static att_status read_term(liwc_reader *r, att_span line)
{
    const char *tab = memchr(line.text, '\t', line.size);
    size_t end = tab ? (size_t)(tab - line.text) : line.size;
    /* Of two spaces it is certain that they part columns; of one, where there is no tab. */
    size_t start = find_codes((att_span){line.text, end}, tab ? 2 : 1);
    att_span term = att_line_trim((att_span){line.text, start});
    size_t count = r->dictionary->term_count;
    size_t known = (size_t)r->dictionary->losses.count;

    r->list_count = 0;
    att_status status = read_codes(r, (att_span){line.text + start, line.size - start}, term);
    for (size_t i = 0; i < r->list_count; i++)
        for (uint32_t up = r->dictionary->categories[r->list[i]].parent;
             up != ATT_NO_CATEGORY && r->above[up] != r->lines.number; up = r->dictionary->categories[up].parent)
            r->above[up] = r->lines.number;
    if (!status && r->list_count)
        status = put_term(r, term, (att_span){"", 0});
    for (size_t i = 0; i < r->list_count && !status; i++)
        if (r->above[r->list[i]] != r->lines.number)
            status = add_term(r, r->list[i], NULL);
    if (!status && r->dictionary->term_count == count && r->dictionary->losses.count == known)
        lose(r, "a term without a category", "it is left out", term);
    return status;
}

static att_status read_terms(liwc_reader *r)
{
    size_t count = r->dictionary->category_count;
    att_status status = ATT_OK;
    att_span line;

    r->listed = calloc(count + 1, sizeof *r->listed);
    r->above = calloc(count + 1, sizeof *r->above);
    if (!r->listed || !r->above)
        return att_fail_memory(r->error);
    while (!status && att_lines_next(&r->lines, &line)) {
        line = att_line_trim(line);
        if (line.size && !att_span_equal(line, att_span_of("%")))
            status = read_term(r, line);
    }
    return status;
}

static att_status liwc_read(att_dictionary *out, const char *file, att_span text, att_error *error)
{
    liwc_reader r = {.dictionary = out, .lines = att_lines_of(text), .error = error};
    att_span line = {"", 0};
    att_status status = ATT_OK;

    (void)file;
    while (att_lines_next(&r.lines, &line) && !att_line_trim(line).size)
        ;
    if (!att_span_equal(att_line_trim(line), att_span_of("%")))
        status = fail_line(&r, "a LIWC dictionary begins with a line that holds % alone; put the categories between "
                               "two such lines");
    if (!status)
        status = read_categories(&r);
    if (!status)
        status = read_terms(&r);
    free(r.by_number);
    free(r.listed);
    free(r.above);
    free(r.list);
    att_buffer_clear(&r.text);
    return status;
}

/* ---- Writing */

/* The category's number, after those above it that the line does not have yet. */
static void put_numbers(att_buffer *out, const att_dictionary *dictionary, uint32_t category, size_t *seen, size_t line)
{
    if (category == ATT_NO_CATEGORY || seen[category] == line)
        return;
    seen[category] = line;
    put_numbers(out, dictionary, dictionary->categories[category].parent, seen, line);
    att_buffer_char(out, '\t');
    att_buffer_unsigned(out, category + 1);
}

/* A line for each text, with all its categories. */
static void write_terms(att_buffer *out, const att_dictionary *dictionary)
{
    const att_dictionary_term **list = att_dictionary_by_text(dictionary);
    size_t *seen = calloc(dictionary->category_count + 1, sizeof *seen);

    out->failed |= !list || !seen;
    for (size_t i = 0; !out->failed && i < dictionary->term_count;) {
        size_t line = i + 1;
        att_span text = {list[i]->text, list[i]->size};
        att_term_put_plain(out, text);
        for (; i < dictionary->term_count && att_span_equal((att_span){list[i]->text, list[i]->size}, text); i++)
            put_numbers(out, dictionary, list[i]->category, seen, line);
        att_buffer_char(out, '\n');
    }
    free(list);
    free(seen);
}

static void liwc_write(att_buffer *out, const att_dictionary *dictionary)
{
    att_buffer_text(out, "%\n");
    for (size_t i = 0; i < dictionary->category_count; i++) {
        const att_category *category = &dictionary->categories[i];
        for (uint32_t depth = 0; depth < category->depth; depth++)
            att_buffer_char(out, '\t');
        att_buffer_unsigned(out, i + 1);
        att_buffer_char(out, '\t');
        const char *shown = att_category_shown(category);
        if (strpbrk(shown, "()\t"))
            shown = category->name;
        att_put_line(out, shown);
        if (category->label && shown != category->label) {
            att_buffer_text(out, " (");
            att_put_line(out, category->label);
            att_buffer_char(out, ')');
        }
        att_buffer_char(out, '\n');
    }
    att_buffer_text(out, "%\n");
    write_terms(out, dictionary);
}

static const char *const extensions[] = {"dic", NULL};

const att_dictionary_format att_dictionary_liwc = {
    .name = "dic",
    .title = "LIWC (.dic)",
    .extensions = extensions,
    .holds = ATT_HOLDS_NESTING | ATT_HOLDS_LABELS | ATT_HOLDS_TERMS,
    .taken = "%",
    .sniff = liwc_sniff,
    .read = liwc_read,
    .write = liwc_write,
};
