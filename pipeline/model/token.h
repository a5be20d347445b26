/* The token stream: what the tokeniser makes of a turn and the matcher reads. */
#ifndef ATT_MODEL_TOKEN_H
#define ATT_MODEL_TOKEN_H

#include <stddef.h>
#include <stdint.h>

/* What stands between two tokens, one bit a class; several may be set. A quotation mark opens when it touches the
 * token behind it but not the one before, closes in the opposite case, and does both otherwise: the shape is not
 * looked at, because languages disagree (“…”, „…“, ”…”, »…«) and typists more so. */
enum {
    ATT_GAP_SPACE = 1 << 0,    /* any white space; without it the tokens touch or share a hyphen or the like */
    ATT_GAP_SENTENCE = 1 << 1, /* . ! ? … and their relatives in other scripts */
    ATT_GAP_CLAUSE = 1 << 2,   /* , ; : a dash between spaces, an em dash */
    ATT_GAP_QUOTE_OPEN = 1 << 3,
    ATT_GAP_QUOTE_CLOSE = 1 << 4,
    ATT_GAP_BRACKET_OPEN = 1 << 5, /* ( [ { and relatives */
    ATT_GAP_BRACKET_CLOSE = 1 << 6,
    ATT_GAP_LINE = 1 << 7, /* a line break */
};

/* The tokens of one turn, in parallel arrays. Owned by whoever made it. gap[i] is the class of the gap before token i,
 * gap[count] of what follows the last one. */
typedef struct {
    uint32_t *type;  /* type id in the vocabulary that read the text */
    uint64_t *note;  /* what the matcher keeps for that type; its own business */
    uint32_t *start; /* first byte in the turn's text */
    uint32_t *end;   /* one past the last */
    uint8_t *gap;    /* count + 1 */
    size_t count;
    size_t capacity; /* tokens that fit */
} att_tokens;

#endif
