#include <attune/score.h>

#include "base/hash.h"
#include "estimate/rate.h"
#include "run/dry_run.h"
#include "run/find_inputs.h"
#include "run/job.h"
#include "run/manifest.h"
#include "run/results.h"
#include "run/speaker_table.h"
#include "run/tables.h"
#include "tally/cells.h"
#include "tally/tally_file.h"

#include <stdlib.h>
#include <string.h>

/* How many names a warning lists. */
enum { NAMES = 10 };

struct att_scores {
    att_counts counts;
    int threads;
    att_speakers *speakers;
    att_cells *cells;
    att_run_lexicons lexicons; /* owner of the scheme after a run */
    att_tally_merger *merger;  /* owner of the scheme after a merge */
};

void att_scores_free(att_scores *scores)
{
    if (!scores)
        return;
    att_cells_free(scores->cells);
    att_speakers_free(scores->speakers);
    att_run_lexicons_clear(&scores->lexicons);
    att_tally_merger_close(scores->merger);
    free(scores);
}

att_counts att_scores_counts(const att_scores *scores)
{
    return scores->counts;
}

att_status att_scores_print(const att_scores *scores, att_which_table which, const char *format, int width,
                            FILE *stream, att_error *error)
{
    const att_writer_format *writer = att_writer_find(format);
    att_view *view = NULL;

    if (!writer)
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "there is no output format '%s'; 'attune formats' lists them",
                        format);
    att_view_kind kind = which == ATT_TABLE_SCORES     ? ATT_VIEW_SCORES
                         : writer == &att_writer_table ? ATT_VIEW_SUMMARY
                                                       : ATT_VIEW_SPEAKERS;
    att_status status = att_view_new(&view, scores->cells, kind, ATT_LEVEL, error);
    if (!status)
        status = att_view_write(view, writer, stream, width, scores->threads, error);
    att_view_free(view);
    return status;
}

/* What the sink of a run gathers. */
typedef struct {
    att_scores *scores;
    bool writes; /* there is a results folder */
    att_results results;
    att_tally_writer *tallies;
    att_manifest *manifest;
    att_lexicon_stamp *stamps;
    size_t stamp_count;
    att_diagnostics *diagnostics;
    const att_dry_receiver *dry; /* who is told what would be done; NULL: it is done */
    att_buffer strangers;        /* labels that the speaker table does not have: the first few */
    uint64_t stranger_count;
    bool misfit; /* no row of the table fits a label */
} gathering;

/* "one / Anne (near: Anna (line 2))" */
static void name_stranger(gathering *g, att_span transcript, att_span label)
{
    const att_speakers *speakers = g->scores->speakers;
    ptrdiff_t near = att_speakers_nearest(speakers, transcript, label);

    att_buffer_format(&g->strangers, "%s%.*s / %.*s", g->stranger_count > 1 ? ", " : "", (int)transcript.size,
                      transcript.text, (int)label.size, label.text);
    if (near >= 0)
        att_buffer_format(&g->strangers, " (near: %s)", att_speakers_describe(speakers, (size_t)near));
}

static void note_strangers(gathering *g, const att_transcript_tally *tally)
{
    const att_speakers *speakers = g->scores->speakers;

    for (size_t i = 0; att_speakers_file(speakers) && i < tally->label_count; i++) {
        att_span label = tally->labels[i].label;
        if (!label.size || att_speakers_row(speakers, tally->id, label) >= 0)
            continue;
        if (g->stranger_count++ < NAMES)
            name_stranger(g, tally->id, label);
    }
}

static void count_transcript(gathering *g, const att_transcript_tally *tally, uint64_t bytes, uint64_t hits)
{
    att_counts *counts = &g->scores->counts;

    counts->transcripts++;
    counts->bytes += bytes;
    counts->hits += hits;
    att_transcript_tally_count(tally, &counts->turns, &counts->tokens);
}

