/* A small scheme and tallies made of turns, for the tests of what comes after matching. */
#ifndef ATT_TEST_TALLIES_H
#define ATT_TEST_TALLIES_H

#include "tally/tally_file.h"

/* lang, with lang.tech (technical) and lang.app (appreciative) below it; topic; pole.technical, pole.appreciative. */
enum { NODE_LANG, NODE_TECH, NODE_APP, NODE_TOPIC, NODE_POLE_TECH, NODE_POLE_APP, NODE_COUNT };
extern const att_scheme test_scheme;

extern const att_lexicon_stamp test_lexicons[2];

/* An empty transcript that covers its whole input of `size` bytes. */
att_transcript_tally test_transcript(const char *id, uint64_t size);

/* Adds one turn; the hits are of sense `used`, one token each, and counted in the parent and the pole too. */
void test_turn(att_transcript_tally *transcript, const char *label, uint64_t tokens, uint32_t appreciative,
               uint32_t technical);

/* Writes transcripts, sorted, as a tally file below the scratch folder; returns its path. */
const char *test_tally_file(const char *name, att_transcript_tally *transcripts, size_t count);

#endif
