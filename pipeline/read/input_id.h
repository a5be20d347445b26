/* The id of a transcript: its path below the folder that was named, or its file name, without extensions. */
#ifndef ATT_READ_INPUT_ID_H
#define ATT_READ_INPUT_ID_H

#include <stdbool.h>

/* The id for a path relative to where ids begin, in a fresh string to be freed; NULL: no memory. Extensions that are
 * known for transcripts go ("a/b.txt.gz" gives "a/b"); others stay ("1955.102-t02.txt" gives "1955.102-t02"). */
char *att_input_id(const char *relative);

/* Is this file, found beside transcripts, one that is obviously none (a spreadsheet, a script, a picture, a recording)?
 * By its extension, behind which may stand that of a compression. */
bool att_input_is_other(const char *name);
/* May it be one as well as something else, such as a table? */
bool att_input_is_doubtful(const char *name);

/* Is it an archive by its name (zip, tar, tar.gz, tgz, ...)? */
bool att_input_is_archive(const char *name);
/* May it be one? Not where the name is that of a transcript, which may be a zip by its make (docx). */
bool att_input_may_be_archive(const char *name);

#endif
