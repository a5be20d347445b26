/* From one format to another. */
#include <attune/dictionary.h>
#include <attune/lexicon.h>

#include "base/file.h"
#include "lexicon/dictionary.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* What a conversion has at hand. */
typedef struct {
    const char *from, *output;
    const att_dictionary_options *options;
    const att_dictionary_format *source, *target;
    att_dictionary dictionary;
    att_losses losses;
    att_buffer bytes, written;
    att_diagnostics *diagnostics;
    att_error *error;
} conversion;

att_dictionary_view att_dictionary_format_view(size_t index)
{
    size_t count = 0;

    while (att_dictionary_formats[count])
        count++;
    if (index >= count)
        return (att_dictionary_view){0};
    const att_dictionary_format *format = att_dictionary_formats[index];
    return (att_dictionary_view){format->name, format->title, format->extensions[0] ? format->extensions[0] : ""};
}

static att_status fail_target(const conversion *c, const char *what)
{
    att_buffer names = {0};

    for (size_t i = 0; att_dictionary_formats[i]; i++)
        att_buffer_format(&names, "%s%s", i ? ", " : "", att_dictionary_formats[i]->name);
    att_status status = att_fail(c->error, ATT_USAGE, NULL, 0, 0, "%s; name one with --to: %s", what,
                                 names.failed ? "dic" : names.data);
    att_buffer_clear(&names);
    return status;
}

static att_status choose_target(conversion *c)
{
    if (c->options->to)
        c->target = att_dictionary_format_find(c->options->to);
    else if (c->output)
        c->target = att_dictionary_format_of_name(c->output);
    if (c->target)
        return ATT_OK;
    return fail_target(c, c->options->to ? "there is no such format of dictionaries"
                          : c->output    ? "the name of the output tells no format of dictionaries"
                                         : "the standard output has no name that tells a format");
}

