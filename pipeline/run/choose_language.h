/* The language that a transcript is scored in. */
#ifndef ATT_RUN_CHOOSE_LANGUAGE_H
#define ATT_RUN_CHOOSE_LANGUAGE_H

#include "run/job.h"
#include "run/language.h"

/* Sets transcript->language: the study's, that of the only lexicon that was named, the one that the transcript itself
 * declares (BCP 47; size 0: none), or the one that the probe looks like. A language that no lexicon is for is
 * ATT_BAD_INPUT; a text that clearly is in another one than its lexicon is a warning. The detector is made on first use
 * and belongs to the caller. */
att_status att_language_choose(const att_job *job, att_detector **detector, att_job_transcript *transcript,
                               att_span declared, att_span probe, att_error *error);

/* The language that is for all turns of all transcripts, whatever they declare: the study's, or that of the only
 * lexicon that was named. NULL: each has its own. */
att_run_language *att_language_of_all(const att_job *job);

/* The lexicons for a language that a transcript or a turn declares; NULL: there are none. tag: the language, perhaps
 * cut, and zeros behind it. */
att_run_language *att_language_declared(const att_job *job, att_span declared, char tag[ATT_LANGUAGE_TAG]);

#endif
