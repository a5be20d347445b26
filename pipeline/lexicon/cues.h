/* Cue words: what tells how a hit is meant. The lists of a language are a lexicon whose markers have the names below
 * (lexicons/cues/LANG.yml); a lexicon may add to them or bring its own (docs/lexicon-format.md). What is made of them
 * is the matcher's (match/senses.h). */
#ifndef ATT_LEXICON_CUES_H
#define ATT_LEXICON_CUES_H

#include <stdint.h>

/* One bit each. */
enum {
    ATT_CUE_NEGATES_BEHIND = 1 << 0, /* negators.before, .either: it negates what comes behind it */
    ATT_CUE_NEGATES_BEFORE = 1 << 1, /* negators.after, .either: it negates what stands before it */
    ATT_CUE_ONLY = 1 << 2,           /* only: a negator with this behind it ("not only") relativises */
    ATT_CUE_CONTRAST = 1 << 3,       /* contrast: negation does not reach over it */
    ATT_CUE_RELATIVISER = 1 << 4,    /* relativisers: "less", "more than", "rather than" */
    ATT_CUE_METALANGUAGE = 1 << 5,   /* metalanguage: "the word", "term", "jargon" */
    ATT_CUE_REPORTING = 1 << 6,      /* reporting: a verb that gives somebody's words, the speaker's own perhaps */
    ATT_CUE_HEARSAY = 1 << 7,        /* hearsay: what always gives somebody else's: "so called", "according to" */
    ATT_CUE_SPEAKER = 1 << 8,        /* speaker: the speaker as the subject, before the verb: "I", "we" */
    ATT_CUE_SPEAKER_AFTER = 1 << 9,  /* speaker_after: the same directly behind the verb: "sagte ich" */
    ATT_CUE_OTHERS = 1 << 10,        /* others: anybody else as the subject: "he", "they", "people" */
    ATT_CUE_FIRST_PERSON = 1 << 11,  /* first_person: all forms; for rules only */
    ATT_CUE_BITS = 12,
};

/* What a list of cues is of, by its path ("negators.before"); 0: there is no such list. */
uint32_t att_cue_kinds_of(const char *path);

/* The paths of all lists, for messages. */
extern const char att_cue_lists[];

#endif
