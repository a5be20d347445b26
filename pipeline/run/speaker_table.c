#include "run/speaker_table.h"

#include "base/charset.h"
#include "base/file.h"
#include "read/sheet.h"

#include <string.h>

static bool starts_with(const att_buffer *content, const char *bytes, size_t size)
{
    return content->size >= size && memcmp(content->data, bytes, size) == 0;
}

/* What spreadsheet programs save beside .xlsx. */
static att_status refuse_others(const att_buffer *content, const char *file, att_error *error)
{
    const char *what = NULL;

    if (starts_with(content, "\xD0\xCF\x11\xE0", 4))
        what = "is an old .xls file, or locked with a password";
    else if (starts_with(content, "PK\3\4", 4) &&
             memmem(content->data, content->size < 200 ? content->size : 200, "opendocument.spreadsheet", 24))
        what = "is an .ods file";
    else if (starts_with(content, "%PDF", 4))
        what = "is a PDF file";
    if (!what)
        return ATT_OK;
    return att_fail(error, ATT_BAD_INPUT, file, 0, 0, "%s; save the table as .xlsx or CSV and name that", what);
}

static att_status decode(att_buffer *text, const att_buffer *content, const char *file, att_error *error)
{
    att_span bytes = {content->size ? content->data : "", content->size};
    att_charset charset;
    att_status status = att_charset_choose(&charset, bytes, true, NULL, error);

    if (status)
        return status;
    if (memchr(bytes.text, '\0', bytes.size) && charset.is_utf8)
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                        "is no table of text; save the speaker table as .xlsx or CSV and name that");
    if (charset.is_utf8)
        att_buffer_span(text, bytes);
    else
        status = att_charset_convert(charset.name, bytes, text, error);
    return !status && text->failed ? att_fail_memory(error) : status;
}

static att_status load(att_speakers **out, const att_study *study, att_error *error)
{
    const char *file = study->speakers;
    att_buffer content = {0}, text = {0};

    if (!file)
        return att_speakers_load(out, NULL, study->global_labels, error);
    att_status status = att_file_read(&content, file, 0, error);
    if (!status)
        status = refuse_others(&content, file, error);
    if (!status && att_sheet_is((att_span){content.size ? content.data : "", content.size}))
        status = att_sheet_read(&text, (att_span){content.data, content.size}, file, error);
    else if (!status)
        status = decode(&text, &content, file, error);
    if (!status)
        status = att_speakers_parse(out, file, (att_span){text.size ? text.data : "", text.size}, study->global_labels,
                                    error);
    att_buffer_clear(&content);
    att_buffer_clear(&text);
    return status;
}

att_status att_speaker_table_load(att_speakers **out, const att_study *study, att_error *error)
{
    att_speakers *speakers = NULL;
    att_status status = load(&speakers, study, error);

    if (!status && study->period_by)
        status = att_speakers_set_periods(speakers, study->period_by, &study->periods, error);
    else if (!status && study->periods.count)
        status =
            att_fail(error, ATT_USAGE, NULL, 0, 0,
                     "periods need dates; name the speaker table's column that holds them (period_by, --period-by), or "
                     "transcript for the transcripts' own");
    if (status) {
        att_speakers_free(speakers);
        return status;
    }
    *out = speakers;
    return ATT_OK;
}
