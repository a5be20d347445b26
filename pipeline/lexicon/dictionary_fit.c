/* What a format cannot hold: it is left out or said otherwise, and counted. */
#include "base/utf8.h"
#include "lexicon/dictionary.h"
#include "lexicon/draft.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

typedef struct {
    att_dictionary *dictionary;
    const att_dictionary_format *format;
    att_losses *losses;
} fitting;

static void lose(fitting *f, const char *what, const char *remedy, const char *example, uint64_t line)
{
    att_losses_add(f->losses, what, remedy, att_span_of(example), line);
}

/* The same of a term, whose signs are shown as other programs have them. */
static void lose_term(fitting *f, const char *what, const char *remedy, const att_dictionary_term *term)
{
    att_buffer plain = {0};

    if (!term->regex)
        att_term_put_plain(&plain, (att_span){term->text, term->size});
    lose(f, what, remedy, plain.size && !plain.failed ? plain.data : term->text, term->line);
    att_buffer_clear(&plain);
}

static bool holds(const fitting *f, unsigned what)
{
    return (f->format->holds & what) == what;
}

/* ---- Categories */

static void drop_text(fitting *f, const char **text, const char *what, const att_category *category)
{
    if (!*text)
        return;
    lose(f, what, NULL, category->name, category->line);
    *text = NULL;
}

static void fit_category(fitting *f, att_category *category)
{
    if (!holds(f, ATT_HOLDS_NESTING) && category->depth)
        lose(f, "categories in categories", "they are written as paths, with dots", category->name, category->line);
    if (!holds(f, ATT_HOLDS_LABELS) && category->label && !att_category_is_named_by_label(category))
        drop_text(f, &category->label, "labels of categories", category);
    if (!holds(f, ATT_HOLDS_DEFINITIONS))
        drop_text(f, &category->definition, "definitions of categories", category);
    if (f->format == &att_dictionary_attune)
        return;
    drop_text(f, &category->note, "notes on categories", category);
    drop_text(f, &category->source, "sources of categories", category);
    drop_text(f, &category->pole, "poles", category);
    drop_text(f, &category->senses, "the senses that a marker counts", category);
}

static void fit_texts(fitting *f)
{
    att_dictionary *d = f->dictionary;
    const char *const texts[] = {d->language, d->version, d->licence, d->citation, d->description};
    static const char *const names[] = {"language", "version", "licence", "citation", "description"};
    att_buffer list = {0};

    for (size_t i = 0; i < 5 && f->format != &att_dictionary_attune; i++)
        if (texts[i] && *texts[i])
            att_buffer_format(&list, "%s%s", list.size ? ", " : "", names[i]);
    if (list.size && !list.failed)
        lose(f, "what the lexicon says of itself", NULL, list.data, 0);
    att_buffer_clear(&list);
}

/* ---- Terms */

/* What keeps a term out of the format; NULL: nothing. */
static const char *what_is_wrong(const fitting *f, const att_dictionary_term *term)
{
    unsigned parts = term->regex ? 0 : att_term_parts((att_span){term->text, term->size});
    bool language = holds(f, ATT_HOLDS_LANGUAGE);

    if (!holds(f, ATT_HOLDS_TERMS))
        return "terms";
    if (term->regex && f->format != &att_dictionary_attune)
        return "regular expressions";
    if ((parts & ATT_TERM_LANGUAGE) && !language)
        return "alternatives, optional parts and gaps";
    if ((parts & ATT_TERM_QUESTION) && !holds(f, ATT_HOLDS_QUESTION))
        return "the wildcard ?";
    if ((parts & ATT_TERM_TOKEN) && !holds(f, ATT_HOLDS_TOKEN))
        return "the wildcard * for a whole word";
    if ((parts & ATT_TERM_STAR) && !holds(f, ATT_HOLDS_ANY_STAR))
        return "the wildcard * but at the end of a word";
    if ((parts & ATT_TERM_LITERAL_STAR) && !language)
        return "asterisks that are no wildcards";
    if ((parts & ATT_TERM_LITERAL_QUESTION) && holds(f, ATT_HOLDS_QUESTION) && !language)
        return "question marks that are no wildcards";
    if (f->format->taken && term->size && strchr(f->format->taken, term->text[0]))
        return "terms that begin with a sign of the format";
    return NULL;
}

static bool is_ascii_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A piece between white space that attune would not take for what was meant: no word, or a smiley. */
static bool is_sign(att_span text)
{
    size_t letters = 0, signs = 0, plain = 0;

    while (plain < text.size && (text.text[plain] == '*' || is_ascii_alnum(text.text[plain])))
        plain++;
    if (plain == text.size)
        return false;
    for (size_t at = 0; at < text.size;) {
        uint32_t c = att_utf8_next(text.text, text.size, &at);
        bool joins = c == '*' || c == '?' || c == '@' || c == '_' || c == '\'' || c == 0x2019 || c == '-' || c == '.';
        if (u_isalnum((UChar32)c) || (U_GET_GC_MASK((UChar32)c) & (U_GC_M_MASK | U_GC_S_MASK)) == U_GC_SO_MASK)
            letters++;
        else if (c >= 0x80 || joins)
            letters += c == '*' || c == '?' || c == '@' || c == '_';
        else
            signs++;
    }
    return letters == 0 || (signs > 0 && letters <= 2);
}

