/* For the tests of XML formats: cases in folders, and short files. */
#ifndef TEST_XML_CASES_H
#define TEST_XML_CASES_H

#include "read/format.h"

/* Each folder of tests/cases/NAME, NAME being the format's, holds an input of any extension and an expected.turns: what
 * test_turns shows of it. Fails where there are fewer than `least`, or where the format does not know its own. */
void xml_cases_check(const att_format *format, size_t least);

/* Every prefix of every case ends in turns or an error. */
void xml_cases_cut(const att_format *format);

/* What test_turns shows of the file's text; compares it. */
void xml_expect(const att_format *format, const char *text, const att_read_options *options, const char *turns);

/* Reading the text ends in an error that holds this. */
void xml_expect_error(const att_format *format, const char *text, const att_read_options *options, const char *message);

#endif
