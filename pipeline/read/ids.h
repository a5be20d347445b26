/* Finding things by the id that a file gives them (time slots, speakers, annotations). A zeroed one is empty. */
#ifndef ATT_READ_IDS_H
#define ATT_READ_IDS_H

#include <attune/span.h>
#include <stdbool.h>
#include <stddef.h>

#define ATT_NO_ID SIZE_MAX

typedef struct {
    struct att_id *items;
    size_t count;
    size_t capacity;
    bool sorted;
} att_id_list;

void att_id_list_clear(att_id_list *ids);
/* The id is not copied. false: no memory. */
bool att_id_list_add(att_id_list *ids, att_span id, size_t index);
/* All are to be added before the first is looked for. The first index of those added with an id stands. */
size_t att_id_list_find(att_id_list *ids, att_span id); /* ATT_NO_ID: there is none */

#endif