static att_status load_bytes(conversion *c)
{
    const att_builtin *builtin = att_builtin_find(c->from);

    if (builtin) {
        att_buffer_span(&c->bytes, builtin->yaml);
        return c->bytes.failed ? att_fail_memory(c->error) : ATT_OK;
    }
    if (strcmp(c->from, "-") != 0 && access(c->from, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return att_fail(c->error, ATT_BAD_INPUT, NULL, 0, 0,
                        "'%s': there is no such file and no built-in lexicon of this name; 'attune lexicon list' shows "
                        "the built-in ones",
                        c->from);
    return att_file_read(&c->bytes, c->from, ATT_DICTIONARY_BYTES, c->error);
}

/* One of attune's own is loaded first: its mistakes are told as everywhere. */
static att_status read_own(conversion *c, att_span text)
{
    att_lexicon *lexicon = NULL;
    att_status status = att_lexicon_parse(&lexicon, c->from, text, NULL, c->error);

    att_lexicon_free(lexicon);
    c->source = &att_dictionary_attune;
    c->dictionary.file = c->from;
    if (!status)
        status = att_dictionary_attune.read(&c->dictionary, c->from, text, c->error);
    return status ? status : att_dictionary_group(&c->dictionary, c->error);
}

static att_status read_source(conversion *c)
{
    att_span text = {c->bytes.size ? c->bytes.data : "", c->bytes.size};
    return att_builtin_find(c->from) || att_dictionary_recognise(c->from, text) == &att_dictionary_attune
               ? read_own(c, text)
               : att_dictionary_read(&c->dictionary, &c->source, c->from, text, c->options->encoding, c->diagnostics,
                                     c->error);
}

static att_status fail_language(const conversion *c)
{
    return att_fail(c->error, ATT_USAGE, c->from, 0, 0,
                    "a dictionary (%s) does not say its language, and a lexicon must; name it with --lang, such as "
                    "--lang en",
                    c->source->title);
}

/* A lexicon has a name and a language. */
static att_status complete(conversion *c)
{
    const char *base = strrchr(c->from, '/') ? strrchr(c->from, '/') + 1 : c->from;
    const char *point = strrchr(base, '.');
    size_t size = point && point > base ? (size_t)(point - base) : strlen(base);

    if (!c->dictionary.language && !c->options->language)
        return fail_language(c);
    if (!c->dictionary.language &&
        !(c->dictionary.language = att_dictionary_copy(&c->dictionary, att_span_of(c->options->language))))
        return att_fail_memory(c->error);
    if (!c->dictionary.name && !(c->dictionary.name = att_dictionary_copy(&c->dictionary, (att_span){base, size})))
        return att_fail_memory(c->error);
    return ATT_OK;
}

/* A lexicon that was made of a dictionary is one, or its author is told what to mend. */
static att_status check_written(conversion *c)
{
    att_lexicon *lexicon = NULL;
    att_error error = {.status = ATT_OK};
    const char *file = c->output ? c->output : "the lexicon";
    att_status status = att_lexicon_parse(&lexicon, file, (att_span){c->written.data, c->written.size}, NULL, &error);

    att_lexicon_free(lexicon);
    if (status != ATT_BAD_INPUT)
        return status ? att_fail_memory(c->error) : ATT_OK;
    if (strstr(error.message, "bad language"))
        return att_fail(c->error, ATT_USAGE, NULL, 0, 0,
                        "bad language '%s'; write a code of BCP 47, such as en, de or pt-BR", c->dictionary.language);
    att_diagnose(c->diagnostics, ATT_WARNING, NULL, 0, 0, "%s", error.message);
    return ATT_OK;
}

static att_status convert(conversion *c)
{
    att_status status = ATT_OK;

    if (c->source == &att_dictionary_attune && c->target == c->source) {
        /* Whatever it holds, it keeps. */
        c->dictionary.losses.count = 0;
        att_buffer_append(&c->written, c->bytes.data, c->bytes.size);
        return c->written.failed ? att_fail_memory(c->error) : ATT_OK;
    }
    if (c->target == &att_dictionary_attune)
        status = complete(c);
    if (!status)
        status = att_dictionary_fit(&c->dictionary, c->target, &c->losses, c->error);
    if (status)
        return status;
    att_losses_tell(&c->dictionary.losses, c->from, NULL, c->diagnostics);
    att_losses_tell(&c->losses, c->from, c->target == &att_dictionary_attune ? "a lexicon" : c->target->title,
                    c->diagnostics);
    c->target->write(&c->written, &c->dictionary);
    if (c->written.failed)
        return att_fail_memory(c->error);
    return c->target == &att_dictionary_attune ? check_written(c) : ATT_OK;
}

static att_status put_out(conversion *c, FILE *stream)
{
    att_output *output = NULL;

    if (!c->output) {
        if (fwrite(c->written.data, 1, c->written.size, stream) != c->written.size || fflush(stream) != 0)
            return att_fail(c->error, ATT_ENVIRONMENT, NULL, 0, 0, "cannot write the output: %s", strerror(errno));
        return ATT_OK;
    }
    att_status status = att_output_open(&output, c->output, c->error);
    if (status)
        return status;
    (void)fwrite(c->written.data, 1, c->written.size, att_output_stream(output));
    return att_output_commit(output, c->error);
}

static size_t count_lost(const att_losses *losses)
{
    uint64_t count = 0;

    for (size_t i = 0; i < losses->count; i++)
        count += losses->items[i].count;
    return (size_t)count;
}

att_status att_dictionary_convert(const char *from, const char *output, FILE *stream,
                                  const att_dictionary_options *options, size_t *lost, att_diagnostics *diagnostics,
                                  att_error *error)
{
    conversion c = {.from = from, .output = output, .options = options, .diagnostics = diagnostics, .error = error};
    att_status status = choose_target(&c);

    if (!status)
        status = load_bytes(&c);
    if (!status)
        status = read_source(&c);
    if (!status)
        status = convert(&c);
    if (!status)
        status = put_out(&c, stream);
    if (!status)
        *lost = count_lost(&c.dictionary.losses) + count_lost(&c.losses);
    att_dictionary_clear(&c.dictionary);
    att_buffer_clear(&c.bytes);
    att_buffer_clear(&c.written);
    return status;
}
