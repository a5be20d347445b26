/* A study: what a run reads and how it groups it. Everything the command line can say, and study.yml too.
 *
 * Plain data; the strings belong to the study. Fill it with att_study_load and the setters, in any order: what is set
 * later wins, lists are replaced as a whole. */
#ifndef ATTUNE_STUDY_H
#define ATTUNE_STUDY_H

#include <attune/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    char **items;
    size_t count;
} att_strings;

/* What compressed files and archives may hold, so that a small file cannot fill the disk or take for ever. 0: the
 * standard limit. */
typedef struct {
    uint64_t members;  /* files and folders in one archive */
    uint64_t unpacked; /* bytes that one archive or compressed file unpacks to */
    uint64_t ratio;    /* times its own size that it unpacks to, once that is more than 16 MiB */
} att_limits;

#define ATT_MOST_MEMBERS  UINT64_C(100000)
#define ATT_MOST_UNPACKED (UINT64_C(64) << 30)
#define ATT_MOST_RATIO    UINT64_C(200)

typedef struct {
    char *file;           /* the study.yml that was loaded; NULL: none */
    char *name;           /* NULL where none; from study.yml `name:` */
    att_strings inputs;   /* files, folders (walked), globs, "-" */
    att_strings lexicons; /* paths or built-in names; none: the built-in of each transcript's language */
    char *speakers;       /* the speaker table (CSV, TSV); NULL: none */
    char *output;         /* the results folder, where no other is named; NULL: none */
    bool global_labels;   /* equal labels are one person in all transcripts */
    att_strings by;       /* columns that rows are grouped by; none: speaker, and period where the table has it */
    att_strings exclude;  /* COLUMN=VALUE of the speaker table: whose turns are left out of the scores */
    char *period_by;      /* what periods are told by: a column of the speaker table, or `transcript`; NULL: nothing */
    att_strings periods;  /* NAME, then NAME=DATE for each that begins on a day; none: the column holds the periods */
    bool senses_off;      /* every hit counts as used */
    char *language;       /* BCP 47; NULL: the lexicon's, or detected per transcript */
    char *format;         /* name of a transcript format; NULL: by content */
    char *encoding;       /* of text formats ("windows-1251"); NULL: by their first bytes */
    att_limits limits;    /* of compressed files and archives */
    char *speaker_style;  /* paragraph style that labels have in word processor files; NULL: none */
    att_strings tiers;    /* of annotation files, by name (globs); none: those that hold speech */
    att_strings columns;  /* ROLE=NAME: which column of a table of turns holds what; none: by their names */
    char *speaker_regex;  /* PCRE2; group 1 (or the whole match) is the label; NULL: the usual forms */
} att_study;

/* A zeroed att_study is empty. */
void att_study_clear(att_study *study);

/* Reads study.yml. Relative paths in it are relative to its folder. Unknown keys are errors.
 * Keys: name, inputs, lexicons, speakers, labels (local|global), by, period_by, periods, exclude, senses (on|off),
 * language, format, encoding, speaker_regex, speaker_style, tiers, columns, output, max_members, max_unpacked
 * (megabytes), max_ratio. Pairs (periods, exclude, columns) are texts NAME=VALUE, or NAME: VALUE. */
att_status att_study_load(att_study *study, const char *path, att_error *error);

/* Setters copy. */
att_status att_study_set(char **field, const char *value, att_error *error);
att_status att_study_add(att_strings *list, const char *value, att_error *error);
void att_strings_clear(att_strings *list);

#endif
