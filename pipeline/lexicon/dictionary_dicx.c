/* LIWC-22 dictionaries, .dicx: a table with a column for each category.
 *
 *     DicTerm,affect,affect.posemo
 *     happ*,X,X                        X: the term is in the category
 *     glad,1.5,1.5                     a number: with this weight
 *
 * LIWC-22 knows no nesting. Markers below others become columns named by their paths, and as there a category counts
 * only what its own column says, a term is marked in the columns above it too. */
#include "base/csv.h"
#include "lexicon/dictionary.h"
#include "lexicon/dictionary_lines.h"

#include <stdlib.h>
#include <strings.h>

static bool is_word(att_span text, const char *word)
{
    text = att_line_trim(text);
    return text.size == strlen(word) && strncasecmp(text.text, word, text.size) == 0;
}

static bool dicx_sniff(att_span text)
{
    att_csv csv;

    att_csv_open(&csv, text);
    bool is = att_csv_next(&csv) == 1 && csv.count > 1 && is_word(csv.fields[0], "DicTerm");
    att_csv_close(&csv);
    return is;
}

typedef struct {
    att_dictionary *dictionary;
    att_csv csv;
    uint32_t *columns; /* category of each; [0] is the term's */
    size_t column_count;
    int64_t *weights; /* of the row; 0: not in the category */
    uint64_t *above;  /* of each category: the last row that is in one below it */
    att_buffer text;
    att_error *error;
} dicx_reader;

static att_status fail(dicx_reader *r, const char *what)
{
    return att_fail(r->error, ATT_BAD_INPUT, r->dictionary->file, r->csv.line, 0, "%s", what);
}

static att_status read_header(dicx_reader *r)
{
    int got = att_csv_next(&r->csv);
    att_status status = ATT_OK;

    if (got < 0)
        return got == -1 ? att_fail_memory(r->error) : fail(r, "a quotation mark is never closed; close it");
    if (got == 0 || r->csv.count < 2 || !is_word(r->csv.fields[0], "DicTerm"))
        return fail(r, "the first line of a .dicx names the columns: DicTerm, then a column for each category");
    r->column_count = r->csv.count;
    r->columns = calloc(r->column_count, sizeof *r->columns);
    r->weights = calloc(r->column_count, sizeof *r->weights);
    if (!r->columns || !r->weights)
        return att_fail_memory(r->error);
    for (size_t i = 1; i < r->column_count && !status; i++) {
        att_span name = att_line_disarmed(att_line_trim(r->csv.fields[i]));
        r->columns[i] = ATT_NO_CATEGORY;
        if (name.size)
            status = att_dictionary_path(r->dictionary, name, r->csv.line, &r->columns[i], r->error);
    }
    r->above = calloc(r->dictionary->category_count + 1, sizeof *r->above);
    return status || r->above ? status : att_fail_memory(r->error);
}

/* A cell's weight; 0 where the term is not in the category. */
static int64_t read_cell(dicx_reader *r, att_span cell, att_span term)
{
    int64_t weight = 0;
    bool exact = true;

    cell = att_line_trim(cell);
    if (!cell.size)
        return 0;
    if (is_word(cell, "x"))
        return ATT_WEIGHT_ONE;
    if (!att_weight_read(cell, &weight, &exact)) {
        att_losses_add(&r->dictionary->losses, "a cell is neither X nor a number", "it counts as empty", term,
                       r->csv.line);
        return 0;
    }
    if (!exact)
        att_losses_add(&r->dictionary->losses, "a weight has more than six decimals", "the rest is cut off", term,
                       r->csv.line);
    return weight;
}

