/* The project file of a REFI-QDA project (REFI-QDA 1.0, Project.xsd): its sources of text, and whom its cases make the
 * speaker of what. Codings of other kinds are passed over. */
#ifndef ATT_READ_QDE_H
#define ATT_READ_QDE_H

#include "base/arena.h"

#include <attune/error.h>
#include <stdbool.h>
#include <stdint.h>

#define ATT_QDE_NOBODY SIZE_MAX

/* Sources of text in a project, at most. */
#define ATT_QDE_SOURCES 20000u

/* A passage of a source, as the program wrote it: 0-based, end-exclusive, in code points. */
typedef struct {
    att_span guid;
    size_t source;
    uint64_t start;
    uint64_t end;
    size_t owner; /* a case, or ATT_QDE_NOBODY */
} att_qde_selection;

typedef struct {
    att_span guid;
    att_span name;
    att_span path;    /* of its plain text; size 0: */
    att_span content; /* the text itself, line ends as \n */
    bool inside;      /* the text is in `content` */
    size_t owner;     /* the one case that it belongs to as a whole, or ATT_QDE_NOBODY */
    size_t owners;
} att_qde_source;

typedef struct {
    att_span guid;
    att_span name;
    bool speaks; /* owns a selection or a source */
} att_qde_case;

typedef struct {
    size_t owner;
    att_span name;
    att_span text;
} att_qde_value;

typedef struct {
    att_arena arena;
    att_span name;
    att_qde_source *sources;
    size_t source_count, source_capacity;
    att_qde_selection *selections; /* in the order of their sources */
    size_t selection_count, selection_capacity;
    att_qde_case *cases;
    size_t case_count, case_capacity;
    att_qde_value *values; /* of variables of cases */
    size_t value_count, value_capacity;
} att_qde;

/* A zeroed project is empty; to be cleared whatever is returned. */
att_status att_qde_read(att_qde *project, att_span xml, const char *file, att_error *error);
void att_qde_clear(att_qde *project);

#endif
