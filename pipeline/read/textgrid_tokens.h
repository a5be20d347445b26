/* The values in a text file of Praat. Between them may stand anything ("xmin =", "intervals [1]:"), which is what makes
 * the long form out of the short one: only strings in double quotes, numbers that stand free between white space, and
 * flags in angle brackets count. A `!` begins a comment, up to the end of its line. */
#ifndef ATT_READ_TEXTGRID_TOKENS_H
#define ATT_READ_TEXTGRID_TOKENS_H

#include <attune/span.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum {
    ATT_PRAAT_END,
    ATT_PRAAT_STRING,
    ATT_PRAAT_NUMBER,
    ATT_PRAAT_FLAG,
    ATT_PRAAT_OPEN /* a string that never ends */
} att_praat_kind;

typedef struct {
    att_praat_kind kind;
    att_span text; /* of a string between its quotes, where "" stands for one quote; of a flag without brackets */
    bool doubled;  /* there are such doubled quotes in it */
    double number;
    uint64_t line; /* on which it begins, 1-based */
} att_praat_token;

typedef struct {
    att_span content;
    size_t at;
    uint64_t line;
} att_praat_reader;

void att_praat_open(att_praat_reader *reader, att_span content);
att_praat_token att_praat_next(att_praat_reader *reader);

#endif