static att_status read_row(dicx_reader *r)
{
    att_span term = att_line_disarmed(att_line_trim(r->csv.fields[0]));
    att_status status = ATT_OK;
    size_t count = r->csv.count < r->column_count ? r->csv.count : r->column_count;
    bool any = false;

    if (!term.size)
        return ATT_OK;
    for (size_t i = 1; i < count; i++) {
        r->weights[i] = r->columns[i] == ATT_NO_CATEGORY ? 0 : read_cell(r, r->csv.fields[i], term);
        any |= r->weights[i] != 0;
        uint32_t up = r->weights[i] ? r->dictionary->categories[r->columns[i]].parent : ATT_NO_CATEGORY;
        for (; up != ATT_NO_CATEGORY && r->above[up] != r->csv.line; up = r->dictionary->categories[up].parent)
            r->above[up] = r->csv.line;
    }
    if (!any)
        att_losses_add(&r->dictionary->losses, "a term is in no category", "it is left out", term, r->csv.line);
    r->text.size = 0;
    att_term_put_literal(&r->text, term, "*", false);
    if (r->text.failed)
        return att_fail_memory(r->error);
    for (size_t i = 1; i < count && !status; i++) {
        att_dictionary_term *added = NULL;
        if (!r->weights[i] || r->above[r->columns[i]] == r->csv.line)
            continue;
        status = att_dictionary_add(r->dictionary, r->columns[i], (att_span){r->text.data, r->text.size}, r->csv.line,
                                    &added, r->error);
        if (!status)
            added->weight = r->weights[i];
    }
    return status;
}

static att_status dicx_read(att_dictionary *out, const char *file, att_span text, att_error *error)
{
    dicx_reader r = {.dictionary = out, .error = error};
    int got = 0;

    (void)file;
    att_csv_open(&r.csv, text);
    att_status status = read_header(&r);
    while (!status && (got = att_csv_next(&r.csv)) == 1)
        status = read_row(&r);
    if (!status && got < 0)
        status = got == -1 ? att_fail_memory(error) : fail(&r, "a quotation mark is never closed; close it");
    att_csv_close(&r.csv);
    free(r.columns);
    free(r.weights);
    free(r.above);
    att_buffer_clear(&r.text);
    return status;
}

/* ---- Writing */

static void put_row(att_buffer *out, const att_dictionary *dictionary, att_span text, int64_t *weights)
{
    att_buffer plain = {0};

    att_term_put_plain(&plain, text);
    att_put_cell(out, (att_span){plain.data, plain.size}, ',');
    out->failed |= plain.failed;
    for (size_t c = 0; c < dictionary->category_count; c++) {
        att_buffer_char(out, ',');
        if (weights[c] == ATT_WEIGHT_ONE)
            att_buffer_char(out, 'X');
        else if (weights[c])
            att_weight_put(out, weights[c]);
        weights[c] = 0;
    }
    att_buffer_char(out, '\n');
    att_buffer_clear(&plain);
}

static void mark(const att_dictionary *dictionary, const att_dictionary_term *term, int64_t *weights)
{
    for (uint32_t c = term->category; c != ATT_NO_CATEGORY; c = dictionary->categories[c].parent)
        if (!weights[c] || c == term->category)
            weights[c] = term->weight;
}

static void write_rows(att_buffer *out, const att_dictionary *dictionary)
{
    const att_dictionary_term **list = att_dictionary_by_text(dictionary);
    int64_t *weights = calloc(dictionary->category_count + 1, sizeof *weights);

    out->failed |= !list || !weights;
    for (size_t i = 0; !out->failed && i < dictionary->term_count;) {
        att_span text = {list[i]->text, list[i]->size};
        for (; i < dictionary->term_count && att_span_equal((att_span){list[i]->text, list[i]->size}, text); i++)
            mark(dictionary, list[i], weights);
        put_row(out, dictionary, text, weights);
    }
    free(list);
    free(weights);
}

static void dicx_write(att_buffer *out, const att_dictionary *dictionary)
{
    att_buffer path = {0};

    att_buffer_text(out, "DicTerm");
    for (uint32_t c = 0; c < dictionary->category_count; c++) {
        att_buffer_char(out, ',');
        path.size = 0;
        att_dictionary_put_path(&path, dictionary, c);
        att_put_cell(out, (att_span){path.data, path.size}, ',');
    }
    out->failed |= path.failed;
    att_buffer_clear(&path);
    att_buffer_char(out, '\n');
    write_rows(out, dictionary);
}

static const char *const extensions[] = {"dicx", NULL};

const att_dictionary_format att_dictionary_dicx = {
    .name = "dicx",
    .title = "LIWC-22",
    .extensions = extensions,
    .holds = ATT_HOLDS_WEIGHTS | ATT_HOLDS_TERMS,
    .sniff = dicx_sniff,
    .read = dicx_read,
    .write = dicx_write,
};
