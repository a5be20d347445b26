/* Markers: the tree below `markers:`. */
#include "base/nearest.h"
#include "base/utf8.h"
#include "lexicon/draft.h"
#include "model/hit.h"

#include <string.h>
#include <unicode/uchar.h>

static const char *const reserved[] = {"label",  "pole",    "definition", "note",   "source", "entries",
                                       "senses", "markers", "rule",       "within", "tests"};
enum { RESERVED = sizeof reserved / sizeof reserved[0] };
static const char *const listed[] = {"entries", "senses"}; /* lists whose names are mistyped */

static bool is(const att_yaml_node *node, const char *text)
{
    return att_span_equal(node->text, att_span_of(text));
}

static bool is_reserved(const att_yaml_node *key)
{
    for (size_t i = 0; i < RESERVED; i++)
        if (is(key, reserved[i]))
            return true;
    return false;
}

/* Letters of every script with the marks that belong to them, digits, _ and -. */
static bool is_name(att_span text)
{
    for (size_t at = 0; at < text.size;) {
        bool first = at == 0;
        UChar32 c = (UChar32)att_utf8_next(text.text, text.size, &at);
        bool mark = (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
        if (c != '_' && c != '-' && !u_isUAlphabetic(c) && !u_isdigit(c) && !(mark && !first))
            return false;
    }
    return text.size > 0;
}

static att_status refuse_key(att_draft *draft, const att_yaml_node *key, const char *near)
{
    return att_draft_refuse(draft, key,
                            "unknown key '%s'; a marker may hold label, pole, definition, note, source, entries, "
                            "senses, rule, within, tests, markers, and the names of markers below it%s%s%s",
                            att_excerpt_of(key->text).text, near ? "; did you mean '" : "", near ? near : "",
                            near ? "'?" : "");
}

/* Where a marker stands: at the top, beside the keys of its parent, or below the parent's `markers:`. */
typedef enum { AT_TOP, BESIDE_KEYS, BELOW_MARKERS } marker_place;

/* Is this key fit to be a marker's name, and is its value one? Beside its parent's keys a misspelt one of them must not
 * become a marker; below `markers:` no key can be meant. */
static att_status check_name(att_draft *draft, const att_yaml_node *marker, marker_place place)
{
    const att_yaml_node *key = marker->key;
    bool top = place == AT_TOP;

    if (top && is_reserved(key) && !is(key, "pole"))
        return att_draft_refuse(draft, key, "'%s' stands outside a marker; put it below the marker's name, indented",
                                att_excerpt_of(key->text).text);
    if (top && is(key, "pole"))
        return att_draft_refuse(draft, key,
                                "'pole' is the name of the poles' own rows in the results; give the marker another");
    if (place == BELOW_MARKERS && marker->kind == ATT_YAML_SCALAR && !att_yaml_is_blank(marker))
        return att_draft_refuse(draft, marker, "'%s' must be a marker; write its entries as a list below it",
                                att_excerpt_of(key->text).text);
    if (place != BELOW_MARKERS && marker->kind == ATT_YAML_SCALAR &&
        (!att_yaml_is_blank(marker) || att_nearest(key->text, reserved, RESERVED, 2)))
        return refuse_key(draft, key, att_nearest(key->text, reserved, RESERVED, 2));
    if (place != BELOW_MARKERS && marker->kind == ATT_YAML_LIST && att_nearest(key->text, listed, 2, 2))
        return refuse_key(draft, key, att_nearest(key->text, listed, 2, 2));
    if (!is_name(key->text))
        return att_draft_refuse(draft, key,
                                "bad marker name '%s'; use letters, digits, _ and - only (a dot separates the names "
                                "in a path)",
                                att_excerpt_of(key->text).text);
    if (key->text.size > ATT_NAME_BYTES)
        return att_draft_refuse(draft, key, "a marker name of more than 200 bytes; shorten it and use 'label:'");
    return ATT_OK;
}

static att_status read_pole(att_draft *draft, const att_yaml_node *node, att_marker *marker)
{
    att_pole pole = is(node, "technical") ? ATT_TECHNICAL : is(node, "appreciative") ? ATT_APPRECIATIVE : ATT_NO_POLE;

    if (pole == ATT_NO_POLE)
        return att_draft_refuse(draft, node, "bad pole '%s'; write technical or appreciative",
                                att_excerpt_of(node->text).text);
    if (marker->pole != ATT_NO_POLE && marker->pole != pole)
        return att_draft_refuse(draft, node,
                                "the pole of '%s' contradicts the one it has from the marker above; move it out of "
                                "that marker",
                                marker->path);
    marker->pole = pole;
    return ATT_OK;
}

static att_status add_sense(att_draft *draft, const att_yaml_node *node, uint8_t *senses)
{
    for (unsigned i = 0; i < ATT_SENSES; i++) {
        if (node->kind == ATT_YAML_SCALAR && is(node, att_sense_names[i])) {
            *senses = (uint8_t)(*senses | 1u << i);
            return ATT_OK;
        }
    }
    return att_draft_refuse(draft, node, "bad sense '%s'; write used, mentioned, negated or reported",
                            att_excerpt_of(node->text).text);
}

static att_status read_senses(att_draft *draft, const att_yaml_node *node, att_marker *marker)
{
    uint8_t senses = 0;
    att_status status = ATT_OK;

    if (node->kind == ATT_YAML_SCALAR)
        status = add_sense(draft, node, &senses);
    else if (node->kind == ATT_YAML_MAP || node->count == 0)
        status = att_draft_refuse(draft, node, "'senses' must be a list of senses; write it like [used, mentioned]");
    else
        for (const att_yaml_node *item = node->first; item && status == ATT_OK; item = item->next)
            status = add_sense(draft, item, &senses);
    if (status == ATT_OK)
        marker->senses = senses;
    return status;
}

static att_status read_text(att_draft *draft, const att_yaml_node *node, const char **out)
{
    if (node->kind != ATT_YAML_SCALAR)
        return att_draft_refuse(draft, node,
                                "'%s' must be a text; quote it, or, where it is a marker's name, put the marker below "
                                "'markers:'",
                                att_excerpt_of(node->key->text).text);
    if (node->text.size == 0)
        return ATT_OK;
    *out = att_draft_copy(draft, node->text);
    return *out ? ATT_OK : att_fail_memory(draft->error);
}

/* One of the reserved keys but `entries`; others are passed over. */
static att_status read_property(att_draft *draft, const att_yaml_node *value, att_marker *marker)
{
    if (is(value->key, "senses"))
        return read_senses(draft, value, marker);
    if (is(value->key, "label"))
        return read_text(draft, value, &marker->label);
    if (is(value->key, "definition"))
        return read_text(draft, value, &marker->definition);
    if (is(value->key, "note"))
        return read_text(draft, value, &marker->note);
    if (is(value->key, "source"))
        return read_text(draft, value, &marker->source);
    if (!is(value->key, "pole"))
        return ATT_OK;
    const char *text = NULL;
    att_status status = read_text(draft, value, &text);
    return status == ATT_OK ? read_pole(draft, value, marker) : status;
}

static att_status read_entries(att_draft *draft, const att_yaml_node *list, uint32_t marker)
{
    att_status status = ATT_OK;

    draft->markers[marker].first_entry = (uint32_t)draft->entry_count;
    if (att_yaml_is_blank(list))
        return ATT_OK;
    if (list->kind != ATT_YAML_LIST)
        return att_draft_refuse(draft, list, "'entries' must be a list; begin each entry with a dash, below the key");
    for (const att_yaml_node *item = list->first; item && att_draft_goes_on(draft, status); item = item->next) {
        status = att_draft_entry(draft, marker, item);
        if (status == ATT_BAD_INPUT && draft->lenient && !draft->check) {
            att_diagnose(draft->diagnostics, ATT_WARNING, NULL, 0, 0, "%s (left out)", draft->error->message);
            status = ATT_OK;
        }
    }
    draft->markers[marker].entry_count = (uint32_t)draft->entry_count - draft->markers[marker].first_entry;
    return att_draft_goes_on(draft, status) ? ATT_OK : status;
}

static const char *join_path(att_draft *draft, uint32_t parent, const char *name)
{
    att_buffer path = {0};
    const char *copy = NULL;

    if (parent == ATT_NO_NODE)
        return name;
    att_buffer_text(&path, draft->markers[parent].path);
    att_buffer_char(&path, '.');
    att_buffer_text(&path, name);
    if (!path.failed)
        copy = att_draft_copy(draft, (att_span){path.data, path.size});
    att_buffer_clear(&path);
    return copy;
}

/* Adds the marker with what it has from its parent. */
static att_status push_marker(att_draft *draft, uint32_t parent, const att_yaml_node *node)
{
    att_marker marker = {.senses = 1u << ATT_USED,
                         .parent = parent,
                         .line = node->key->line,
                         .column = node->key->column,
                         .first_entry = (uint32_t)draft->entry_count};

    marker.name = att_draft_copy(draft, node->key->text);
    marker.path = marker.name ? join_path(draft, parent, marker.name) : NULL;
    if (!marker.path ||
        !att_grow(&draft->markers, &draft->marker_capacity, draft->marker_count + 1, sizeof *draft->markers))
        return att_fail_memory(draft->error);
    if (parent != ATT_NO_NODE) {
        marker.pole = draft->markers[parent].pole;
        marker.senses = draft->markers[parent].senses;
        marker.depth = draft->markers[parent].depth + 1;
    }
    draft->markers[draft->marker_count++] = marker;
    return ATT_OK;
}

static att_status read_marker(att_draft *draft, uint32_t parent, const att_yaml_node *node, marker_place place);

/* A rule is kept until all markers are known. */
static att_status keep_rule(att_draft *draft, const att_yaml_node *map, uint32_t index)
{
    const att_yaml_node *text = att_yaml_get(map, "rule"), *within = att_yaml_get(map, "within");

    if (!text && within)
        return att_draft_refuse(draft, within->key, "'within' says where a rule holds; there is no 'rule' here");
    if (!text)
        return ATT_OK;
    if (text->kind != ATT_YAML_SCALAR || text->text.size == 0)
        return att_draft_refuse(draft, text, "'rule' must be a text; write it in quotation marks behind the colon");
    if (!(draft->markers[index].rule = att_draft_copy(draft, text->text)) ||
        !att_grow(&draft->pending, &draft->pending_capacity, draft->pending_count + 1, sizeof *draft->pending))
        return att_fail_memory(draft->error);
    draft->pending[draft->pending_count++] = (att_draft_rule){index, text, within};
    return ATT_OK;
}

/* The markers below `markers:`, which may have any name but one that stands beside the keys already. */
static att_status read_children(att_draft *draft, const att_yaml_node *map, const att_yaml_node *children,
                                uint32_t index)
{
    att_status status = ATT_OK;

    if (att_yaml_is_blank(children))
        return ATT_OK;
    if (children->kind != ATT_YAML_MAP)
        return att_draft_refuse(draft, children,
                                "'markers' must hold marker names; write each with a colon and its entries below it");
    for (const att_yaml_node *child = children->first; child && att_draft_goes_on(draft, status); child = child->next) {
        if (!is_reserved(child->key) && att_yaml_get(map, child->key->text.text))
            status = att_draft_refuse(draft, child->key, "the marker '%s' is here twice; put all of it in one place",
                                      att_excerpt_of(child->key->text).text);
        else
            status = read_marker(draft, index, child, BELOW_MARKERS);
    }
    return status;
}

/* What a marker's map holds: first what its children inherit, then entries and children in file order. */
static att_status read_map(att_draft *draft, const att_yaml_node *map, uint32_t index)
{
    att_status status = ATT_OK;

    for (const att_yaml_node *value = map->first; value && att_draft_goes_on(draft, status); value = value->next)
        status = read_property(draft, value, &draft->markers[index]);
    if (att_draft_goes_on(draft, status)) {
        att_status kept = keep_rule(draft, map, index);
        status = status == ATT_OK ? kept : status;
    }
    for (const att_yaml_node *value = map->first; value && att_draft_goes_on(draft, status); value = value->next) {
        if (is(value->key, "entries"))
            status = read_entries(draft, value, index);
        else if (is(value->key, "tests"))
            status = att_draft_marker_tests(draft, value, index);
        else if (is(value->key, "markers"))
            status = read_children(draft, map, value, index);
        else if (!is_reserved(value->key))
            status = read_marker(draft, index, value, BESIDE_KEYS);
    }
    return status;
}

static att_status read_marker(att_draft *draft, uint32_t parent, const att_yaml_node *node, marker_place place)
{
    uint32_t index = (uint32_t)draft->marker_count;
    att_status status = check_name(draft, node, place);

    if (status == ATT_OK)
        status = push_marker(draft, parent, node);
    if (status != ATT_OK || att_yaml_is_blank(node))
        return status;
    return node->kind == ATT_YAML_LIST ? read_entries(draft, node, index) : read_map(draft, node, index);
}

att_status att_draft_markers(att_draft *draft, const att_yaml_node *markers)
{
    att_status status = ATT_OK;

    if (att_yaml_is_blank(markers) || (markers->kind != ATT_YAML_SCALAR && markers->count == 0))
        return att_draft_refuse(draft, markers->key, "'markers' holds nothing; add a marker with its entries below it");
    if (markers->kind != ATT_YAML_MAP)
        return att_draft_refuse(draft, markers,
                                "'markers' must hold marker names; write each with a colon and its entries below it");
    for (const att_yaml_node *marker = markers->first; marker && att_draft_goes_on(draft, status);
         marker = marker->next)
        status = read_marker(draft, ATT_NO_NODE, marker, AT_TOP);
    return att_draft_goes_on(draft, status) ? ATT_OK : status;
}
