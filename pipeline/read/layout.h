/* The layout of a plain-text transcript: which line starts open a turn. It is decided once, on the probe, so that every
 * line can then be judged by its own first bytes alone, whichever part of the file is read. docs/formats.md has the
 * rules in words. */
#ifndef ATT_READ_LAYOUT_H
#define ATT_READ_LAYOUT_H

#include "read/format.h"
#include "read/labels.h"

/* A line is judged by this many of its first bytes. */
#define ATT_LINE_SIGHT 1024

typedef struct att_layout att_layout;
att_status att_layout_plan(att_layout **out, att_span probe, bool complete, const char *file,
                           const att_read_options *options, att_error *error);
void att_layout_forget(att_layout *layout); /* NULL is fine */

/* The name of the file, for messages. */
const char *att_layout_file(const att_layout *layout);

/* Before this byte of the transcript, where no label has come yet, paragraphs are turns. UINT64_MAX: throughout. */
uint64_t att_layout_first_label(const att_layout *layout);

/* Does every line begin with its number? Numbers are no speech (att_line_number_size). */
bool att_layout_numbered(const att_layout *layout);

/* Are lines that hold nothing but a clock time stamps? (att_stamp_line) */
bool att_layout_has_stamp_lines(const att_layout *layout);

/* Do stamps alone on their lines belong to the label below? Then a label may begin on the line before its own, and the
 * transcript cannot be read in ranges. */
bool att_layout_stamps_lead(const att_layout *layout);

/* Judges line starts; one a thread. */
typedef struct att_judge att_judge;
att_judge *att_judge_new(const att_layout *layout); /* NULL: no memory */
void att_judge_free(att_judge *judge);              /* NULL is fine */

/* Does the line open a turn with a label? Fills *label when it does. size: ATT_LINE_SIGHT or more from the line's
 * start, less only where the file ends. -1: the speaker expression took too many steps. */
int att_judge_line(att_judge *judge, att_label *label, const char *line, size_t size);

#endif
