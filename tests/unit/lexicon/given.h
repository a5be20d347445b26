/* What the tests of the lexicon stage share: lexicons from memory, and what came of them as text. */
#ifndef ATT_TESTS_LEXICON_GIVEN_H
#define ATT_TESTS_LEXICON_GIVEN_H

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/buffer.h"
#include "lexicon/lexicon.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The start of a lexicon, three lines; what follows `HEAD` begins on line 4. */
#define HEAD "name: Test\nlanguage: en\nmarkers:\n"

/* The lexicon, which must load; warnings are not looked at. */
static inline att_lexicon *given(const char *yaml)
{
    att_lexicon *lexicon = NULL;
    att_error error = {.status = ATT_OK};

    if (att_lexicon_parse(&lexicon, "x.yml", att_span_of(yaml), NULL, &error) != ATT_OK)
        fail_msg("%s", error.message);
    return lexicon;
}

/* The lexicon must not load, and the message is exactly this. */
static inline void assert_refused(const char *yaml, const char *message)
{
    att_lexicon *lexicon = NULL;
    att_error error = {.status = ATT_OK};

    assert_int_equal(att_lexicon_parse(&lexicon, "x.yml", att_span_of(yaml), NULL, &error), ATT_BAD_INPUT);
    assert_string_equal(error.message, message);
    assert_int_equal(error.status, ATT_BAD_INPUT);
    assert_null(lexicon);
}

/* Diagnostics as lines "warning 4:3: text" or "error …"; to be freed. Those without a place: "error: text". */
static inline char *told(const att_diagnostics *diagnostics)
{
    static const char *const severities[] = {"note", "warning", "error"};
    att_buffer text = {0};

    att_buffer_text(&text, "");
    for (size_t i = 0; i < att_diagnostics_count(diagnostics); i++) {
        const att_diagnostic *d = att_diagnostics_get(diagnostics, i);
        att_buffer_text(&text, severities[d->severity]);
        if (d->line)
            att_buffer_format(&text, " %llu:%llu", (unsigned long long)d->line, (unsigned long long)d->column);
        att_buffer_format(&text, ": %s\n", d->message);
    }
    assert_false(text.failed);
    return text.data;
}

/* The lexicon loads and says exactly this. */
static inline void assert_warned(const char *yaml, const char *expected)
{
    att_lexicon *lexicon = NULL;
    att_error error = {.status = ATT_OK};
    att_diagnostics *diagnostics = att_diagnostics_new();

    if (att_lexicon_parse(&lexicon, "x.yml", att_span_of(yaml), diagnostics, &error) != ATT_OK)
        fail_msg("%s", error.message);
    char *text = told(diagnostics);
    assert_string_equal(text, expected);
    free(text);
    att_lexicon_free(lexicon);
    att_diagnostics_free(diagnostics);
}

/* A file in a folder of its own under $TMPDIR. */
typedef struct {
    char folder[512];
    char path[600];
} temporary;

static inline void temporary_write(temporary *file, const char *name, const char *text, size_t size)
{
    const char *base = getenv("TMPDIR");

    (void)snprintf(file->folder, sizeof file->folder, "%s/attune-lexicon.XXXXXX", base && *base ? base : "/tmp");
    assert_non_null(mkdtemp(file->folder));
    (void)snprintf(file->path, sizeof file->path, "%s/%s", file->folder, name);
    FILE *stream = fopen(file->path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(text, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
}

static inline void temporary_remove(const temporary *file)
{
    (void)unlink(file->path);
    (void)rmdir(file->folder);
}

/* What `lexicon check` says about this text, and its status. */
static inline void assert_checked(const char *yaml, att_status status, const char *expected)
{
    temporary file;
    att_diagnostics *diagnostics = att_diagnostics_new();

    temporary_write(&file, "x.yml", yaml, strlen(yaml));
    att_status got = att_lexicon_check(file.path, diagnostics);
    temporary_remove(&file);
    char *text = told(diagnostics);
    assert_string_equal(text, expected);
    assert_int_equal(got, status);
    free(text);
    att_diagnostics_free(diagnostics);
}

/* A sequence of elements as text: "peer *port =MAP ~a+": literals and globs bare, exact ones with `=`, a regex with
 * `~`; to be freed. */
static inline char *shown(const att_lexicon *lexicon, uint32_t first, uint32_t length)
{
    att_buffer text = {0};

    att_buffer_text(&text, "");
    for (uint32_t i = 0; i < length; i++) {
        const att_element *element = &lexicon->elements[lexicon->sequence[first + i]];
        bool exact = element->kind == ATT_LITERAL_EXACT || element->kind == ATT_GLOB_EXACT;
        att_buffer_text(&text, i ? " " : "");
        att_buffer_text(&text, exact ? "=" : element->kind == ATT_REGEX ? "~" : "");
        att_buffer_span(&text, element->text);
    }
    assert_false(text.failed);
    return text.data;
}

/* The sequences of an entry, "; " between them. */
static inline void assert_elements(const att_lexicon *lexicon, size_t entry, const char *expected)
{
    assert_true(entry < lexicon->entry_count);
    att_buffer all = {0};
    for (uint32_t i = 0; i < lexicon->entries[entry].forms; i++) {
        att_sequence form = lexicon->forms[lexicon->entries[entry].form + i];
        char *text = shown(lexicon, form.first, form.length);
        att_buffer_format(&all, "%s%s", i ? "; " : "", text);
        free(text);
    }
    assert_string_equal(all.data, expected);
    att_buffer_clear(&all);
}

/* The only sequence of an entry. */
static inline att_sequence form_of(const att_lexicon *lexicon, size_t entry)
{
    assert_int_equal(lexicon->entries[entry].forms, 1);
    return lexicon->forms[lexicon->entries[entry].form];
}

#endif
