/* Zip archives for tests: word processor files and QDA projects, made from their members. */
#ifndef TEST_PACKAGES_H
#define TEST_PACKAGES_H

#include "read/format.h"

typedef struct {
    const char *name;
    att_span content;
} test_member;

/* A zip archive of the members, in their order; the caller frees the text. stored: not compressed. */
att_span test_zip(const test_member *members, size_t count, bool stored);

/* A Word document whose body is this; an OpenDocument text whose office:text is this, with these automatic styles. */
att_span test_docx(const char *body, const char *styles);
att_span test_odt(const char *text, const char *automatic_styles);

/* The content of a file, for the caller to free; text NULL: there is none. */
att_span test_file(const char *folder, const char *name);

/* Fails unless the format makes these turns of the content, which is freed. */
void expect_package(const att_format *format, att_span content, const att_read_options *options, const char *turns);

/* Calls check(FOLDER/NAME) for each folder in it, and fails where there are fewer than `least`. */
void each_case(const char *folder, size_t least, void (*check)(const char *path));

#endif
