#include "read/json_tree.h"

#include "base/utf8.h"
#include "read/json_mend.h"
#include "read/json_number.h"

#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

/* Whole numbers of up to so many bytes fit. */
enum { PLAIN_INTEGER = 18 };

/* While a value is open, `values` holds the place of the one around it. */
#define NOWHERE UINT32_MAX

/* What is known while a text is read. The parser is kept for the next text: to make one takes as long as to read a
 * short line. */
struct att_json_builder {
    yajl_handle parser;
    att_json_tree *tree;
    att_span text;
    uint32_t inside;  /* the array or object that is open */
    unsigned depth;   /* of all that are open */
    unsigned skipped; /* of them, those in an array that are not kept */
    bool complete;    /* the value is there, whatever follows: */
    size_t end;       /* it ends here */
    bool ended;       /* there is no more text */
    const char *name;
    uint32_t name_size;
    att_json_fault fault;
};

typedef struct att_json_builder builder;

static void drop(att_json_tree *tree)
{
    if (tree->builder && tree->builder->parser)
        yajl_free(tree->builder->parser);
    free(tree->builder);
    tree->builder = NULL;
}

void att_json_tree_clear(att_json_tree *tree)
{
    drop(tree);
    free(tree->values);
    att_arena_clear(&tree->decoded);
    att_buffer_clear(&tree->repaired);
    *tree = (att_json_tree){.count = 0};
}

/* ---- what the parser finds ---- */

static bool fails(builder *b, att_json_fault fault)
{
    b->fault = fault;
    return false;
}

/* Text that the parser has put together itself does not last. */
static const char *keep(builder *b, const char *text, size_t size)
{
    uintptr_t at = (uintptr_t)text, from = (uintptr_t)b->text.text;

    if (!size)
        return "";
    return at >= from && at - from < b->text.size ? text : att_arena_copy(&b->tree->decoded, (att_span){text, size});
}

/* Is a value that begins here kept? */
static bool is_kept(const builder *b)
{
    if (b->skipped)
        return false;
    if (!b->tree->shallow || b->inside == NOWHERE)
        return true;
    const att_json_value *in = &b->tree->values[b->inside];
    return in->kind != ATT_JSON_ARRAY || in->size == 0;
}

static void complete(builder *b)
{
    b->complete = true;
    if (!b->ended)
        b->end = yajl_get_bytes_consumed(b->parser);
}

static bool add(builder *b, att_json_kind kind, const char *text, size_t size)
{
    att_json_tree *tree = b->tree;

    if (b->depth == 0 && b->complete)
        return fails(b, ATT_JSON_FOLLOWED);
    if (b->depth == ATT_JSON_DEEPEST)
        return fails(b, ATT_JSON_DEEP);
    if (!is_kept(b)) {
        b->name = NULL;
        b->name_size = 0;
        return true;
    }
    if (tree->most && tree->count == tree->most)
        return fails(b, ATT_JSON_MANY);
    if (!att_grow(&tree->values, &tree->capacity, tree->count + 1, sizeof *tree->values))
        return fails(b, ATT_JSON_MEMORY);
    if (b->inside != NOWHERE)
        tree->values[b->inside].size++;
    tree->values[tree->count++] = (att_json_value){b->name, text, b->name_size, (uint32_t)size, 1, kind};
    if (b->depth == 0)
        complete(b);
    b->name = NULL;
    b->name_size = 0;
    return true;
}

static int take_null(void *context)
{
    return add(context, ATT_JSON_NULL, NULL, 0);
}

static int take_boolean(void *context, int value)
{
    return value ? add(context, ATT_JSON_TRUE, "true", 4) : add(context, ATT_JSON_FALSE, "false", 5);
}

enum { WHOLE, FRACTION, EXPONENT };

static int form_of(const char *text, size_t size)
{
    int form = WHOLE;

    for (size_t i = 0; i < size && form < EXPONENT; i++) {
        if (text[i] == '.')
            form = FRACTION;
        else if ((text[i] | 0x20) == 'e')
            form = EXPONENT;
    }
    return form;
}

/* Does it fit in a double? A long one is written anew, so that all numbers are short. */
static bool add_unusual(builder *b, const char *text, size_t size)
{
    char short_text[ATT_JSON_NUMBER_ROOM];
    const char *copy = att_arena_copy(&b->tree->decoded, (att_span){text, size});
    double number;

    if (!copy)
        return fails(b, ATT_JSON_MEMORY);
    if (!att_json_convert(copy, &number))
        return fails(b, ATT_JSON_HUGE);
    if (size < ATT_JSON_NUMBER_ROOM)
        return add(b, ATT_JSON_REAL, copy, size);
    att_json_print(number, 17, short_text);
    copy = att_arena_copy(&b->tree->decoded, att_span_of(short_text));
    return copy ? add(b, ATT_JSON_REAL, copy, strlen(copy)) : fails(b, ATT_JSON_MEMORY);
}

