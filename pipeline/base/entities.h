/* Character references of HTML: &amp; &eacute; &#233; &#xE9;. */
#ifndef ATT_BASE_ENTITIES_H
#define ATT_BASE_ENTITIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of what a reference stands for, at most: two code points. */
#define ATT_ENTITY_MOST 8

/* Reads the reference at text[0], which is `&`: puts what it stands for into out, its length into *out_size, and
 * returns how many bytes it takes; 0: this is no reference, and the `&` stands for itself. Without `closed` the rules
 * are those of HTML ("consume a character reference" in text): some old names need no semicolon, and the longest that
 * fits counts
 * ("&notit;" is "\u00ACit;"). closed: it must end with a semicolon. */
size_t att_entity_read(char out[ATT_ENTITY_MOST], size_t *out_size, const char *text, size_t size, bool closed);

typedef struct {
    const char *name; /* without the semicolon */
    uint32_t first;
    uint32_t second; /* 0: it is one code point */
    bool bare;       /* needs no semicolon */
} att_entity;

/* All names, sorted by bytes. */
extern const att_entity att_entities[];
extern const size_t att_entity_count;

#endif
