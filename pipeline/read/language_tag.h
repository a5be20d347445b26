/* Languages as files name them ("eng", "en_US", "ger"), as BCP 47 tags ("en", "en-US", "de"). */
#ifndef ATT_READ_LANGUAGE_TAG_H
#define ATT_READ_LANGUAGE_TAG_H

#include <attune/span.h>

#define ATT_TAG_ROOM 64

/* Writes the tag, NUL-terminated, and returns its size; 0: it is no language, or an unknown, no or several ("und",
 * "zxx", "mul", "mis"). */
size_t att_language_tag(char tag[static ATT_TAG_ROOM], att_span name);

#endif
