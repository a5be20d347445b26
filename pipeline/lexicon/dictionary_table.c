/* Plain tables, CSV and TSV: a term a row.
 *
 *     marker,term,weight,note
 *     affect.posemo,happ*,1.5,
 *
 * The columns marker (or category) and term (or word) must be there, in any order; weight and note may be; others are
 * not read. The marker is a path, its names joined by dots. */
#include "base/csv.h"
#include "lexicon/dictionary.h"
#include "lexicon/dictionary_lines.h"

#include <strings.h>

typedef enum { MARKER, TERM, WEIGHT, NOTE, ROLES } table_role;

static const char *const role_names[ROLES][4] = {
    [MARKER] = {"marker", "category", "key", NULL},
    [TERM] = {"term", "word", "entry", NULL},
    [WEIGHT] = {"weight", "score", NULL},
    [NOTE] = {"note", "notes", NULL},
};

typedef struct {
    size_t column[ROLES]; /* SIZE_MAX: there is none */
} table_roles;

static table_role role_of(att_span name)
{
    name = att_line_trim(name);
    for (table_role role = 0; role < ROLES; role++)
        for (size_t i = 0; role_names[role][i]; i++)
            if (name.size == strlen(role_names[role][i]) && strncasecmp(name.text, role_names[role][i], name.size) == 0)
                return role;
    return ROLES;
}

static bool find_roles(const att_csv *csv, table_roles *out)
{
    for (size_t i = 0; i < ROLES; i++)
        out->column[i] = SIZE_MAX;
    for (size_t i = 0; i < csv->count; i++) {
        table_role role = role_of(csv->fields[i]);
        if (role != ROLES && out->column[role] == SIZE_MAX)
            out->column[role] = i;
    }
    return out->column[MARKER] != SIZE_MAX && out->column[TERM] != SIZE_MAX;
}

static bool sniff(att_span text, bool tabs)
{
    table_roles roles;
    att_csv csv;

    att_csv_open(&csv, text);
    bool is = att_csv_next(&csv) == 1 && find_roles(&csv, &roles) && (csv.delimiter == '\t') == tabs;
    att_csv_close(&csv);
    return is;
}

static bool csv_sniff(att_span text)
{
    return sniff(text, false);
}

static bool tsv_sniff(att_span text)
{
    return sniff(text, true);
}

static att_span field(const att_csv *csv, const table_roles *roles, table_role role)
{
    size_t column = roles->column[role];

    return column < csv->count ? att_line_trim(csv->fields[column]) : (att_span){"", 0};
}

static att_status read_row(att_dictionary *out, const att_csv *csv, const table_roles *roles, att_error *error)
{
    att_span path = att_line_disarmed(field(csv, roles, MARKER)), text = att_line_disarmed(field(csv, roles, TERM));
    att_span weight = field(csv, roles, WEIGHT), note = field(csv, roles, NOTE);
    int64_t number = ATT_WEIGHT_ONE;
    att_dictionary_term *term = NULL;
    uint32_t category = ATT_NO_CATEGORY;
    bool exact = true;

    if (!path.size && !text.size)
        return ATT_OK;
    if (!path.size)
        return att_fail(error, ATT_BAD_INPUT, out->file, csv->line, 0,
                        "a row has a term but no marker; name the marker in every row");
    if (weight.size && !att_weight_read(weight, &number, &exact))
        return att_fail(error, ATT_BAD_INPUT, out->file, csv->line, 0,
                        "a weight is no number; write it like 2 or 0.5, or leave the field empty");
    att_status status = att_dictionary_path(out, path, csv->line, &category, error);
    if (status || !text.size)
        return status; /* a marker without terms */
    if (!exact)
        att_losses_add(&out->losses, "a weight has more than six decimals", "the rest is cut off", text, csv->line);
    if (number == 0) {
        att_losses_add(&out->losses, "a term has the weight 0", "it is left out", text, csv->line);
        return ATT_OK;
    }
    status = att_dictionary_add(out, category, text, csv->line, &term, error);
    if (status)
        return status;
    term->weight = number;
    if (note.size && !(term->note = att_dictionary_copy(out, note)))
        return att_fail_memory(error);
    return ATT_OK;
}

