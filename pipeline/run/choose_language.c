#include "run/choose_language.h"

#include <stdio.h>
#include <string.h>

/* How many transcripts of a run with one lexicon are looked at for another language than the lexicon's, spread evenly
 * over the run (a look costs a third of a millisecond); and how much text tells anything. */
enum { LANGUAGE_CHECKS = 32, LANGUAGE_CHECK_BYTES = 500, LITTLE_TEXT = 200 };

static bool is_checked(const att_job *job, const att_job_transcript *transcript)
{
    size_t step = (job->inputs->count + LANGUAGE_CHECKS - 1) / LANGUAGE_CHECKS;

    return (size_t)(transcript->input - job->inputs->items) % step == 0;
}

static att_status fail_language(const att_job *job, att_job_transcript *transcript, const att_language_guess *guess,
                                size_t size, att_error *error)
{
    const char *path = transcript->input->path;
    char tags[256];

    att_run_lexicons_tags(job->lexicons, tags, sizeof tags);
    if (!guess->count || size < LITTLE_TEXT)
        return att_fail(error, ATT_BAD_INPUT, path, 0, 0,
                        "its language cannot be told from so little text; say which with --lang (lexicons: %s)", tags);
    snprintf(transcript->uncovered, sizeof transcript->uncovered, "%s", guess->tags[0]);
    return att_fail(error, ATT_BAD_INPUT, path, 0, 0,
                    "looks like the language '%s', which no lexicon of this run is for (%s); name one with -l, or the "
                    "true language with --lang",
                    guess->tags[0], tags);
}

/* One language is right unless the text clearly says otherwise. */
static att_status check_language(const att_job *job, att_detector **detector, att_job_transcript *transcript,
                                 att_span probe, att_error *error)
{
    const char *tag = transcript->language->tag;
    att_language_guess guess;

    if (job->study->language || !is_checked(job, transcript) || probe.size < LANGUAGE_CHECK_BYTES)
        return ATT_OK;
    att_status status = att_detector_guess(detector, probe, &guess, error);
    if (status)
        return status;
    bool same = guess.count == 0 || guess.count > 2;
    for (size_t i = 0; i < guess.count; i++)
        same |= att_language_same(guess.tags[i], tag);
    if (!same)
        att_diagnose(
            transcript->diagnostics, ATT_WARNING, transcript->input->path, 0, 0,
            "looks like the language '%s', but the lexicon '%s' is for '%s'; use a lexicon of its language, or "
            "say --lang %s if it is one",
            guess.tags[0], transcript->language->lexicons[0]->name, tag, tag);
    return ATT_OK;
}

/* The language that the transcript declares. */
static att_status take_declared(const att_job *job, att_job_transcript *transcript, att_span declared, att_error *error)
{
    char tag[ATT_LANGUAGE_TAG], tags[256];

    transcript->language = att_language_declared(job, declared, tag);
    if (transcript->language)
        return ATT_OK;
    memcpy(transcript->uncovered, tag, sizeof transcript->uncovered);
    att_run_lexicons_tags(job->lexicons, tags, sizeof tags);
    return att_fail(error, ATT_BAD_INPUT, transcript->input->path, 0, 0,
                    "says that it is in the language '%s', which no lexicon of this run is for (%s); name one with -l, "
                    "or another language with --lang",
                    tag, tags);
}

att_run_language *att_language_of_all(const att_job *job)
{
    const att_run_lexicons *lexicons = job->lexicons;

    if (job->study->language)
        return att_run_lexicons_find(lexicons, job->study->language);
    return lexicons->language_count == 1 && !lexicons->built_in ? &lexicons->languages[0] : NULL;
}

att_run_language *att_language_declared(const att_job *job, att_span declared, char tag[ATT_LANGUAGE_TAG])
{
    size_t size = declared.size < ATT_LANGUAGE_TAG - 1 ? declared.size : ATT_LANGUAGE_TAG - 1;

    memset(tag, 0, ATT_LANGUAGE_TAG);
    memcpy(tag, declared.text, size);
    return att_run_lexicons_find(job->lexicons, tag);
}

att_status att_language_choose(const att_job *job, att_detector **detector, att_job_transcript *transcript,
                               att_span declared, att_span probe, att_error *error)
{
    att_language_guess guess;

    transcript->language = att_language_of_all(job);
    if (transcript->language)
        return check_language(job, detector, transcript, probe, error);
    if (declared.size)
        return take_declared(job, transcript, declared, error);
    att_status status = att_detector_guess(detector, probe, &guess, error);
    if (status)
        return status;
    for (size_t i = 0; i < guess.count && !transcript->language; i++)
        transcript->language = att_run_lexicons_find(job->lexicons, guess.tags[i]);
    return transcript->language ? ATT_OK : fail_language(job, transcript, &guess, probe.size, error);
}
