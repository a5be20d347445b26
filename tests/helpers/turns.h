/* What a format reads, as text. */
#ifndef TEST_TURNS_H
#define TEST_TURNS_H

#include "read/format.h"

/* All turns, one a line: label|language|start|end|offset|text, with "-" for a time that is not given, \n for a line end
 * inside a field, and "+" behind the text of a piece that goes on. Then the facts, one a line: @label|column|value, and
 * @language and @title where they are said. Where reading fails: "error: ", and the message as the user would see it.
 * step: bytes that the source gives at a time; 0: as many as are asked for. file: the name, also for errors. The result
 * is the caller's to free. */
char *test_turns(const att_format *format, att_span content, const char *file, const att_read_options *options,
                 size_t step);

/* The same of a file on the disk; NULL: there is no such file. */
char *test_turns_of_file(const att_format *format, const char *path, const att_read_options *options);

/* Reads every prefix of content up to `most` bytes, and `some` more that are drawn at random: each must end in turns or
 * an error with a message. */
void test_prefixes(const att_format *format, att_span content, const char *file, size_t most, size_t some);

#endif