static bool fits_integer(const char *text, size_t size)
{
    bool minus = *text == '-';
    size_t digits = size - minus;

    return digits < 19 ||
           (digits == 19 && memcmp(text + minus, minus ? "9223372036854775808" : "9223372036854775807", 19) <= 0);
}

static int take_number(void *context, const char *text, size_t size)
{
    builder *b = context;
    int form = form_of(text, size);

    if (form == WHOLE) {
        if (size > PLAIN_INTEGER && !fits_integer(text, size))
            return fails(b, ATT_JSON_HUGE);
        if (size == 2 && memcmp(text, "-0", 2) == 0)
            return add(b, ATT_JSON_INTEGER, "0", 1);
        text = keep(b, text, size);
        return text ? add(b, ATT_JSON_INTEGER, text, size) : fails(b, ATT_JSON_MEMORY);
    }
    if (size >= ATT_JSON_NUMBER_ROOM || form == EXPONENT)
        return add_unusual(b, text, size);
    text = keep(b, text, size);
    return text ? add(b, ATT_JSON_REAL, text, size) : fails(b, ATT_JSON_MEMORY);
}

static int take_string(void *context, const unsigned char *text, size_t size)
{
    builder *b = context;
    const char *kept = is_kept(b) ? keep(b, (const char *)text, size) : "";

    return kept ? add(b, ATT_JSON_STRING, kept, size) : fails(b, ATT_JSON_MEMORY);
}

static int take_name(void *context, const unsigned char *text, size_t size)
{
    builder *b = context;

    b->name = b->skipped ? "" : keep(b, (const char *)text, size);
    b->name_size = (uint32_t)size;
    return b->name || fails(b, ATT_JSON_MEMORY);
}

static bool begin(builder *b, att_json_kind kind)
{
    bool kept = is_kept(b);

    if (!add(b, kind, NULL, 0))
        return false;
    b->depth++;
    b->complete = false;
    if (!kept) {
        b->skipped++;
        return true;
    }
    uint32_t place = (uint32_t)(b->tree->count - 1);
    b->tree->values[place].values = b->inside;
    b->inside = place;
    return true;
}

static int begin_object(void *context)
{
    return begin(context, ATT_JSON_OBJECT);
}

static int begin_array(void *context)
{
    return begin(context, ATT_JSON_ARRAY);
}

static int end(void *context)
{
    builder *b = context;

    b->depth--;
    if (b->skipped) {
        b->skipped--;
        return 1;
    }
    att_json_value *value = &b->tree->values[b->inside];
    uint32_t place = b->inside;
    b->inside = value->values;
    value->values = (uint32_t)(b->tree->count - place);
    if (b->depth == 0)
        complete(b);
    return 1;
}

/* ---- a text ---- */

/* Where it went wrong: behind so many bytes. */
static void locate(att_json_tree *tree, att_span text, size_t at)
{
    const char *line = text.text, *next;

    at = at < text.size ? at : text.size;
    tree->line = 1;
    while ((next = memchr(line, '\n', at - (size_t)(line - text.text))) != NULL) {
        line = next + 1;
        tree->line++;
    }
    tree->column = att_utf8_count(line, at - (size_t)(line - text.text));
}

/* The parser's own words, without its "parse error: " and the end of the line. */
static void say(att_json_tree *tree, yajl_handle parser)
{
    unsigned char *error = yajl_get_error(parser, 0, NULL, 0);
    const char *words = error ? (const char *)error : "";
    const char *colon = strstr(words, "error: ");

    words = colon ? colon + strlen("error: ") : words;
    size_t size = strcspn(words, "\n");
    while (size && words[size - 1] == '.')
        size--;
    size = size < sizeof tree->message ? size : sizeof tree->message - 1;
    memcpy(tree->message, words, size);
    tree->message[size] = '\0';
    if (error)
        yajl_free_error(parser, error);
}

static const yajl_callbacks callbacks = {.yajl_null = take_null,
                                         .yajl_boolean = take_boolean,
                                         .yajl_number = take_number,
                                         .yajl_string = take_string,
                                         .yajl_start_map = begin_object,
                                         .yajl_map_key = take_name,
                                         .yajl_end_map = end,
                                         .yajl_start_array = begin_array,
                                         .yajl_end_array = end};

/* Does anything follow the value? The parser does not mind the beginning of a string there. */
static bool is_followed(const builder *b)
{
    for (size_t at = b->end; at < b->text.size; at++) {
        char c = b->text.text[at];
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
            return true;
    }
    return false;
}

static att_json_fault fault_of(const builder *b, yajl_status status)
{
    if (b->fault)
        return b->fault;
    if (b->complete)
        return status != yajl_status_ok || is_followed(b) ? ATT_JSON_FOLLOWED : ATT_JSON_FINE;
    return b->ended ? ATT_JSON_CUT : ATT_JSON_WRONG;
}

