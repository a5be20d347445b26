/* Evidence for labels in the probe of a plain-text transcript: which of the things that look like labels are borne out.
 */
#ifndef ATT_READ_EVIDENCE_H
#define ATT_READ_EVIDENCE_H

#include "read/labels.h"

#include <attune/error.h>

/* Words of a label that nothing but its form bears out: at most so many, and so many if they are not those of a name.
 */
#define ATT_LABEL_WORDS       5
#define ATT_LABEL_PLAIN_WORDS 3

typedef struct {
    att_label_form form; /* the transcript's one form; ATT_FORMS: there are no labels */
    bool trusted;        /* the form is established: labels of it that were not seen to recur may count too */
    bool line_by_line;   /* nearly every line is a turn: no text that goes on over several lines */
    bool numbered;       /* every line begins with its number */
    bool capitals;       /* all recurring labels are in capitals */
    bool stamp_lines;    /* lines that hold nothing but a clock time without marks are stamps */
    bool stamps_lead;    /* stamps alone on their lines belong to the label below */
    att_span *labels;    /* that recur, sorted by bytes */
    size_t label_count;
    char *memory; /* of their text */
} att_evidence;

att_status att_evidence_gather(att_evidence *evidence, att_span probe, bool complete, att_error *error);
void att_evidence_clear(att_evidence *evidence);

/* Bytes of a line number ("12", "12.", "12)"), with the blanks before and behind it; 0: the line does not begin with
 * one. */
size_t att_line_number_size(const char *line, size_t size);

/* Is this one of the labels that recur? */
bool att_evidence_holds(const att_evidence *evidence, att_span label);

/* The lines of a probe that can be judged: those of which ATT_LINE_SIGHT bytes are at hand, or all when it is complete.
 * Start with line and next 0. */
typedef struct {
    att_span probe;
    bool complete;
    size_t line; /* where the line begins */
    size_t next;
} att_line_walk;
bool att_line_next(att_line_walk *walk);

#endif
