/* Elements that need no pattern matcher: whole tokens, beginnings and endings, by hash. Private to the match stage. */
#ifndef ATT_MATCH_TEXTS_H
#define ATT_MATCH_TEXTS_H

#include <attune/span.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum { ATT_WHOLE, ATT_BEGINNING, ATT_ENDING, ATT_PARTS } att_part;

typedef struct {
    att_span text;
    uint32_t id;
    uint32_t hash; /* of text and kind */
    uint8_t kind;  /* ATT_PARTS * exact + part */
    bool used;
} att_text_slot;

/* Texts of both cases (folded, exact). A zeroed one is empty. The texts are not copied.
 *
 * lengths: for beginnings by their first byte, for endings by their last, the lengths that there are: bit n for n
 * bytes, bit 63 for 63 and more, up to `longest`. So a token asks only for what may be there, and of that it is mostly
 * the filter that says no. */
typedef struct {
    att_text_slot *slots;
    size_t slot_count;
    size_t count;
    uint64_t *filter; /* one bit a hash, 16 bits a slot: not set, no text has that hash */
    uint64_t lengths[2 * ATT_PARTS][256];
    size_t longest[2 * ATT_PARTS];
} att_texts;

/* The same text may be added for several ids. false: no memory. */
bool att_texts_add(att_texts *texts, att_part part, bool exact, att_span text, uint32_t id);
void att_texts_clear(att_texts *texts);

/* Calls found for every text that the token is, begins or ends with. Stops and returns false when found does. */
bool att_texts_find(const att_texts *texts, att_span token, bool exact, bool (*found)(void *context, uint32_t id),
                    void *context);

#endif
