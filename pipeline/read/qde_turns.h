/* The turns of a source of a QDA project: labels in its text, and its cases. */
#ifndef ATT_READ_QDE_TURNS_H
#define ATT_READ_QDE_TURNS_H

#include "read/document.h"
#include "read/qde.h"

/* A passage of a case is a turn of that case's name, unless labels in the text begin turns inside it: then it is more
 * than one, and the labels have it. What no passage covers is as txt reads it; its labels are `PREFIX/label` where
 * there is a prefix. Where nothing tells who speaks and one case has the source as a whole, it speaks. Marks the cases
 * that do. selections: those of this source. */
att_status att_qde_turns(att_document *document, att_qde *project, const att_qde_source *source, att_span text,
                         att_span prefix, const att_qde_selection *selections, size_t count,
                         const att_read_options *options, const char *file, att_error *error);

#endif
