#include "run/judge.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "run/opened.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the first turns look like. Words are runs between spaces. */
typedef struct {
    uint64_t turns, labelled, timed, words;
    uint64_t labels;   /* different ones */
    uint64_t repeated; /* words of texts that were there before */
} turn_signs;

/* Hashes of what was seen, in an open table. */
typedef struct {
    uint64_t slots[16384];
} seen_set;

enum { MOST_TURNS = 4096 }; /* a quarter of the slots */

static bool add_new(seen_set *set, att_span text)
{
    uint64_t hash = att_hash64(text.text, text.size) | 1;
    size_t mask = sizeof set->slots / sizeof *set->slots - 1;
    size_t at = (size_t)(hash >> 20) & mask;

    while (set->slots[at] && set->slots[at] != hash)
        at = (at + 1) & mask;
    bool fresh = !set->slots[at];
    set->slots[at] = hash;
    return fresh;
}

static uint64_t count_words(att_span text)
{
    uint64_t words = 0;
    bool inside = false;

    for (size_t i = 0; i < text.size; i++) {
        bool blank = (unsigned char)text.text[i] <= ' ';
        words += !blank && !inside;
        /* Scripts without spaces: a few letters make a word. */
        words += (unsigned char)text.text[i] >= 0xE3 && i % 6 == 0;
        inside = !blank;
    }
    return words;
}

static att_status look_at_turns(turn_signs *signs, const att_turn_batch *batch, att_error *error)
{
    seen_set *labels = calloc(1, sizeof *labels), *texts = calloc(1, sizeof *texts);
    att_status status = labels && texts ? ATT_OK : att_fail_memory(error);

    for (size_t i = 0; i < batch->count && i < MOST_TURNS && !status; i++) {
        const att_turn *turn = &batch->turns[i];
        uint64_t words = count_words(turn->text);
        signs->turns++;
        signs->words += words;
        signs->timed += turn->start_ms != ATT_NO_TIME && turn->end_ms != ATT_NO_TIME;
        signs->labelled += turn->label.size > 0;
        signs->labels += turn->label.size && add_new(labels, turn->label);
        if (!add_new(texts, turn->text))
            signs->repeated += words;
    }
    free(labels);
    free(texts);
    return status;
}

/* People speak in turns: few labels come again and again, and what they say is more than a word, and not the same. */
static bool is_talk(const turn_signs *signs)
{
    bool speech = signs->words >= 2 * signs->turns && 2 * signs->repeated < signs->words;
    bool known = 2 * signs->labelled >= signs->turns && 2 * signs->labels <= signs->labelled;
    bool little = signs->turns < 4 && signs->labelled == signs->turns && signs->timed == signs->turns;

    return signs->turns && speech && (known || little || signs->timed == signs->turns);
}

static bool is_table(const char *format)
{
    return strcmp(format, "csv") == 0 || strcmp(format, "tsv") == 0 || strcmp(format, "jsonl") == 0;
}

/* The message without the file and the line that it begins with; *line: it has one. */
static const char *without_place(const char *message, const char *path, bool *line)
{
    size_t size = strlen(path);

    *line = strncmp(message, path, size) == 0 && message[size] == ':' && message[size + 1] != ' ';
    if (strncmp(message, path, size) != 0 || message[size] != ':')
        return message;
    const char *space = strchr(message + size, ' ');
    return space ? space + 1 : message;
}

static void say(char *why, size_t room, const char *text)
{
    snprintf(why, room, "%.400s", text);
}

/* What a message says is wrong, without what to do. */
static void say_wrong(char *why, size_t room, const char *message)
{
    size_t size = strcspn(message, ";");

    snprintf(why, room, "it %.*s", size < 400 ? (int)size : 400, message);
}

/* TEI holds much else than speech, and a corpus its root and lists. All of it is here. */
static bool is_tei_without_speech(const att_format *format, att_span probe, bool complete)
{
    return complete && strcmp(format->name, "tei") == 0 && !memmem(probe.text, probe.size, "<u ", 3) &&
           !memmem(probe.text, probe.size, "<u>", 3) && !memmem(probe.text, probe.size, ":u ", 3);
}

/* What the format's name and the probe tell; *more: the turns must be looked at. */
static att_judgement judge_probe(const att_recognised *known, const char *path, bool columns, bool *more, char *why,
                                 size_t room)
{
    const char *format = known->format->name;

    *more = false;
    if (is_table(format)) {
        /* There is text, and a name that says so; or by the content alone also who speaks, or when. */
        *more = columns || known->format->sniff(known->probe, known->complete, path) >= 75;
        say(why, room, "it has no columns that are known to hold what is said and by whom");
        return *more ? ATT_MAY_BE_ONE : ATT_IS_NONE;
    }
    if (is_tei_without_speech(known->format, known->probe, known->complete)) {
        say(why, room, "it is TEI without utterances (<u>)");
        return ATT_IS_NONE;
    }
    *more = strcmp(format, "json") == 0 || strcmp(format, "txt") == 0;
    return ATT_IS_TRANSCRIPT;
}

