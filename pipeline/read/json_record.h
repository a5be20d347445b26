/* One line of JSON, an object: its fields by name. */
#ifndef ATT_READ_JSON_RECORD_H
#define ATT_READ_JSON_RECORD_H

#include "read/json_tree.h"

/* A zeroed one is empty. */
typedef struct {
    att_json_tree tree;
    const att_json_value *object;
    att_arena numbers; /* fields whose text is not the source's */
} att_json_record;

void att_json_record_clear(att_json_record *record);

/* Reads a line in place of the one before; it is in use as long as the record. Fails (ATT_BAD_INPUT) where the line is
 * not one object (see json_tree.h), nests too deep, or holds a number that is too large. */
att_status att_json_record_read(att_json_record *record, att_span line, const char *file, uint64_t number,
                                att_error *error);

/* The field with this name; a dot leads into an object ("meta.side"). Size 0: there is none, or it is null or holds
 * more than one value. Valid until the next record; inside the line where it stands there as it is. */
att_status att_json_record_field(att_json_record *record, att_span name, att_span *field, att_error *error);

/* Calls receive for the name of each field that holds one value or null, also of those in objects ("meta.side"), up to
 * `depth` levels deep. False: it has returned false. */
bool att_json_record_names(const att_json_record *record, int depth, bool (*receive)(void *context, const char *name),
                           void *context);

/* Has it an array of objects? Then it is a document of its own and no record. */
bool att_json_record_is_document(const att_json_record *record);

#endif
