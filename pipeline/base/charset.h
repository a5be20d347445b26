/* Encodings of text formats, by ICU: which one a text is in, and its bytes as UTF-8.
 *
 * Thread safety: a decoder belongs to one thread; the rest has no state. */
#ifndef ATT_BASE_CHARSET_H
#define ATT_BASE_CHARSET_H

#include "base/buffer.h"
#include "base/source.h"

#include <attune/error.h>

/* What an encoding was told by, the surest first. */
typedef enum {
    ATT_CHARSET_TOLD,  /* --encoding */
    ATT_CHARSET_MARK,  /* the byte order mark at its start */
    ATT_CHARSET_NULS,  /* UTF-16: every other byte is NUL */
    ATT_CHARSET_VALID, /* well-formed UTF-8, or nearly so */
    ATT_CHARSET_GUESS, /* statistics */
} att_charset_reason;

typedef struct {
    char name[64]; /* of ICU, which for most is IANA's: "UTF-8", "windows-1251" */
    att_charset_reason reason;
    int confidence; /* of a guess: 0 to 100 */
    bool is_utf8;   /* there is nothing to convert */
} att_charset;

/* ATT_USAGE: there is no encoding of this name. */
att_status att_charset_check(const char *name, att_error *error);

/* The encoding of a text by its first bytes; complete: these are all. told: NULL, or the name that overrules. */
att_status att_charset_choose(att_charset *out, att_span probe, bool complete, const char *told, att_error *error);

/* A text that comes in pieces, as UTF-8. Byte sequences that are none in the encoding become U+FFFD. A byte order mark
 * stays, as U+FEFF. */
typedef struct att_decoder att_decoder;
att_status att_decoder_new(att_decoder **out, const char *charset, att_source *encoded, att_error *error);
att_source *att_decoder_source(att_decoder *decoder);
uint64_t att_decoder_ill_formed(const att_decoder *decoder); /* sequences so far */
void att_decoder_free(att_decoder *decoder);

/* A whole text, appended. */
att_status att_charset_convert(const char *charset, att_span text, att_buffer *out, att_error *error);

#endif