/* What attune's own lexicons refuse, or would misunderstand. */
static const char *what_attune_lacks(const att_dictionary_term *term)
{
    att_span text = {term->text, term->size};
    size_t words = 0;

    if (term->weight <= 0)
        return "weights below 0";
    for (size_t at = 0; !term->regex && at < text.size;) {
        const char *space = memchr(text.text + at, ' ', text.size - at);
        size_t end = space ? (size_t)(space - text.text) : text.size;
        if (end > at && is_sign((att_span){text.text + at, end - at}))
            return "signs that are no words (smileys, punctuation)";
        if (end - at > ATT_ELEMENT_BYTES)
            return "words of more than 1,000 bytes";
        words += end > at;
        at = end + 1;
    }
    if (words > ATT_ENTRY_ELEMENTS)
        return "terms of more than 64 words";
    return words || term->regex ? NULL : "empty terms";
}

static void drop_note(fitting *f, const char **text, const char *what, const att_dictionary_term *term)
{
    if (*text)
        lose_term(f, what, NULL, term);
    *text = NULL;
}

/* What a term says beside its text. */
static void fit_details(fitting *f, att_dictionary_term *term)
{
    if (!holds(f, ATT_HOLDS_WEIGHTS) && term->weight != ATT_WEIGHT_ONE) {
        lose_term(f, "weights", "every term counts once", term);
        term->weight = ATT_WEIGHT_ONE;
    }
    if (!holds(f, ATT_HOLDS_NOTES))
        drop_note(f, &term->note, "notes on terms", term);
    if (f->format == &att_dictionary_attune)
        return;
    drop_note(f, &term->source, "sources of terms", term);
    if (term->exact)
        lose_term(f, "terms that count in their own capitals only", "they count in any", term);
    if (term->except_count)
        lose_term(f, "exceptions", "the terms count there too", term);
    term->exact = false;
    term->except_count = 0;
}

static void fit_terms(fitting *f)
{
    att_dictionary *d = f->dictionary;
    size_t used = 0;

    for (size_t i = 0; i < d->term_count; i++) {
        att_dictionary_term *term = &d->terms[i];
        const char *wrong = f->format == &att_dictionary_attune ? what_attune_lacks(term) : what_is_wrong(f, term);
        if (wrong) {
            lose_term(f, wrong, "such terms are left out", term);
            continue;
        }
        fit_details(f, term);
        d->terms[used++] = *term;
    }
    d->term_count = used;
}

/* ---- Names of markers */

static bool is_taken(const att_dictionary *d, size_t index, const char *name)
{
    static const char *const reserved[] = {"label",  "pole",    "definition", "note",
                                           "source", "entries", "senses",     "markers"};

    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (d->categories[index].depth == 0 && strcmp(name, reserved[i]) == 0)
            return true;
    for (size_t i = index; i-- > 0;)
        if (d->categories[i].parent == d->categories[index].parent && strcmp(d->categories[i].name, name) == 0)
            return true;
    return false;
}

static att_status name_marker(att_dictionary *d, size_t index, att_error *error)
{
    att_category *category = &d->categories[index];
    att_buffer name = {0};

    att_marker_put_name(&name, category->name);
    size_t size = name.size;
    for (unsigned number = 2; !name.failed && is_taken(d, index, name.data); number++) {
        name.size = size;
        att_buffer_format(&name, "_%u", number);
    }
    if (!name.failed && strcmp(name.data, category->name) != 0) {
        if (!category->label && *category->name)
            category->label = category->name;
        category->name = att_dictionary_copy(d, (att_span){name.data, name.size});
    }
    bool failed = name.failed || !category->name;
    att_buffer_clear(&name);
    return failed ? att_fail_memory(error) : ATT_OK;
}

att_status att_dictionary_fit(att_dictionary *dictionary, const att_dictionary_format *format, att_losses *losses,
                              att_error *error)
{
    fitting f = {dictionary, format, losses};
    att_status status = ATT_OK;

    fit_texts(&f);
    for (size_t i = 0; i < dictionary->category_count; i++)
        fit_category(&f, &dictionary->categories[i]);
    for (size_t i = 0; i < dictionary->category_count && format == &att_dictionary_attune && !status; i++)
        status = name_marker(dictionary, i, error);
    fit_terms(&f);
    return status ? status : att_dictionary_group(dictionary, error);
}
