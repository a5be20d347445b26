/* The words of a CHAT main tier: what was said, without the codes that stand between and inside the words. After Brian
 * MacWhinney, Tools for Analyzing Talk, part 1: The CHAT Transcription Format (doi:10.21415/3mhn-0z89), chapters 8 to
 * 12; docs/formats.md has the rules one by one. */
#ifndef ATT_READ_CHA_WORDS_H
#define ATT_READ_CHA_WORDS_H

#include "base/buffer.h"
#include "model/turn.h"

/* What somebody else said in between, "&*MOT:mhm". */
typedef struct {
    att_span label;
    att_span words; /* as they stand in the tier, of which both are parts */
} att_cha_aside;

/* A zeroed one is empty. It may be used again and again. */
typedef struct {
    att_buffer text;
    size_t first;      /* where in the tier the text begins; the tier's size where nothing was said */
    int64_t start_ms;  /* of the first time bullet, ATT_NO_TIME where there is none */
    int64_t end_ms;    /* of the last one */
    att_span language; /* the code of "[- spa]", a part of the tier; size 0: none */
    uint64_t notes;    /* transcription notes left out */
    att_cha_aside *asides;
    size_t aside_count;
    size_t aside_capacity;
} att_cha_words;

void att_cha_words_clear(att_cha_words *words);

/* tier: what stands behind the label, with its continuation lines. False: no memory. */
bool att_cha_words_read(att_cha_words *words, att_span tier);

#endif
