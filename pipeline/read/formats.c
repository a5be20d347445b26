#include "read/format.h"

#include "read/foreign.h"

#include <attune/format.h>
#include <string.h>

const att_format *const att_formats[] = {
    &att_format_txt,   &att_format_docx, &att_format_odt,      &att_format_rtf,  &att_format_qdpx, &att_format_vtt,
    &att_format_srt,   &att_format_cha,  &att_format_textgrid, &att_format_json, &att_format_csv,  &att_format_tsv,
    &att_format_jsonl, &att_format_eaf,  &att_format_exb,      &att_format_trs,  &att_format_tei,  NULL,
};

const att_format *att_format_find(const char *name)
{
    for (const att_format *const *format = att_formats; *format; format++) {
        if (strcmp((*format)->name, name) == 0)
            return *format;
    }
    return NULL;
}

/* The one that is surest, and how sure it is. */
static const att_format *find_surest(att_span probe, bool complete, const char *file, bool only_binary, int *most)
{
    const att_format *best = NULL;

    *most = 0;
    for (const att_format *const *each = att_formats; *each; each++) {
        int sure = only_binary && !(*each)->binary ? 0 : (*each)->sniff(probe, complete, file);
        if (sure > *most) {
            *most = sure;
            best = *each;
        }
    }
    return best;
}

att_status att_format_detect_binary(const att_format **format, att_span raw, bool complete, const char *file,
                                    att_error *error)
{
    int most;
    const att_format *best = find_surest(raw, complete, file, true, &most);

    *format = most >= ATT_SURE ? best : NULL;
    const char *foreign = *format ? NULL : att_foreign_bytes(raw);
    return foreign ? att_fail(error, ATT_BAD_INPUT, file, 0, 0, "%s", foreign) : ATT_OK;
}

att_status att_format_detect(const att_format **format, att_span probe, bool complete, const char *file,
                             att_error *error)
{
    int most;
    const att_format *best = find_surest(probe, complete, file, false, &most);

    /* What no format knows by its content may be something else altogether. */
    const char *foreign = most < ATT_SURE ? att_foreign_look(probe, complete) : NULL;
    if (foreign)
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0, "%s", foreign);
    if (!best)
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0, "is in no format known here; name one with --format NAME");
    *format = best;
    return ATT_OK;
}

size_t att_reader_count(void)
{
    size_t count = 0;

    while (att_formats[count])
        count++;
    return count;
}

att_format_view att_reader_get(size_t index)
{
    const att_format *format = att_formats[index];

    return (att_format_view){format->name, format->description, format->extensions};
}
