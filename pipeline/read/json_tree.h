/* JSON, parsed: the values of a text as one flat array in the order in which they begin. The only place that knows the
 * JSON library (yajl), which reads; what it finds is put down here at 32 bytes a value, strings where they stand in the
 * text unless something in them is escaped.
 *
 * Beside JSON is read what programs write that think they write JSON: NaN and Infinity (as null), bytes that are not
 * UTF-8 and halves of surrogate pairs (as U+FFFD). Of members with the same name the last one counts. */
#ifndef ATT_READ_JSON_TREE_H
#define ATT_READ_JSON_TREE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "read/scan.h"

#include <attune/error.h>

/* Levels of nesting; no transcript comes near. */
#define ATT_JSON_DEEPEST 2048

typedef enum {
    ATT_JSON_NULL,
    ATT_JSON_FALSE,
    ATT_JSON_TRUE,
    ATT_JSON_INTEGER, /* fits in 64 bits */
    ATT_JSON_REAL,    /* fits in a double */
    ATT_JSON_STRING,
    ATT_JSON_ARRAY,
    ATT_JSON_OBJECT,
} att_json_kind;

/* A value. Text and names are not NUL-terminated; they last as long as the tree and the text it was made from. */
typedef struct {
    const char *name; /* of a member of an object */
    const char *text; /* of a string, decoded; of a number or a boolean, as it is written */
    uint32_t name_size;
    uint32_t size;   /* bytes of text; values in an array or an object */
    uint32_t values; /* in all, itself and those inside it: the next one begins behind them */
    att_json_kind kind;
} att_json_value;

typedef enum {
    ATT_JSON_FINE,
    ATT_JSON_MEMORY,
    ATT_JSON_DEEP,     /* nested more than ATT_JSON_DEEPEST levels */
    ATT_JSON_CUT,      /* ends before it is complete */
    ATT_JSON_FOLLOWED, /* something follows the value */
    ATT_JSON_HUGE,     /* a number that is too large */
    ATT_JSON_MANY,     /* too many values, or more than 2 GiB of text */
    ATT_JSON_WRONG,    /* no JSON, as the message says */
} att_json_fault;

/* A zeroed one is empty. */
typedef struct {
    bool shallow; /* keep of an array only its first value */
    size_t most;  /* values; 0: any number */
    att_json_value *values;
    size_t count, capacity;
    att_arena decoded;   /* strings that were escaped */
    att_buffer repaired; /* the text, where it had to be mended */
    bool mended;         /* it was */
    const att_scan *scan;
    struct att_json_builder *builder;
    uint64_t ill_formed; /* sequences that were not UTF-8, over all texts */
    /* Of the last fault. */
    uint64_t line, column; /* from 1; 0: not known */
    char message[128];
} att_json_tree;

/* Reads a text in place of the one before; *root is valid until the next. */
att_json_fault att_json_tree_read(att_json_tree *tree, att_span text, const att_json_value **root);
void att_json_tree_clear(att_json_tree *tree);

/* ---- Values. All take NULL and values of the wrong kind for "not there". */

const att_json_value *att_json_get(const att_json_value *object, att_span name);
static inline const att_json_value *att_json_member(const att_json_value *object, const char *name)
{
    return att_json_get(object, att_span_of(name));
}

/* The values of an array, or the members of an object (of those with the same name all); NULL: no more. */
static inline const att_json_value *att_json_begin(const att_json_value *in, att_json_kind kind)
{
    return in && in->kind == kind && in->values > 1 ? in + 1 : NULL;
}
static inline const att_json_value *att_json_end(const att_json_value *in)
{
    return in ? in + in->values : NULL;
}
static inline const att_json_value *att_json_step(const att_json_value *value, const att_json_value *end)
{
    return value + value->values < end ? value + value->values : NULL;
}
static inline const att_json_value *att_json_next(const att_json_value *in, const att_json_value *value)
{
    return att_json_step(value, att_json_end(in));
}
/* NOLINTBEGIN(bugprone-macro-parentheses): a name that is declared */
#define ATT_JSON_EACH(value, array)                                                                                    \
    for (const att_json_value *value = att_json_begin(array, ATT_JSON_ARRAY), *value##_end = att_json_end(array);      \
         value; value = att_json_step(value, value##_end))
#define ATT_JSON_EACH_MEMBER(value, object)                                                                            \
    for (const att_json_value *value = att_json_begin(object, ATT_JSON_OBJECT), *value##_end = att_json_end(object);   \
         value; value = att_json_step(value, value##_end))
/* NOLINTEND(bugprone-macro-parentheses) */
static inline const att_json_value *att_json_first(const att_json_value *array)
{
    return att_json_begin(array, ATT_JSON_ARRAY);
}
const att_json_value *att_json_last(const att_json_value *array);

static inline bool att_json_is(const att_json_value *value, att_json_kind kind)
{
    return value && value->kind == kind;
}
static inline bool att_json_is_number(const att_json_value *value)
{
    return att_json_is(value, ATT_JSON_INTEGER) || att_json_is(value, ATT_JSON_REAL);
}
/* How many values are in an array. */
static inline size_t att_json_size(const att_json_value *array)
{
    return att_json_is(array, ATT_JSON_ARRAY) ? array->size : 0;
}
double att_json_number(const att_json_value *value); /* 0: it is none */
/* A number with up to 15 digits, as few as there are: "1.5", "1", "1e+20". */
enum { ATT_JSON_NUMBER_ROOM = 32 };
void att_json_number_text(const att_json_value *value, char text[ATT_JSON_NUMBER_ROOM]);
/* The same kind and content; of objects, in the same order. */
bool att_json_equal(const att_json_value *a, const att_json_value *b);

#endif