static void count_read(att_counts *counts, const att_read_counts *read)
{
    counts->ill_formed += read->ill_formed;
    counts->controls += read->controls;
    counts->cut_turns += read->cut_turns;
    counts->notes += read->notes;
}

/* A whole transcript, sorted: into the tally file and the cells. */
static att_status gather_tally(gathering *g, const att_transcript_tally *tally, att_error *error)
{
    att_status status = ATT_OK;

    note_strangers(g, tally);
    if (g->writes)
        status = att_tally_writer_add(g->tallies, tally, error);
    if (!status)
        status = att_cells_add(g->scores->cells, tally, error);
    return status;
}

/* "1 turn", "2 turns": a count with its noun in a small buffer. */
typedef struct {
    char text[64];
} counted;

static counted count_of(uint64_t count, const char *noun)
{
    counted c;

    snprintf(c.text, sizeof c.text, "%llu %s%s", (unsigned long long)count, noun, count == 1 ? "" : "s");
    return c;
}

static const char *is_or_are(uint64_t count)
{
    return count == 1 ? "is" : "are";
}

static void warn_about(gathering *g, const att_job_transcript *transcript)
{
    const att_read_counts *counts = &transcript->counts;
    const char *path = transcript->input->path;

    if (counts->ill_formed)
        att_diagnose(g->diagnostics, ATT_WARNING, path, 0, 0,
                     "%s %s no %s and read as U+FFFD; if the text is in another encoding, name it with --encoding",
                     count_of(counts->ill_formed, "byte sequence").text, is_or_are(counts->ill_formed),
                     transcript->charset.is_utf8 ? "UTF-8" : transcript->charset.name);
    if (counts->controls)
        att_diagnose(g->diagnostics, ATT_WARNING, path, 0, 0,
                     "%s (such as NUL) %s read as a separator; check how the file was made",
                     count_of(counts->controls, "control character").text, is_or_are(counts->controls));
    if (counts->cut_turns)
        att_diagnose(
            g->diagnostics, ATT_WARNING, path, 0, 0,
            "%s %s longer than 1 MiB and read in pieces, across which no phrase is seen; are the speaker labels "
            "as attune expects them (--speaker-regex)?",
            count_of(counts->cut_turns, "turn").text, is_or_are(counts->cut_turns));
    if (transcript->tally.label_count == 0)
        att_diagnose(g->diagnostics, ATT_WARNING, path, 0, 0, "holds no words; is it the right file?");
}

static att_status gather_transcript(void *context, att_job_transcript *transcript, att_error *error)
{
    gathering *g = context;

    if (transcript->reason) {
        g->scores->counts.skipped++;
        if (g->dry)
            return att_dry_run_transcript(g->dry, transcript, (att_left_out){0}, error);
        return g->writes ? att_manifest_transcript(g->manifest, transcript, (att_left_out){0}, error) : ATT_OK;
    }
    att_transcript_tally *tally = &transcript->tally;
    tally->size = transcript->size;
    tally->hash = transcript->hash;
    att_status status = att_transcript_tally_range(tally, 0, transcript->size, error);
    if (!status)
        status = att_transcript_tally_sort(tally, error);
    if (status)
        return status;
    warn_about(g, transcript);
    count_transcript(g, tally, transcript->size, transcript->hits);
    g->scores->counts.uncovered_turns += transcript->uncovered_turns;
    count_read(&g->scores->counts, &transcript->counts);
    att_left_out left_out = {0};
    status = gather_tally(g, tally, error);
    if (!status && (g->writes || g->dry))
        status = att_left_out_of(&left_out, tally, g->scores->cells, error);
    if (!status && g->writes)
        status = att_manifest_transcript(g->manifest, transcript, left_out, error);
    if (!status && g->dry)
        status = att_dry_run_transcript(g->dry, transcript, left_out, error);
    return status;
}

