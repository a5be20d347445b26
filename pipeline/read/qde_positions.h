/* Positions in the text of a QDA source: from code points to bytes. */
#ifndef ATT_READ_QDE_POSITIONS_H
#define ATT_READ_QDE_POSITIONS_H

#include "read/qde.h"

/* A passage in bytes. */
typedef struct {
    size_t start;
    size_t end;
    size_t owner;
} att_passage;

/* The passages of the selections. Programs count a line end (CR LF in the file, or one that was CR LF once) as one
 * character or as two; it is taken to be what lets more passages begin and end at words and lines, in doubt what
 * stands in the text. Positions beyond the text are its end. The result has as many items as there are selections, in
 * their order, and is the caller's to free; NULL: no memory. */
att_passage *att_qde_passages(const att_qde_selection *selections, size_t count, att_span text);

#endif