static att_judgement judge_turns(const turn_signs *signs, const att_format *format, bool unsure, char *why, size_t room)
{
    if (strcmp(format->name, "txt") == 0) {
        say(why, room, is_talk(signs) ? "it may be a page about something" : "it has no labels of speakers");
        return is_talk(signs) ? ATT_MAY_BE_ONE : ATT_IS_NONE;
    }
    if (signs->words < 2 * signs->turns) {
        say(why, room, "what would be said in it are single words");
        return ATT_IS_NONE;
    }
    if (unsure)
        say(why, room,
            "other tables have columns of such names too (--column speaker=NAME --column text=NAME tell which "
            "hold turns)");
    else if (!is_talk(signs))
        say(why, room, "its rows do not look like turns, in which few speakers come again and again");
    return unsure || !is_talk(signs) ? ATT_MAY_BE_ONE : ATT_IS_TRANSCRIPT;
}

/* Something about the input is wrong: it is none or, where a line is wrong and not the columns, damaged. */
static att_status settle(att_judgement *out, att_status status, const att_error *wrong, const char *path, bool columns,
                         char *why, size_t room, att_error *error)
{
    bool line;

    if (status != ATT_BAD_INPUT) {
        if (status && error)
            *error = *wrong;
        return status;
    }
    const char *reason = without_place(wrong->message, path, &line);
    *out = line && !columns ? ATT_IS_TRANSCRIPT : ATT_IS_NONE;
    why[0] = '\0';
    if (*out == ATT_IS_NONE)
        say_wrong(why, room, reason);
    return ATT_OK;
}

static att_status recognise(att_opened *opened, att_recognised *known, const att_input *input, const att_study *study,
                            char *probe, att_error *error)
{
    att_status status = att_file_source_open(&opened->source, input, &study->limits, 0, NULL, error);

    if (!status)
        status = att_file_source_recognise(&opened->source, study->format, study->encoding, probe, known, error);
    return att_file_source_outcome(&opened->source, status, error);
}

att_status att_judge_format(att_judgement *out, char *why, size_t room, const att_input *input, const att_study *study,
                            char *probe, att_error *error)
{
    att_opened opened = {.source = {.file = -1}};
    att_recognised known = {.format = NULL};
    att_error wrong = {0};
    att_status status = recognise(&opened, &known, input, study, probe, &wrong);

    *out = ATT_IS_TRANSCRIPT;
    say(why, room, "");
    if (status)
        status = settle(out, status, &wrong, input->path, false, why, room, error);
    att_opened_close(&opened);
    return status;
}

/* *unsure: the columns may hold something else. */
static att_status read_turns(att_judgement *out, char *why, size_t room, att_opened *opened, bool *unsure,
                             att_error *error)
{
    turn_signs signs = {0};
    const att_turn_batch *batch = NULL;
    att_status status = opened->format->next(opened->reader, &batch, error);

    if (!status)
        status = look_at_turns(&signs, batch, error);
    *unsure = opened->format->info && opened->format->info(opened->reader)->unsure;
    if (!status)
        *out = judge_turns(&signs, opened->format, *unsure, why, room);
    return att_file_source_outcome(&opened->source, status, error);
}

att_status att_judge(att_judgement *out, char *why, size_t room, const att_input *input, const att_study *study,
                     const att_reading *reading, char *probe, att_error *error)
{
    att_opened opened = {.source = {.file = -1}};
    att_recognised known = {.format = NULL};
    att_error wrong = {0};
    bool more = false, columns = false;
    att_status status = recognise(&opened, &known, input, study, probe, &wrong);

    *out = ATT_IS_TRANSCRIPT;
    say(why, room, "");
    if (!status && known.format)
        *out = judge_probe(&known, input->path, reading->options.column_count > 0, &more, why, room);
    att_opened_close(&opened);
    if (!status && more) {
        status = att_opened_open(&opened, input, study, reading, NULL, probe, &wrong);
        columns = status && is_table(known.format->name);
        if (!status)
            status = read_turns(out, why, room, &opened, &columns, &wrong);
        att_opened_close(&opened);
    }
    if (status)
        return settle(out, status, &wrong, input->path, columns, why, room, error);
    if (*out == ATT_IS_TRANSCRIPT)
        say(why, room, "");
    return ATT_OK;
}
