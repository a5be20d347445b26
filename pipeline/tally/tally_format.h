/* What the writer and the reader of tallies.att agree on (docs/tally-file.md). */
#ifndef ATT_TALLY_TALLY_FORMAT_H
#define ATT_TALLY_TALLY_FORMAT_H

#include <stddef.h>
#include <stdint.h>

/* The eighth byte is the version. */
#define ATT_TALLY_MAGIC "ATTALLY"
enum { ATT_TALLY_MAGIC_SIZE = 7, ATT_TALLY_TAG = 4, ATT_TALLY_HEAD = 12, ATT_TALLY_CHECK = 8 };

#define ATT_TALLY_SCHEME     "SCHM"
#define ATT_TALLY_SAID       "SAID"
#define ATT_TALLY_TRANSCRIPT "TRNS"
#define ATT_TALLY_DATE       "DATE"
#define ATT_TALLY_END        "ENDS"

/* Limits of the reader: what is beyond them is damage, not data. */
#define ATT_TALLY_CHUNK_LIMIT   (UINT64_C(1) << 30) /* bytes */
#define ATT_TALLY_NODE_LIMIT    (UINT32_C(1) << 20)
#define ATT_TALLY_LEXICON_LIMIT 10000u

#endif