static att_status stamp_lexicons(gathering *g, const att_run_lexicons *lexicons, att_error *error)
{
    g->stamps = calloc(lexicons->count + lexicons->language_count + 1, sizeof *g->stamps);
    if (!g->stamps)
        return att_fail_memory(error);
    for (size_t i = 0; i < lexicons->count; i++) {
        const att_lexicon *lexicon = lexicons->items[i];
        g->stamps[g->stamp_count++] =
            (att_lexicon_stamp){lexicon->name, lexicon->language, lexicon->version, lexicon->hash};
    }
    /* The words by which senses are told make the counts too. */
    for (size_t i = 0; i < lexicons->language_count; i++) {
        const att_builtin *cues = att_run_language_cues(&lexicons->languages[i]);
        if (cues)
            g->stamps[g->stamp_count++] = (att_lexicon_stamp){cues->name, lexicons->languages[i].tag, "",
                                                              att_hash64(cues->yaml.text, cues->yaml.size)};
    }
    return ATT_OK;
}

static void report_missing_cues(const gathering *g)
{
    const att_run_lexicons *lexicons = &g->scores->lexicons;

    for (size_t i = 0; i < lexicons->language_count; i++)
        if (lexicons->languages[i].engine && att_run_language_lacks_cues(&lexicons->languages[i]))
            att_diagnose(
                g->diagnostics, ATT_WARNING, NULL, 0, 0,
                "no cue words are known for '%s': whether a hit is mentioned, negated or reported is not told, and "
                "all count as used; give the lexicon cue words (docs/lexicon-format.md), or say --senses off",
                lexicons->languages[i].tag);
}

static bool has_column(const att_speakers *speakers, const char *name)
{
    for (size_t i = 0; i < att_speakers_column_count(speakers); i++)
        if (strcmp(att_speakers_column(speakers, i), name) == 0)
            return true;
    return false;
}

/* Rules that ask for a column that the speaker table does not have. */
static void report_missing_columns(const gathering *g)
{
    const att_run_lexicons *lexicons = &g->scores->lexicons;

    for (size_t l = 0; l < lexicons->count; l++)
        for (uint32_t t = 0; t < lexicons->items[l]->rule_condition_count; t++) {
            const char *column = lexicons->items[l]->rule_conditions[t];
            if (!has_column(g->scores->speakers, column))
                att_diagnose(
                    g->diagnostics, ATT_WARNING, lexicons->items[l]->file, 0, 0,
                    "a rule asks for the column '%s', which the speaker table does not have: no condition with "
                    "= holds; give a table with this column (--speakers)",
                    column);
        }
}

static att_status copy_stamps(gathering *g, const att_tally_reader *reader, att_error *error)
{
    g->stamp_count = att_tally_reader_lexicon_count(reader);
    g->stamps = calloc(g->stamp_count + 1, sizeof *g->stamps);
    if (!g->stamps)
        return att_fail_memory(error);
    for (size_t i = 0; i < g->stamp_count; i++)
        g->stamps[i] = *att_tally_reader_lexicon(reader, i);
    return ATT_OK;
}

static att_status open_results(gathering *g, const att_run_options *options, const att_scheme *scheme, att_error *error)
{
    if (g->dry)
        return att_dry_run_output(options->output, g->diagnostics, error);
    if (!options->output)
        return ATT_OK;
    att_status status = att_results_open(&g->results, options->output, error);
    if (status)
        return status;
    g->writes = true;
    status = att_tally_writer_open(&g->tallies, att_results_stream(&g->results, ATT_FILE_TALLIES), scheme, g->stamps,
                                   g->stamp_count, error);
    if (!status)
        status = att_manifest_open(&g->manifest, att_results_stream(&g->results, ATT_FILE_MANIFEST), options->command,
                                   error);
    return status;
}

