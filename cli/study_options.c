#include "study_options.h"

#include "suggest.h"

#include <attune/format.h>
#include <string.h>

const cli_option cli_study_options[] = {
    {"lexicon", 'l', true, "LEX",
     "a lexicon: a file (my.yml) or a built-in name (en/peer-support). May be given several times. Without it: the "
     "built-in lexicon of each transcript's language"},
    {"study", 0, false, "FILE", "a study.yml; what else is given here overrules it"},
    {"senses", 0, false, "on|off",
     "on: tell hits that are used from those that are mentioned, negated or reported (default); off: every hit counts "
     "as used"},
    {0},
};

const cli_option cli_reading_options[] = {
    {"lang", 0, false, "TAG", "the transcripts' language (en, de, ...) instead of detecting it"},
    {"format", 0, false, "NAME", "the transcripts' format (see 'attune formats') instead of detecting it"},
    {"encoding", 0, false, "NAME",
     "the encoding of text formats (UTF-16LE, windows-1251, ...) instead of finding it out"},
    {"max-members", 0, false, "N", "files and folders that an archive may hold (100000)"},
    {"max-unpacked", 0, false, "MB", "megabytes that an archive or a compressed file may unpack to (65536)"},
    {"max-ratio", 0, false, "N", "times its own size that an archive or a compressed file may unpack to (200)"},
    {"speaker-regex", 0, false, "RE",
     "what a speaker label looks like, as a Perl-compatible expression; group 1, or else the whole match, is the "
     "label"},
    {"speaker-style", 0, false, "STYLE", "the paragraph style that speaker labels have in word processor files"},
    {"tier", 0, true, "NAME",
     "read only the tiers of annotation files with this name (a glob); may be given several times"},
    {"column", 0, true, "ROLE=NAME",
     "which column of a table of turns holds what (speaker=Participant); roles: transcript, turn, speaker, start, end, "
     "text, language; may be given several times"},
    {0},
};

const cli_option cli_speaker_options[] = {
    {"speakers", 0, false, "TABLE",
     "the speaker table: CSV, TSV or .xlsx with the columns label, speaker, perhaps transcript, and any others of the "
     "study"},
    {"labels", 0, false, "local|global",
     "local: a label names a person within its transcript only (default); global: equal labels are one person"},
    {"exclude", 0, true, "COLUMN=VALUE",
     "leave out whoever has this value in this column of the speaker table, or of what the transcripts say about their "
     "speakers (role=interviewer); may be given several times"},
    {0},
};

const cli_option cli_group_options[] = {
    {"by", 0, true, "COLUMN",
     "one row for each value of this column of the speaker table or of what the transcripts say (role), or 'speaker'; "
     "may be given several times. Without "
     "it: by speaker, and by period where the table has that column"},
    {"period-by", 0, false, "COLUMN",
     "make a column 'period': from the dates in this column of the speaker table, or from each transcript's own date "
     "('transcript'): the one that it states (CHAT, TEI), else the first in its name"},
    {"period", 0, true, "NAME[=DATE]",
     "the periods: the name of the first, then NAME=DATE for each that begins on a day (--period before --period "
     "after=2024-03-01)"},
    {0},
};

const cli_option cli_run_options[] = {
    {"threads", 0, false, "N", "how many threads work (default: one a core); the results do not depend on it"},
    {0},
};

const cli_option cli_output_options[] = {
    {"quiet", 0, false, NULL, "no progress bar and no closing line; warnings and errors stay"},
    {"verbose", 0, false, NULL, "also what is merely worth noting, and every warning"},
    {0},
};

/* A list on the command line replaces the study's as a whole. */
static att_status replace_list(att_strings *list, const cli_options *options, const char *name, att_error *error)
{
    size_t at = 0;
    const char *value = cli_options_next(options, name, &at);
    if (!value) {
        return ATT_OK;
    }
    att_strings_clear(list);
    att_status status = ATT_OK;
    for (; value && status == ATT_OK; value = cli_options_next(options, name, &at)) {
        status = att_study_add(list, value, error);
    }
    return status;
}

