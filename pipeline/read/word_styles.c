#include "read/word_styles.h"

#include "base/buffer.h"
#include "base/glob.h"

#include <stdlib.h>
#include <strings.h>

enum { NAME_MOST = 256, NAMES_SHOWN = 12, NAMES_LOOKED_AT = 4096 };

void att_word_styles_clear(att_word_styles *styles)
{
    att_arena_clear(&styles->arena);
    free(styles->items);
    *styles = (att_word_styles){0};
}

static att_span lower(char *to, att_span text)
{
    size_t size = text.size < NAME_MOST ? text.size : NAME_MOST;

    for (size_t i = 0; i < size; i++)
        to[i] = text.text[i] >= 'A' && text.text[i] <= 'Z' ? (char)(text.text[i] + 32) : text.text[i];
    return (att_span){to, size};
}

static bool is_wanted(const att_word_styles *styles, att_span name)
{
    char wanted[NAME_MOST], given[NAME_MOST];

    return name.size && att_glob_matches(lower(wanted, att_span_of(styles->wanted)), lower(given, name));
}

static int by_id(const void *a, const void *b)
{
    const att_word_style *x = a;
    const att_word_style *y = b;

    return att_span_compare(x->id, y->id);
}

static att_word_style *find(att_word_styles *styles, att_span id)
{
    att_word_style key = {.id = id};

    if (!styles->count)
        return NULL;
    if (!styles->settled)
        qsort(styles->items, styles->count, sizeof *styles->items, by_id);
    styles->settled = true;
    return bsearch(&key, styles->items, styles->count, sizeof *styles->items, by_id);
}

bool att_word_styles_add(att_word_styles *styles, att_span id, att_span name, att_span parent)
{
    att_word_style style = {.label = is_wanted(styles, id) || is_wanted(styles, name) || is_wanted(styles, parent)};

    if (!att_arena_keep(&styles->arena, &style.id, id) ||
        !att_arena_keep(&styles->arena, &style.name, name.size ? name : id) ||
        !att_arena_keep(&styles->arena, &style.parent, parent) ||
        !att_grow(&styles->items, &styles->capacity, styles->count + 1, sizeof style))
        return false;
    styles->items[styles->count++] = style;
    styles->settled = false;
    return true;
}

bool att_word_styles_use(att_word_styles *styles, att_span id)
{
    att_word_style *style = find(styles, id);
    att_word_style *parent = style && style->parent.size ? find(styles, style->parent) : NULL;

    if (!style)
        return is_wanted(styles, id);
    (parent ? parent : style)->used = true;
    return style->label || (parent && parent->label);
}

static bool was_named(const att_word_styles *styles, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (styles->items[i].used && att_span_equal(styles->items[i].name, styles->items[index].name))
            return true;
    return false;
}

att_status att_word_styles_fail(const att_word_styles *styles, const char *file, att_error *error)
{
    att_buffer names = {0};
    size_t shown = 0;
    att_status status;

    for (size_t i = 0; i < styles->count && i < NAMES_LOOKED_AT && shown < NAMES_SHOWN; i++) {
        if (!styles->items[i].used || was_named(styles, i))
            continue;
        att_buffer_text(&names, shown++ ? ", " : "its styles are ");
        att_buffer_span(&names, styles->items[i].name);
    }
    if (!shown)
        att_buffer_text(&names, "it uses no styles");
    status = att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                      "has no text in the style '%s' (%s); name the style of its labels with --speaker-style, or leave "
                      "the option out",
                      styles->wanted, names.data && !names.failed ? names.data : "");
    att_buffer_clear(&names);
    return status;
}
