#include "run/dry_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static att_status count_label(att_dry_transcript *told, const att_transcript_tally *tally, const att_label_tally *label,
                              att_cells *cells, att_error *error)
{
    const att_speakers *speakers = att_cells_speakers(cells);
    ptrdiff_t row = att_speakers_row(speakers, tally->id, label->label);
    bool excluded = false;
    att_status status = att_cells_excludes(cells, tally, label->label, &excluded, error);

    if (!label->label.size)
        told->unlabelled_turns += label->tally.turns;
    else
        told->labels++;
    told->unmatched += label->label.size && att_speakers_file(speakers) && row < 0;
    if (excluded) {
        told->excluded_turns += label->tally.turns;
        told->excluded_tokens += label->tally.tokens;
    }
    return status;
}

static att_status list_lexicons(att_buffer *out, const att_run_language *language, att_error *error)
{
    for (size_t i = 0; i < language->count; i++)
        att_buffer_format(out, "%s%s", i ? ", " : "", att_lexicon_name(language->lexicons[i]));
    return out->failed ? att_fail_memory(error) : ATT_OK;
}

att_status att_dry_run_transcript(const att_dry_receiver *receiver, const att_job_transcript *transcript,
                                  att_cells *cells, att_error *error)
{
    const att_transcript_tally *tally = &transcript->tally;
    att_buffer lexicons = {0};
    att_dry_transcript told = {
        .transcript = transcript->input->id, .path = transcript->input->path, .skipped = transcript->reason};
    att_status status = ATT_OK;

    if (!told.skipped) {
        told.format = transcript->format->name;
        told.encoding = transcript->charset.name;
        told.language = transcript->language ? transcript->language->tag : tally->language.text;
        told.uncovered_turns = transcript->uncovered_turns;
        att_transcript_tally_count(tally, &told.turns, &told.tokens);
        for (size_t i = 0; i < tally->label_count && !status; i++)
            status = count_label(&told, tally, &tally->labels[i], cells, error);
        if (!status && transcript->language)
            status = list_lexicons(&lexicons, transcript->language, error);
        told.lexicons = lexicons.size ? lexicons.data : "";
    }
    if (!status)
        status = receiver->transcript(receiver->context, &told, error);
    att_buffer_clear(&lexicons);
    return status;
}

att_status att_dry_run_cells(const att_dry_receiver *receiver, const att_cells *cells, att_error *error)
{
    size_t columns = att_cells_by_count(cells);
    const char **names = calloc(columns + 1, sizeof *names);

    if (!names)
        return att_fail_memory(error);
    for (size_t i = 0; i < columns; i++)
        names[i] = att_cells_by(cells, i);
    att_status status = receiver->columns(receiver->context, names, columns, error);
    for (size_t i = 0; i < att_cells_count(cells) && !status; i++) {
        const att_study_cell *cell = att_cells_get(cells, i);
        const att_dry_cell told = {cell->keys, cell->speakers, cell->turns.turns, cell->turns.tokens};
        status = receiver->cell(receiver->context, &told, columns, error);
    }
    free(names);
    return status;
}

att_status att_dry_run_output(const char *folder, att_error *error)
{
    struct stat about;

    if (!folder)
        return ATT_OK;
    if (stat(folder, &about) == 0) {
        if (!S_ISDIR(about.st_mode))
            return att_fail(error, ATT_ENVIRONMENT, folder, 0, 0,
                            "is a file, not a folder; name another one for the results");
        if (access(folder, W_OK | X_OK) == 0)
            return ATT_OK;
    } else if (errno == ENOENT) {
        return ATT_OK; /* it will be made */
    }
    return att_fail(error, ATT_ENVIRONMENT, folder, 0, 0, "results cannot be written there (%s); name another folder",
                    strerror(errno));
}
