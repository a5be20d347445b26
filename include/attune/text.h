/* Text on its way out: made safe and measured for a terminal, or written as a CSV field. Stateless, thread-safe. */
#ifndef ATTUNE_TEXT_H
#define ATTUNE_TEXT_H

#include <attune/span.h>
#include <stdio.h>

/* Makes text harmless for a terminal: every control character (C0, DEL, C1: so that no escape sequence of a transcript
 * is obeyed), every bidirectional override and every ill-formed byte sequence becomes U+FFFD. out has room for
 * ATT_TEXT_CLEAN_SIZE(text.size) bytes; returns how many were written. No NUL is added. */
#define ATT_TEXT_CLEAN_SIZE(size) (3 * (size))
size_t att_text_clean(char *out, att_span text);

/* Columns of a terminal that the text takes: 0 for marks, 2 for wide characters. */
size_t att_text_width(att_span text);

/* The longest beginning or end of the text that fits into so many columns, cut between code points and never before a
 * mark that belongs to the character in front of it. */
att_span att_text_head(att_span text, size_t columns);
att_span att_text_tail(att_span text, size_t columns);

/* Writes one field of comma-separated values (RFC 4180), quoted where it must be; what a spreadsheet would take for a
 * formula gets a leading apostrophe. Write errors stay on the stream. Fails (-1) only without memory. */
int att_text_csv(FILE *stream, att_span field);

#endif
