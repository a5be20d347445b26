/* One line of JSON, an object: its fields by name. The only place that knows the JSON library. */
#ifndef ATT_READ_JSON_RECORD_H
#define ATT_READ_JSON_RECORD_H

#include "base/arena.h"
#include "base/buffer.h"

#include <attune/error.h>
#include <jansson.h>

/* A zeroed one is empty. */
typedef struct {
    json_t *object;
    att_buffer repaired; /* the line, as it was read where it had to be mended */
    att_arena numbers;   /* fields that are no strings, as text */
    uint64_t ill_formed; /* sequences that were not UTF-8, over all records */
} att_json_record;

void att_json_record_clear(att_json_record *record);

/* Reads a line in place of the one before. What many programs write though it is not JSON is read: NaN and Infinity
 * (as null), bytes that are not UTF-8 and halves of surrogate pairs (as U+FFFD). Fails (ATT_BAD_INPUT) where the line
 * is not one object, nests deeper than 2,048 levels, or holds a number that is too large. */
att_status att_json_record_read(att_json_record *record, att_span line, const char *file, uint64_t number,
                                att_error *error);

/* The field with this name; a dot leads into an object ("meta.side"). Size 0: there is none, or it is null or holds
 * more than one value. Valid until the next record. */
att_status att_json_record_field(att_json_record *record, const char *name, att_span *field, att_error *error);

/* Calls receive for the name of each field that holds one value or null, also of those in objects ("meta.side"), up to
 * `depth` levels deep. False: it has returned false. */
bool att_json_record_names(const att_json_record *record, int depth, bool (*receive)(void *context, const char *name),
                           void *context);

/* Has it an array of objects? Then it is a document of its own and no record. */
bool att_json_record_is_document(const att_json_record *record);

#endif