static att_status check_format(const char *name, att_error *error)
{
    cli_suggestion nearest = cli_suggest_begin(name);
    for (size_t i = 0; i < att_reader_count(); i++) {
        const char *known = att_reader_get(i).name;
        if (strcmp(known, name) == 0) {
            return ATT_OK;
        }
        cli_suggest_offer(&nearest, known);
    }
    if (nearest.best) {
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "unknown format '%s'; did you mean '%s'?", name, nearest.best);
    }
    return att_fail(error, ATT_USAGE, NULL, 0, 0, "unknown format '%s'; 'attune formats' lists them", name);
}

static att_status set_limits(att_limits *limits, const cli_options *options, att_error *error)
{
    const struct {
        const char *option;
        uint64_t unit;
        uint64_t *limit;
    } fields[] = {
        {"max-members", 1, &limits->members},
        {"max-unpacked", UINT64_C(1) << 20, &limits->unpacked},
        {"max-ratio", 1, &limits->ratio},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        long number = 0;
        att_status status = cli_options_number(options, fields[i].option, 1, 999999999, 0, &number, error);
        if (status != ATT_OK) {
            return status;
        }
        if (number > 0) {
            *fields[i].limit = (uint64_t)number * fields[i].unit;
        }
    }
    return ATT_OK;
}

static att_status set_fields(att_study *study, const cli_options *options, att_error *error)
{
    const struct {
        const char *option;
        char **field;
    } fields[] = {
        {"speakers", &study->speakers},
        {"lang", &study->language},
        {"format", &study->format},
        {"encoding", &study->encoding},
        {"speaker-regex", &study->speaker_regex},
        {"speaker-style", &study->speaker_style},
        {"period-by", &study->period_by},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *value = cli_options_value(options, fields[i].option);
        att_status status = value ? att_study_set(fields[i].field, value, error) : ATT_OK;
        if (status != ATT_OK) {
            return status;
        }
    }
    const char *labels = cli_options_value(options, "labels");
    if (labels) {
        study->global_labels = strcmp(labels, "global") == 0;
    }
    const char *senses = cli_options_value(options, "senses");
    if (senses) {
        study->senses_off = strcmp(senses, "off") == 0;
    }
    const char *format = cli_options_value(options, "format");
    return format ? check_format(format, error) : ATT_OK;
}

att_status cli_study_from_options(att_study *study, const cli_options *options, att_error *error)
{
    *study = (att_study){0};
    const char *file = cli_options_value(options, "study");
    att_status status = file ? att_study_load(study, file, error) : ATT_OK;
    if (status == ATT_OK) {
        status = set_fields(study, options, error);
    }
    if (status == ATT_OK) {
        status = set_limits(&study->limits, options, error);
    }
    if (status == ATT_OK) {
        status = replace_list(&study->lexicons, options, "lexicon", error);
    }
    if (status == ATT_OK) {
        status = replace_list(&study->by, options, "by", error);
    }
    if (status == ATT_OK) {
        status = replace_list(&study->periods, options, "period", error);
    }
    if (status == ATT_OK) {
        status = replace_list(&study->tiers, options, "tier", error);
    }
    if (status == ATT_OK) {
        status = replace_list(&study->columns, options, "column", error);
    }
    if (status == ATT_OK) {
        status = replace_list(&study->exclude, options, "exclude", error);
    }
    if (status == ATT_OK) {
        status = replace_list(&study->inputs, options, NULL, error);
    }
    return status;
}

att_status cli_threads_from_options(int *threads, const cli_options *options, att_error *error)
{
    long number = 0;
    att_status status = cli_options_number(options, "threads", 1, 4096, 0, &number, error);
    *threads = (int)number;
    return status;
}
