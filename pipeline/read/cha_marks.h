/* The signs of CHAT beyond ASCII that stand between, before and inside words: overlaps, pitch, pace and voice of
 * conversation analysis, stress, groups. */
#ifndef ATT_READ_CHA_MARKS_H
#define ATT_READ_CHA_MARKS_H

#include <stdbool.h>
#include <stddef.h>

#define ATT_CHA_BULLET '\x15' /* around times */

/* Bytes of the sign at text[at], at < size; 0: there is none. */
size_t att_cha_mark_size(const char *text, size_t size, size_t at);

/* Of a sign: does it set off a vocative or a tag question? May a number follow that says which overlap it is? */
bool att_cha_mark_is_comma(const char *mark, size_t size);
bool att_cha_mark_is_overlap(const char *mark, size_t size);

#endif
