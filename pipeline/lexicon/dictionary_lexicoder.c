/* Lexicoder 3 dictionaries, .lc3: a line for each category, with + before it, and its terms below.
 *
 *     +POSITIVE
 *     happ*
 *      looking forward
 *
 * Lexicoder looks for strings, so its dictionaries have spaces before and behind terms where a word begins or ends.
 * Here a term is words in any case, and the spaces say nothing. */
#include "lexicon/dictionary.h"
#include "lexicon/dictionary_lines.h"

static bool lc3_sniff(att_span text)
{
    att_span line = att_lines_first(text);

    return line.size > 1 && line.text[0] == '+';
}

static att_status lc3_read(att_dictionary *out, const char *file, att_span text, att_error *error)
{
    att_lines lines = att_lines_of(text);
    uint32_t category = ATT_NO_CATEGORY;
    att_status status = ATT_OK;
    att_buffer term = {0};
    att_span line;

    while (!status && att_lines_next(&lines, &line)) {
        line = att_line_trim(line);
        if (!line.size)
            continue;
        if (line.text[0] == '+') {
            att_span path = {line.text + 1, line.size - 1};
            status = att_dictionary_path(out, path, lines.number, &category, error);
            continue;
        }
        if (category == ATT_NO_CATEGORY) {
            status = att_fail(error, ATT_BAD_INPUT, file, lines.number, 0,
                              "a term stands before the first category; begin with a line such as +POSITIVE");
            continue;
        }
        term.size = 0;
        att_term_put_literal(&term, line, "*", false);
        status = term.failed
                     ? att_fail_memory(error)
                     : att_dictionary_add(out, category, (att_span){term.data, term.size}, lines.number, NULL, error);
    }
    att_buffer_clear(&term);
    return status;
}

static void lc3_write(att_buffer *out, const att_dictionary *dictionary)
{
    for (uint32_t c = 0; c < dictionary->category_count; c++) {
        size_t start;
        att_buffer_char(out, '+');
        start = out->size;
        att_dictionary_put_path(out, dictionary, c);
        for (size_t i = start; !out->failed && i < out->size; i++)
            if ((unsigned char)out->data[i] < ' ')
                out->data[i] = ' ';
        att_buffer_char(out, '\n');
        for (size_t i = dictionary->first_term[c]; i < dictionary->first_term[c + 1]; i++) {
            att_term_put_plain(out, (att_span){dictionary->terms[i].text, dictionary->terms[i].size});
            att_buffer_char(out, '\n');
        }
    }
}

static const char *const extensions[] = {"lc3", NULL};

const att_dictionary_format att_dictionary_lc3 = {
    .name = "lc3",
    .title = "Lexicoder 3",
    .extensions = extensions,
    .holds = ATT_HOLDS_ANY_STAR | ATT_HOLDS_TERMS,
    .taken = "+",
    .sniff = lc3_sniff,
    .read = lc3_read,
    .write = lc3_write,
};
