#include "read/input_id.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Lists are words with a space before and behind each. */
static const char compressions[] = " gz zst xz bz2 ";
static const char transcripts[] =
    " txt text md log asc docx doc odt rtf vtt srt cha eaf textgrid exb trs tei xml json jsonl "
    "csv tsv qdpx zip tar ";
static const char others[] =
    " csv tsv yml yaml json jsonl att html htm xlsx xls ods md py r rmd sh css js png jpg jpeg svg ";

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

bool att_input_is_other(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot && is_listed(others, dot + 1);
}
