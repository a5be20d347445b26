/* Which tiers of a TextGrid hold speech, by their names. */
#ifndef ATT_READ_TEXTGRID_TIERS_H
#define ATT_READ_TEXTGRID_TIERS_H

#include "read/format.h"

#include <attune/error.h>

/* A file with more is refused. */
#define ATT_TEXTGRID_TIERS 1000

typedef struct {
    att_span name;
    bool points; /* a TextTier */
    bool speech; /* chosen */
} att_textgrid_tier;

/* Sets `speech`: by the globs of the options; without any, all interval tiers but those that annotate others. An error
 * where none is left and there are tiers. */
att_status att_textgrid_choose(att_textgrid_tier *tiers, size_t count, const att_read_options *options,
                               const char *file, att_error *error);

#endif
