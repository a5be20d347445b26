/* The formats, which one a file is in, and reading it. */
#include "base/charset.h"
#include "base/utf8.h"
#include "base/xml.h"
#include "lexicon/dictionary.h"

#include <string.h>
#include <strings.h>

const att_dictionary_format *const att_dictionary_formats[] = {
    &att_dictionary_attune,     &att_dictionary_liwc, &att_dictionary_dicx,     &att_dictionary_wordstat,
    &att_dictionary_yoshikoder, &att_dictionary_lcd,  &att_dictionary_lc3,      &att_dictionary_quanteda,
    &att_dictionary_csv,        &att_dictionary_tsv,  &att_dictionary_codebook, NULL,
};

const att_dictionary_format *att_dictionary_format_find(const char *name)
{
    for (size_t i = 0; att_dictionary_formats[i]; i++)
        if (strcmp(att_dictionary_formats[i]->name, name) == 0)
            return att_dictionary_formats[i];
    return NULL;
}

const att_dictionary_format *att_dictionary_format_of_name(const char *file)
{
    const char *base = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
    const char *point = strrchr(base, '.');

    for (size_t i = 0; point && att_dictionary_formats[i]; i++)
        for (const char *const *extension = att_dictionary_formats[i]->extensions; *extension; extension++)
            if (strcasecmp(point + 1, *extension) == 0)
                return att_dictionary_formats[i];
    return NULL;
}

const att_dictionary_format *att_dictionary_recognise(const char *file, att_span text)
{
    const att_dictionary_format *named = att_dictionary_format_of_name(file);

    /* Two of them can be one content; then the name tells. */
    if (named && named->sniff(text))
        return named;
    if (named == &att_dictionary_attune)
        return &att_dictionary_quanteda;
    for (size_t i = 0; att_dictionary_formats[i]; i++)
        if (att_dictionary_formats[i]->sniff(text))
            return att_dictionary_formats[i];
    return named;
}

/* Guessed of a few letters, most guesses are worse than what programs for Windows have written. */
enum { SURE = 30 };

/* The bytes as UTF-8 without NUL, in *room. */
static att_status decode(att_buffer *room, const char *file, att_span bytes, const char *encoding,
                         att_diagnostics *diagnostics, att_error *error)
{
    att_charset charset;
    att_status status = att_charset_choose(&charset, bytes, true, encoding, error);

    if (status)
        return status;
    const char *name = charset.name;
    if (charset.reason == ATT_CHARSET_GUESS && charset.confidence < SURE)
        name = "windows-1252";
    if (charset.reason == ATT_CHARSET_GUESS)
        att_diagnose(diagnostics, ATT_NOTE, file, 0, 0,
                     "the encoding is not said; read as %s; name another one with --encoding if letters are wrong",
                     name);
    if (charset.is_utf8 && att_utf8_valid_prefix(bytes.text, bytes.size) == bytes.size)
        att_buffer_span(room, bytes);
    else
        status = att_charset_convert(name, bytes, room, error);
    if (!status && room->failed)
        status = att_fail_memory(error);
    for (size_t i = 0; !status && i < room->size; i++)
        if (room->data[i] == '\0')
            room->data[i] = ' ';
    return status;
}

static att_status fail_unknown(const char *file, att_error *error)
{
    return att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                    "is no dictionary that attune knows; give it the usual extension of its program: dic, dicx, cat, "
                    "ykd, lcd, lc3, yml, csv, tsv or qdc");
}

static att_status read_format(att_dictionary *out, const att_dictionary_format *format, const char *file, att_span text,
                              att_error *error)
{
    att_status status;

    out->file = file;
    status = format->read(out, file, text, error);
    if (!status && !out->category_count)
        status = att_fail(error, ATT_BAD_INPUT, file, 0, 0, "holds no category; check that it was saved whole");
    return status ? status : att_dictionary_group(out, error);
}

att_status att_dictionary_read(att_dictionary *out, const att_dictionary_format **format, const char *file,
                               att_span bytes, const char *encoding, att_diagnostics *diagnostics, att_error *error)
{
    att_buffer room = {0};
    char root[64];
    att_status status = ATT_OK;
    att_span text = {bytes.text ? bytes.text : "", bytes.size};
    bool xml = att_xml_root(root, sizeof root, text);

    if (bytes.size > ATT_DICTIONARY_BYTES)
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0, "larger than 64 MiB; split the file");
    if (!xml) {
        status = decode(&room, file, text, encoding, diagnostics, error);
        text = (att_span){room.size ? room.data : "", room.size};
    }
    const att_dictionary_format *found = status ? NULL : att_dictionary_recognise(file, text);
    if (found && found->utf8 == xml)
        status = read_format(out, found, file, text, error);
    else if (!status)
        status = fail_unknown(file, error);
    if (!status)
        *format = found;
    att_buffer_clear(&room);
    return status;
}
