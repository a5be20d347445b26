/* Who refers to what in a QDA project, resolved when all of it is known. For read/qde.c. */
#ifndef ATT_READ_QDE_REFS_H
#define ATT_READ_QDE_REFS_H

#include "read/qde.h"

typedef enum {
    ATT_QDE_CASE_SELECTION, /* from a case to a passage */
    ATT_QDE_CASE_CODE,      /* from a case to the code that its passages are coded with */
    ATT_QDE_CASE_SOURCE,    /* from a case to a source as a whole */
    ATT_QDE_CODING,         /* from a selection to a code */
} att_qde_ref_kind;

typedef struct {
    att_qde_ref_kind kind;
    size_t from; /* a case, or a selection */
    att_span to;
} att_qde_ref;

typedef struct {
    att_span guid;
    att_span name;
} att_qde_variable;

/* A zeroed one is empty. Guids are not copied. */
typedef struct {
    att_qde_ref *items;
    size_t count, capacity;
    att_qde_variable *variables;
    size_t variable_count, variable_capacity;
} att_qde_refs;

void att_qde_refs_clear(att_qde_refs *refs);

/* False: no memory, as in all of these. */
bool att_qde_refs_add(att_qde_refs *refs, att_qde_ref_kind kind, size_t from, att_span to);
bool att_qde_refs_name(att_qde_refs *refs, att_arena *arena, att_span variable, att_span name);

/* Sets the owners of selections and sources (the first case that claims a selection has it), and the names of values;
 * refs are in no order afterwards. */
bool att_qde_refs_resolve(att_qde_refs *refs, att_qde *project);

#endif
