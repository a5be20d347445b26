#include "read/input_id.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Lists are words with a space before and behind each. */
static const char compressions[] = " gz zst xz bz2 ";
static const char transcripts[] =
    " txt text md log asc docx docm doc pdf odt fodt rtf vtt srt cha eaf textgrid exb trs tei xml json jsonl "
    "csv tsv qdpx qde zip tar tgz tzst txz tbz2 tbz ";
static const char archives[] = " zip tar tgz tzst txz tbz2 tbz ";
static const char others[] =
    " yml yaml att html htm xlsx xls ods py r rmd sh css js sav dta xpt rds rdata sqlite db "
    "png jpg jpeg gif tif tiff bmp heic webp svg wav mp3 m4a aac ogg oga opus flac wma aif aiff amr "
    "mp4 m4v mov avi mkv webm wmv mpg mpeg ";
static const char doubtful[] = " csv tsv tab json jsonl ndjson md xml ";

static bool is_listed(const char *list, const char *extension)
{
    size_t length = strlen(extension);

    for (const char *item = list + 1; *item; item = strchr(item, ' ') + 1) {
        if (strcspn(item, " ") == length && strncasecmp(item, extension, length) == 0)
            return true;
    }
    return false;
}

/* The dot of a listed extension of the last part of `path`, NULL where it has none or would be nothing without it. */
static char *extension_find(char *path, const char *list)
{
    char *slash = strrchr(path, '/');
    char *name = slash ? slash + 1 : path;
    char *dot = strrchr(name, '.');

    return dot && dot > name && is_listed(list, dot + 1) ? dot : NULL;
}

char *att_input_id(const char *relative)
{
    char *id = strdup(relative);
    char *dot = NULL;

    if (!id)
        return NULL;
    if ((dot = extension_find(id, compressions)))
        *dot = '\0';
    if ((dot = extension_find(id, transcripts)))
        *dot = '\0';
    return id;
}

/* The extension, behind a compression's own where there is one; its end is set. NULL: there is none. */
static const char *inner_extension(const char *name, const char **end)
{
    const char *slash = strrchr(name, '/');
    const char *start = slash ? slash + 1 : name;
    const char *dot = strrchr(start, '.');

    *end = start + strlen(start);
    if (dot && dot > start && is_listed(compressions, dot + 1)) {
        *end = dot;
        dot = memrchr(start, '.', (size_t)(dot - start));
    }
    return dot && dot > start ? dot + 1 : NULL;
}

static bool has_inner(const char *name, const char *list)
{
    const char *end;
    const char *extension = inner_extension(name, &end);
    char copy[16];

    if (!extension || (size_t)(end - extension) >= sizeof copy)
        return false;
    memcpy(copy, extension, (size_t)(end - extension));
    copy[end - extension] = '\0';
    return is_listed(list, copy);
}

bool att_input_is_other(const char *name)
{
    return has_inner(name, others);
}

bool att_input_is_doubtful(const char *name)
{
    return has_inner(name, doubtful);
}

bool att_input_is_archive(const char *name)
{
    return has_inner(name, archives);
}

bool att_input_may_be_archive(const char *name)
{
    return att_input_is_archive(name) ||
           !(has_inner(name, transcripts) || has_inner(name, others) || has_inner(name, doubtful));
}
