/* One glob against one token. */
#ifndef ATT_BASE_GLOB_H
#define ATT_BASE_GLOB_H

#include <attune/span.h>
#include <stdbool.h>

/* `*` is zero or more code points, `?` one; the glob must match the whole token. At worst as many steps as both sizes
 * multiplied. */
bool att_glob_matches(att_span glob, att_span token);

/* Bytes before the first and behind the last wildcard; both 0 where there is none to hold on to. */
size_t att_glob_beginning(att_span glob);
size_t att_glob_ending(att_span glob);

#endif