/* A parser at the beginning of a text. */
static builder *ready(att_json_tree *tree, att_span text)
{
    builder *b = tree->builder ? tree->builder : calloc(1, sizeof *b);

    if (!b)
        return NULL;
    tree->builder = b;
    yajl_handle parser = b->parser ? b->parser : yajl_alloc(&callbacks, NULL, b);
    if (parser && !b->parser) {
        yajl_config(parser, yajl_dont_validate_strings, 1); /* it has been looked at */
        yajl_config(parser, yajl_allow_multiple_values, 1); /* those of the next text */
    }
    *b = (builder){.parser = parser, .tree = tree, .text = text, .inside = NOWHERE, .end = text.size};
    return parser ? b : NULL;
}

static att_json_fault parse(att_json_tree *tree, att_span text)
{
    builder *b = ready(tree, text);

    if (!b)
        return ATT_JSON_MEMORY;
    tree->count = 0;
    tree->message[0] = '\0';
    att_arena_reset(&tree->decoded);
    yajl_status status = yajl_parse(b->parser, (const unsigned char *)text.text, text.size);
    size_t at = yajl_get_bytes_consumed(b->parser);
    bool over = status == yajl_status_ok && b->complete && !is_followed(b);
    if (status == yajl_status_ok && !over) {
        at = text.size;
        b->ended = true;
        status = yajl_complete_parse(b->parser);
    }
    att_json_fault fault = fault_of(b, status);
    if (fault) {
        say(tree, b->parser);
        locate(tree, text, at);
    }
    if (!over)
        drop(tree);
    return fault;
}

att_json_fault att_json_tree_read(att_json_tree *tree, att_span text, const att_json_value **root)
{
    att_json_fault fault;

    *root = NULL;
    tree->mended = false;
    if (text.size > INT32_MAX)
        return ATT_JSON_MANY;
    if (!tree->scan)
        tree->scan = att_scan_choose();
    fault = att_json_is_sound(tree->scan, text) ? parse(tree, text) : ATT_JSON_WRONG;
    if (fault == ATT_JSON_WRONG) {
        tree->mended = true;
        if (!att_json_mend(&tree->repaired, text, &tree->ill_formed))
            return ATT_JSON_MEMORY;
        fault = parse(tree, (att_span){tree->repaired.size ? tree->repaired.data : "", tree->repaired.size});
    }
    if (!fault)
        *root = tree->values;
    return fault;
}

/* ---- values ---- */

/* The first letter tells most names of a size apart without a call. */
static bool is_named(const att_json_value *member, att_span name)
{
    return member->name_size == name.size &&
           (!name.size || (*member->name == *name.text && memcmp(member->name, name.text, name.size) == 0));
}

const att_json_value *att_json_get(const att_json_value *object, att_span name)
{
    const att_json_value *found = NULL;

    ATT_JSON_EACH_MEMBER(member, object)
    {
        if (is_named(member, name))
            found = member;
    }
    return found;
}

const att_json_value *att_json_last(const att_json_value *array)
{
    const att_json_value *last = NULL;

    ATT_JSON_EACH(value, array)
    {
        last = value;
    }
    return last;
}

double att_json_number(const att_json_value *value)
{
    char text[ATT_JSON_NUMBER_ROOM];
    double number = 0;

    if (!att_json_is_number(value) || value->size >= sizeof text)
        return 0;
    memcpy(text, value->text, value->size);
    text[value->size] = '\0';
    (void)att_json_convert(text, &number);
    return number;
}

void att_json_number_text(const att_json_value *value, char text[ATT_JSON_NUMBER_ROOM])
{
    text[0] = '\0';
    if (att_json_is(value, ATT_JSON_REAL)) {
        att_json_print(att_json_number(value), 15, text);
    } else if (att_json_is(value, ATT_JSON_INTEGER) && value->size < ATT_JSON_NUMBER_ROOM) {
        memcpy(text, value->text, value->size);
        text[value->size] = '\0';
    }
}

bool att_json_equal(const att_json_value *a, const att_json_value *b)
{
    if (!a || !b || a->values != b->values)
        return a == b;
    for (size_t i = 0; i < a->values; i++) {
        const att_json_value *one = &a[i], *other = &b[i];
        bool named = i > 0;
        if (one->kind != other->kind || one->values != other->values)
            return false;
        if (named && !att_span_equal((att_span){one->name, one->name_size}, (att_span){other->name, other->name_size}))
            return false;
        if (one->kind == ATT_JSON_REAL
                ? att_json_number(one) != att_json_number(other)
                : one->kind < ATT_JSON_ARRAY &&
                      !att_span_equal((att_span){one->text, one->size}, (att_span){other->text, other->size}))
            return false;
    }
    return true;
}