static void report_undated(gathering *g)
{
    const att_cells *cells = g->scores->cells;
    size_t count = att_cells_undated_count(cells);
    att_buffer names = {0};

    for (size_t i = 0; i < count && i < NAMES; i++)
        att_buffer_format(&names, "%s%.*s", i ? ", " : "", (int)att_cells_undated(cells, i).size,
                          att_cells_undated(cells, i).text);
    if (count && !names.failed)
        att_diagnose(
            g->diagnostics, ATT_WARNING, att_speakers_file(g->scores->speakers), 0, 0,
            "no period can be told by '%s' for %s%s; their period is empty: write dates as 2024-05-31, or as a "
            "month or year that lies in one period",
            att_speakers_period_by(g->scores->speakers), names.data, count > NAMES ? ", ..." : "");
    att_buffer_clear(&names);
}

static bool is_any(const bool *flags, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (flags[i])
            return true;
    return false;
}

/* A table that fits nothing is left out like an unreadable input: the run goes on, and says so. */
static void report_misfit(gathering *g)
{
    const att_speakers *speakers = g->scores->speakers;

    g->misfit = true;
    att_diagnose(g->diagnostics, ATT_ERROR, att_speakers_file(speakers), 0, 0,
                 "none of its %zu rows fits a label of a transcript, and speakers are scored by name; the transcripts "
                 "have %s%s, the table begins with %s; write transcripts and labels as 'attune score --list-speakers' "
                 "prints them",
                 att_speakers_row_count(speakers), g->strangers.data, g->stranger_count > NAMES ? ", ..." : "",
                 att_speakers_describe(speakers, 0));
}

/* What of the speaker table and the transcripts does not fit. */
static void report_table(gathering *g)
{
    const att_speakers *speakers = g->scores->speakers;
    const bool *used = att_cells_rows_used(g->scores->cells);

    if (!att_speakers_file(speakers))
        return;
    if (g->stranger_count && !is_any(used, att_speakers_row_count(speakers))) {
        report_misfit(g);
        return;
    }
    att_speakers_report_unused(speakers, used, g->diagnostics);
    if (g->stranger_count)
        att_diagnose(g->diagnostics, ATT_WARNING, att_speakers_file(speakers), 0, 0,
                     "%s of transcripts %s no row here and %s scored by name: %s%s; add rows",
                     count_of(g->stranger_count, "label").text, g->stranger_count == 1 ? "has" : "have",
                     is_or_are(g->stranger_count), g->strangers.data, g->stranger_count > NAMES ? ", ..." : "");
}

static void report(gathering *g)
{
    const att_cells *cells = g->scores->cells;

    report_table(g);
    report_undated(g);
    uint64_t lost = att_cells_lost_facts(cells);
    if (lost)
        att_diagnose(g->diagnostics, ATT_WARNING, NULL, 0, 0,
                     "the transcripts say things about speakers in more than %u columns, and %s beyond them %s left "
                     "out; take the columns that matter into a speaker table",
                     ATT_STUDY_COLUMNS, count_of(lost, "value").text, is_or_are(lost));
    uint64_t mixed = att_cells_mixed_languages(cells);
    if (mixed)
        att_diagnose(g->diagnostics, ATT_WARNING, NULL, 0, 0,
                     "%s of the tables %s transcripts in several languages, whose rates cannot be compared; add "
                     "--by language",
                     count_of(mixed, "row").text, mixed == 1 ? "mixes" : "mix");
    uint64_t excluded = att_cells_excluded_turns(cells);
    if (excluded)
        att_diagnose(g->diagnostics, ATT_NOTE, NULL, 0, 0, "%s with %s %s left out of the scores, as --exclude says",
                     count_of(excluded, "turn").text, count_of(att_cells_excluded_tokens(cells), "token").text,
                     excluded == 1 ? "is" : "are");
    uint64_t unlabelled = att_cells_unlabelled_turns(cells);
    if (unlabelled)
        att_diagnose(
            g->diagnostics, ATT_WARNING, NULL, 0, 0,
            "%s in %s %s no speaker label and %s scored as (unlabelled); if there are labels, say how they look "
            "with --speaker-regex",
            count_of(unlabelled, "turn").text, count_of(att_cells_unlabelled_transcripts(cells), "transcript").text,
            unlabelled == 1 ? "has" : "have", is_or_are(unlabelled));
}

