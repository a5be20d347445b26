/* The token stream: what the tokeniser makes of a turn and the matcher reads. */
#ifndef ATT_MODEL_TOKEN_H
#define ATT_MODEL_TOKEN_H

#include <attune/span.h>
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

/* Not classified yet (att_gaps_classify does). A gap that truly is all classes is classified once more. */
#define ATT_GAP_UNKNOWN 0xFF

/* One turn (or piece of one) among the tokens: [first, first + count) are its own, and the token behind them is the
 * separator. */
typedef struct {
    att_span text; /* borrowed; start and end count from its beginning */
    size_t first;
    size_t count;
} att_token_turn;

/* The tokens of one turn or of several, in parallel arrays. Owned by whoever made it. Behind the tokens of each turn
 * stands a separator, which is no token: it is empty, lies at the text's end and has the note 0, so that nothing
 * matches across it; the last one is at `count`. gap[i] is the class of the gap before token i, that of a separator is
 * the class of what follows the turn's last token. Where it has not been needed yet it is ATT_GAP_UNKNOWN. */
typedef struct {
    uint32_t *type;  /* type id in the vocabulary that read the text */
    uint64_t *note;  /* what the matcher keeps for that type; its own business */
    uint32_t *start; /* first byte in the turn's text */
    uint32_t *end;   /* one past the last */
    uint8_t *gap;
    size_t count;    /* of tokens and separators, but for the last separator: of one turn, its tokens */
    size_t capacity; /* that fit */
    att_token_turn *turns;
    size_t turn_count;
    size_t turn_capacity;
} att_tokens;

#endif