static att_status table_read(att_dictionary *out, const char *file, att_span text, att_error *error)
{
    table_roles roles;
    att_csv csv;
    att_status status = ATT_OK;

    att_csv_open(&csv, text);
    int got = att_csv_next(&csv);
    if (got == 0 || (got == 1 && !find_roles(&csv, &roles)))
        status = att_fail(error, ATT_BAD_INPUT, file, csv.line, 0,
                          "the first line must name the columns, among them marker and term; add a line such as "
                          "marker,term,weight");
    while (!status && got == 1 && (got = att_csv_next(&csv)) == 1)
        status = read_row(out, &csv, &roles, error);
    if (!status && got < 0)
        status = got == -1
                     ? att_fail_memory(error)
                     : att_fail(error, ATT_BAD_INPUT, file, csv.line, 0, "a quotation mark is never closed; close it");
    att_csv_close(&csv);
    return status;
}

static void write_row(att_buffer *out, const att_dictionary_term *term, att_span path, char delimiter, bool notes)
{
    att_put_cell(out, path, delimiter);
    att_buffer_char(out, delimiter);
    if (term)
        att_put_cell(out, (att_span){term->text, term->size}, delimiter);
    att_buffer_char(out, delimiter);
    if (term)
        att_weight_put(out, term->weight);
    if (notes)
        att_buffer_char(out, delimiter);
    if (notes && term && term->note)
        att_put_cell(out, att_span_of(term->note), delimiter);
    att_buffer_char(out, '\n');
}

static bool has_children(const att_dictionary *dictionary, uint32_t c)
{
    return c + 1 < dictionary->category_count && dictionary->categories[c + 1].parent == c;
}

static void write_table(att_buffer *out, const att_dictionary *dictionary, char delimiter)
{
    bool notes = false;
    att_buffer path = {0};

    for (size_t i = 0; i < dictionary->term_count; i++)
        notes |= dictionary->terms[i].note != NULL;
    att_buffer_format(out, "marker%cterm%cweight", delimiter, delimiter);
    if (notes)
        att_buffer_format(out, "%cnote", delimiter);
    att_buffer_char(out, '\n');
    for (uint32_t c = 0; c < dictionary->category_count; c++) {
        size_t first = dictionary->first_term[c], end = dictionary->first_term[c + 1];
        path.size = 0;
        att_dictionary_put_path(&path, dictionary, c);
        if (first == end && !has_children(dictionary, c))
            write_row(out, NULL, (att_span){path.data, path.size}, delimiter, notes);
        for (size_t i = first; i < end; i++)
            write_row(out, &dictionary->terms[i], (att_span){path.data, path.size}, delimiter, notes);
    }
    out->failed |= path.failed;
    att_buffer_clear(&path);
}

static void csv_write(att_buffer *out, const att_dictionary *dictionary)
{
    write_table(out, dictionary, ',');
}

static void tsv_write(att_buffer *out, const att_dictionary *dictionary)
{
    write_table(out, dictionary, '\t');
}

static const char *const csv_extensions[] = {"csv", NULL};
static const char *const tsv_extensions[] = {"tsv", "tab", NULL};

enum {
    TABLE_HOLDS = ATT_HOLDS_NESTING | ATT_HOLDS_WEIGHTS | ATT_HOLDS_NOTES | ATT_HOLDS_ANY_STAR | ATT_HOLDS_QUESTION |
                  ATT_HOLDS_TOKEN | ATT_HOLDS_TERMS | ATT_HOLDS_LANGUAGE
};

const att_dictionary_format att_dictionary_csv = {
    .name = "csv",
    .title = "a table (CSV)",
    .extensions = csv_extensions,
    .holds = TABLE_HOLDS,
    .sniff = csv_sniff,
    .read = table_read,
    .write = csv_write,
};

const att_dictionary_format att_dictionary_tsv = {
    .name = "tsv",
    .title = "a table (TSV)",
    .extensions = tsv_extensions,
    .holds = TABLE_HOLDS,
    .sniff = tsv_sniff,
    .read = table_read,
    .write = tsv_write,
};