/* Estimates, writes and makes visible what was gathered. */
static att_status finish(gathering *g, att_error *error)
{
    att_scores *scores = g->scores;

    if (!scores->counts.transcripts && !g->dry)
        return att_fail(error, ATT_BAD_INPUT, NULL, 0, 0,
                        "nothing could be scored: every input was skipped, for the reasons above");
    att_status status = att_cells_finish(scores->cells, error);
    if (status)
        return status;
    if (scores->merger)
        scores->counts.hits = ATT_NOT_COUNTED;
    scores->counts.speakers = att_cells_speaker_count(scores->cells);
    scores->counts.excluded_turns = att_cells_excluded_turns(scores->cells);
    scores->counts.excluded_tokens = att_cells_excluded_tokens(scores->cells);
    scores->counts.unlabelled_turns = att_cells_unlabelled_turns(scores->cells);
    scores->counts.unmatched_labels = g->stranger_count;
    scores->counts.undated = att_cells_undated_count(scores->cells);
    report(g);
    if (!g->writes)
        return ATT_OK;
    status = att_tally_writer_close(g->tallies, error);
    g->tallies = NULL;
    if (!status)
        status = att_results_tables(&g->results, scores->cells, scores->threads, error);
    if (!status) {
        status = att_manifest_close(g->manifest, g->stamps, g->stamp_count, &scores->counts, g->diagnostics, error);
        g->manifest = NULL;
    }
    return status ? status : att_results_commit(&g->results, error);
}

static void clear_gathering(gathering *g)
{
    att_tally_writer_abandon(g->tallies);
    att_manifest_abandon(g->manifest);
    if (g->writes)
        att_results_abandon(&g->results);
    free(g->stamps);
    att_buffer_clear(&g->strangers);
}

/* A transcript of a merge. */
static att_status tell_manifest(gathering *g, const att_transcript_tally *tally, att_error *error)
{
    att_left_out left_out;
    att_status status = att_left_out_of(&left_out, tally, g->scores->cells, error);

    return status ? status : att_manifest_tally(g->manifest, tally, left_out, error);
}

static att_status run_study(gathering *g, const att_study *study, const att_run_options *options, att_error *error)
{
    att_scores *scores = g->scores;
    att_inputs inputs = {0};
    att_reading reading = {0};
    att_run_options job_options = *options;
    size_t skipped = 0;
    att_status status = att_reading_of(&reading, study, error);

    if (!status)
        status = att_speaker_table_load(&scores->speakers, study, error);
    if (!status)
        status = att_run_lexicons_load(&scores->lexicons, study, g->diagnostics, error);
    if (!status)
        status = stamp_lexicons(g, &scores->lexicons, error);
    if (!status)
        status = att_cells_new(&scores->cells, &scores->lexicons.map.scheme, scores->speakers, &study->by, error);
    if (!status)
        status = att_cells_exclude(scores->cells, &study->exclude, error);
    if (!status)
        status = att_cells_warn(scores->cells, g->diagnostics, error);
    if (!status)
        status = att_find_inputs(&inputs, study, &reading, options->output, &skipped, g->diagnostics, error);
    if (!status)
        status = open_results(g, options, &scores->lexicons.map.scheme, error);
    scores->counts.skipped = skipped;
    scores->counts.passed_over = inputs.passed_over;
    if (g->dry)
        job_options.output = NULL; /* so that nobody hashes the inputs for it */
    if (!status) {
        att_job job = {.study = study,
                       .options = &job_options,
                       .speakers = scores->speakers,
                       .reading = &reading,
                       .lexicons = &scores->lexicons,
                       .inputs = &inputs,
                       .sink = gather_transcript,
                       .sink_context = g,
                       .diagnostics = g->diagnostics};
        status = att_job_run(&job, error);
        report_missing_cues(g);
        report_missing_columns(g);
    }
    att_inputs_clear(&inputs);
    att_reading_clear(&reading);
    return status ? status : finish(g, error);
}

static att_status merge_tallies(gathering *g, char *const *paths, size_t count, const att_study *study,
                                const att_run_options *options, att_error *error)
{
    att_scores *scores = g->scores;
    const att_transcript_tally *tally = NULL;
    const att_scheme *scheme = NULL;
    att_status status = att_speaker_table_load(&scores->speakers, study, error);

    if (!status)
        status = att_tally_merger_open(&scores->merger, paths, count, error);
    if (!status) {
        const att_tally_reader *first = att_tally_merger_first(scores->merger);
        scheme = att_tally_reader_scheme(first);
        status = copy_stamps(g, first, error);
    }
    if (!status)
        status = att_cells_new(&scores->cells, scheme, scores->speakers, &study->by, error);
    if (!status)
        status = att_cells_exclude(scores->cells, &study->exclude, error);
    if (!status)
        status = att_cells_warn(scores->cells, g->diagnostics, error);
    if (!status)
        status = open_results(g, options, scheme, error);
    while (!status) {
        status = att_tally_merger_next(scores->merger, &tally, error);
        if (status || !tally)
            break;
        if (!att_transcript_tally_whole(tally))
            att_diagnose(g->diagnostics, ATT_WARNING, NULL, 0, 0,
                         "transcript '%.*s' is here in part only; add the tallies of the other shards",
                         (int)tally->id.size, tally->id.text);
        count_transcript(g, tally, tally->size, 0);
        status = gather_tally(g, tally, error);
        if (!status && g->writes)
            status = tell_manifest(g, tally, error);
    }
    return status ? status : finish(g, error);
}

/* The frame of both ways: *out is set when the scores are whole. */
static att_status with_gathering(att_scores **out, const att_study *study, const att_run_options *options,
                                 char *const *tallies, size_t count, const att_dry_receiver *dry,
                                 att_diagnostics *diagnostics, att_error *error)
{
    gathering g = {.scores = calloc(1, sizeof *g.scores), .diagnostics = diagnostics, .dry = dry};

    if (!g.scores)
        return att_fail_memory(error);
    g.scores->threads = options->threads > 0 ? options->threads : omp_get_num_procs();
    att_status status =
        tallies ? merge_tallies(&g, tallies, count, study, options, error) : run_study(&g, study, options, error);
    clear_gathering(&g);
    if (status) {
        att_scores_free(g.scores);
        return status;
    }
    *out = g.scores;
    return g.scores->counts.skipped || g.misfit ? ATT_SKIPPED : ATT_OK;
}

att_status att_score(att_scores **out, const att_study *study, const att_run_options *options,
                     att_diagnostics *diagnostics, att_error *error)
{
    return with_gathering(out, study, options, NULL, 0, NULL, diagnostics, error);
}

att_status att_merge(att_scores **out, char *const *tallies, size_t count, const att_study *study,
                     const att_run_options *options, att_diagnostics *diagnostics, att_error *error)
{
    if (!tallies || !count)
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "no tally file is named; name one or more (tallies.att)");
    return with_gathering(out, study, options, tallies, count, NULL, diagnostics, error);
}

att_status att_dry_run(const att_study *study, const att_run_options *options, const att_dry_receiver *receiver,
                       att_counts *counts, att_diagnostics *diagnostics, att_error *error)
{
    att_scores *scores = NULL;
    att_status status = with_gathering(&scores, study, options, NULL, 0, receiver, diagnostics, error);

    if (!scores)
        return status;
    *counts = scores->counts;
    att_status told = att_dry_run_cells(receiver, scores->cells, error);
    att_scores_free(scores);
    return told ? told : status;
}
