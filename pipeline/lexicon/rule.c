/* Parsing rules, once all markers are known. */
#include "base/nearest.h"
#include "lexicon/cues.h"
#include "lexicon/draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NO_PART = UINT32_MAX, MOST_PARTS = 1000, MOST_DISTANCE = 1000, MOST_RULES = 1000 };

typedef enum { END, NAME, TEXT, OPEN, CLOSE, BAR, EQUALS, DIFFERS, OTHER } token_kind;

typedef struct {
    token_kind kind;
    att_span text; /* without quotation marks */
} token;

typedef struct {
    att_draft *draft;
    const att_draft_rule *rule;
    att_span text;
    size_t at;
    token now;
    unsigned depth;
    size_t first_part;
} parser;

static att_status refuse(const parser *p, const char *what)
{
    att_span left = {p->text.text + p->at, p->text.size - p->at};

    if (p->now.kind == END)
        return att_draft_refuse(p->draft, p->rule->text, "bad rule: %s, at its end; see docs/lexicon-format.md", what);
    left = (att_span){p->now.text.text, (size_t)(left.text + left.size - p->now.text.text)};
    return att_draft_refuse(p->draft, p->rule->text, "bad rule: %s, at '%s'; see docs/lexicon-format.md", what,
                            att_excerpt_of(left).text);
}

/* ---- words and signs ---- */

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("_-./", c)) ||
           (unsigned char)c >= 0x80;
}

static void next(parser *p)
{
    const char *text = p->text.text;
    size_t size = p->text.size;

    while (p->at < size && strchr(" \t\r\n", text[p->at]))
        p->at++;
    p->now = (token){END, {text + p->at, 0}};
    if (p->at == size)
        return;
    char c = text[p->at];
    const char *end = c == '"' || c == '\'' ? memchr(text + p->at + 1, c, size - p->at - 1) : NULL;
    if (end) {
        p->now = (token){TEXT, {text + p->at + 1, (size_t)(end - text) - p->at - 1}};
        p->at = (size_t)(end - text) + 1;
        return;
    }
    size_t from = p->at++;
    p->now.kind = c == '('          ? OPEN
                  : c == ')'        ? CLOSE
                  : c == '|'        ? BAR
                  : c == '='        ? EQUALS
                  : is_name_byte(c) ? NAME
                                    : OTHER;
    if (c == '!' && p->at < size && text[p->at] == '=') {
        p->at++;
        p->now.kind = DIFFERS;
    }
    while (p->now.kind == NAME && p->at < size && is_name_byte(text[p->at]))
        p->at++;
    p->now.text.size = p->at - from;
}

static bool is_word(const parser *p, const char *word)
{
    return p->now.kind == NAME && att_span_equal(p->now.text, att_span_of(word));
}

/* near/12 and the like; false: it is none. */
static bool is_distance(const parser *p, att_rule_kind *kind, uint32_t *distance)
{
    static const struct {
        const char *word;
        att_rule_kind kind;
    } words[] = {{"near/", ATT_RULE_NEAR}, {"before/", ATT_RULE_BEFORE}, {"after/", ATT_RULE_AFTER}};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t size = strlen(words[i].word);
        if (p->now.kind != NAME || p->now.text.size <= size || memcmp(p->now.text.text, words[i].word, size) != 0)
            continue;
        *kind = words[i].kind;
        *distance = 0;
        for (size_t at = size; at < p->now.text.size; at++) {
            char c = p->now.text.text[at];
            if (c < '0' || c > '9' || *distance > MOST_DISTANCE)
                return false;
            *distance = *distance * 10 + (uint32_t)(c - '0');
        }
        return *distance <= MOST_DISTANCE;
    }
    return false;
}

/* ---- the tree ---- */

static att_status add_part(parser *p, att_rule_part part, uint32_t *index)
{
    att_draft *draft = p->draft;

    if (draft->part_count - p->first_part >= MOST_PARTS)
        return refuse(p, "it has more than 1,000 parts; write several rules");
    if (!att_grow(&draft->parts, &draft->part_capacity, draft->part_count + 1, sizeof *draft->parts))
        return att_fail_memory(draft->error);
    *index = (uint32_t)draft->part_count;
    draft->parts[draft->part_count++] = part;
    return ATT_OK;
}

uint32_t att_draft_find_marker(const att_draft *draft, att_span name, att_buffer *several)
{
    enum { MOST_SHOWN = 6 };
    uint32_t found[MOST_SHOWN];
    size_t count = att_marker_names_find(&draft->names, name, found, MOST_SHOWN);

    if (count == 1)
        return found[0];
    for (size_t i = 0; i < count && i < MOST_SHOWN; i++)
        att_buffer_format(several, "%s%s", i ? ", " : "", draft->markers[found[i]].path);
    if (count > MOST_SHOWN)
        att_buffer_text(several, ", ...");
    return ATT_NO_NODE;
}

static att_status refuse_name(const parser *p, const att_buffer *several)
{
    char what[700];

    if (several->size && !several->failed) {
        snprintf(what, sizeof what, "several markers are called so (%s); write more of the path",
                 att_excerpt_of((att_span){several->data, several->size}).text);
        return refuse(p, what);
    }
    const char **names = calloc(p->draft->marker_count + 1, sizeof *names);
    if (!names)
        return att_fail_memory(p->draft->error);
    for (size_t i = 0; i < p->draft->marker_count; i++)
        names[i] = p->draft->markers[i].name;
    const char *near = att_nearest(p->now.text, names, p->draft->marker_count, 2);
    snprintf(what, sizeof what, "there is no marker and no list of cues of this name%s%s%s",
             near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    free(names);
    return refuse(p, what);
}

static att_status parse_name(parser *p, uint32_t *out)
{
    att_buffer several = {0};
    char list[64] = "";
    uint32_t marker = att_draft_find_marker(p->draft, p->now.text, &several);
    att_status status = ATT_OK;

    if (p->now.text.size < sizeof list)
        memcpy(list, p->now.text.text, p->now.text.size);
    uint32_t cues = att_cue_kinds_of(list);
    if (marker != ATT_NO_NODE)
        status = add_part(p, (att_rule_part){.kind = ATT_RULE_MARKER, .marker = marker}, out);
    else if (cues && !several.size)
        status = add_part(p, (att_rule_part){.kind = ATT_RULE_CUES, .cues = cues}, out);
    else
        status = refuse_name(p, &several);
    att_buffer_clear(&several);
    return status;
}

/* A term is an entry without a marker's list. */
static att_status parse_term(parser *p, uint32_t *out)
{
    att_draft *draft = p->draft;
    att_yaml_node node = *p->rule->text;
    size_t form = draft->forms.count;

    node.kind = ATT_YAML_SCALAR;
    node.text = p->now.text;
    att_status status = att_draft_term(draft, &node, false, &draft->forms);
    if (status)
        return status;
    if (!att_grow(&draft->rule_terms, &draft->rule_term_capacity, draft->rule_term_count + 1,
                  sizeof *draft->rule_terms))
        return att_fail_memory(draft->error);
    const char *term = att_draft_copy(draft, p->now.text);
    if (!term)
        return att_fail_memory(draft->error);
    draft->rule_terms[draft->rule_term_count++] = (att_entry){.term = term,
                                                              .marker = p->rule->marker,
                                                              .form = (uint32_t)form,
                                                              .forms = (uint32_t)(draft->forms.count - form),
                                                              .weight = ATT_WEIGHT_ONE,
                                                              .line = node.line,
                                                              .column = node.column};
    return add_part(p, (att_rule_part){.kind = ATT_RULE_TERM, .term = (uint32_t)draft->rule_term_count - 1}, out);
}

/* Keeps the name of a column that is asked for; false: no memory. */
static bool note_condition(att_draft *draft, const char *column)
{
    for (size_t i = 0; i < draft->rule_condition_count; i++)
        if (strcmp(draft->rule_conditions[i], column) == 0)
            return true;
    if (!att_grow(&draft->rule_conditions, &draft->rule_condition_capacity, draft->rule_condition_count + 1,
                  sizeof *draft->rule_conditions))
        return false;
    draft->rule_conditions[draft->rule_condition_count++] = column;
    return true;
}

/* COLUMN = VALUE, COLUMN != VALUE; the column is `column`, the sign is at hand. */
static att_status parse_condition(parser *p, att_span column, uint32_t *out)
{
    att_rule_part part = {.kind = ATT_RULE_CONDITION, .differs = p->now.kind == DIFFERS};

    next(p);
    if (p->now.kind != NAME && p->now.kind != TEXT)
        return refuse(p, "a condition needs a value");
    part.column = att_draft_copy(p->draft, column);
    part.value = att_draft_copy(p->draft, p->now.text);
    if (!part.column || !part.value || !note_condition(p->draft, part.column))
        return att_fail_memory(p->draft->error);
    return add_part(p, part, out);
}

static att_status parse_or(parser *p, uint32_t *out);

static att_status parse_operand(parser *p, uint32_t *out)
{
    if (p->now.kind == OPEN) {
        if (++p->depth > 50)
            return refuse(p, "parentheses are more than 50 deep");
        next(p);
        att_status status = parse_or(p, out);
        if (!status && p->now.kind != CLOSE)
            status = refuse(p, "a closing parenthesis is missing");
        p->depth--;
        next(p);
        return status;
    }
    if (p->now.kind != NAME && p->now.kind != TEXT)
        return refuse(p, "a marker, a term in quotation marks or a condition is missing");
    parser before = *p;
    next(p);
    if (p->now.kind == EQUALS || p->now.kind == DIFFERS) {
        att_status status = parse_condition(p, before.now.text, out);
        next(p);
        return status;
    }
    parser after = *p;
    *p = before;
    att_status status = p->now.kind == TEXT ? parse_term(p, out) : parse_name(p, out);
    after.depth = p->depth;
    *p = after;
    return status;
}

static bool is_condition(const att_draft *draft, uint32_t part)
{
    return draft->parts[part].kind == ATT_RULE_CONDITION;
}

static att_status combine(parser *p, att_rule_kind kind, uint32_t distance, uint32_t right, uint32_t *left)
{
    att_rule_part part = {.kind = kind, .left = *left, .right = right, .distance = distance};
    bool near = kind == ATT_RULE_NEAR || kind == ATT_RULE_BEFORE || kind == ATT_RULE_AFTER || kind == ATT_RULE_NOT_NEAR;

    if ((near && (is_condition(p->draft, *left) || is_condition(p->draft, right))) ||
        (kind == ATT_RULE_OR && (is_condition(p->draft, *left) || is_condition(p->draft, right))))
        return refuse(p, "a condition stands nowhere in the text; join it with 'and'");
    return add_part(p, part, left);
}

/* A near/5 B, A not near/5 B, one behind the other. */
static att_status parse_near(parser *p, uint32_t *out)
{
    att_rule_kind kind;
    uint32_t distance, right;
    att_status status = parse_operand(p, out);

    while (!status) {
        parser before = *p;
        bool negated = is_word(p, "not");
        if (negated)
            next(p);
        if (!is_distance(p, &kind, &distance)) {
            *p = before;
            return ATT_OK;
        }
        if (negated && kind != ATT_RULE_NEAR)
            return refuse(p, "'not' goes with near/N");
        next(p);
        status = parse_operand(p, &right);
        if (!status)
            status = combine(p, negated ? ATT_RULE_NOT_NEAR : kind, distance, right, out);
    }
    return status;
}

static att_status parse_and(parser *p, uint32_t *out)
{
    uint32_t right = 0;
    att_status status =
        is_word(p, "not") ? refuse(p, "'not' needs something before it: write A and not B") : parse_near(p, out);

    while (!status && is_word(p, "and")) {
        next(p);
        bool negated = is_word(p, "not");
        if (negated)
            next(p);
        status = parse_near(p, &right);
        if (status)
            return status;
        /* A condition has no place: what it is joined to stands on the left. */
        if (is_condition(p->draft, *out) && !is_condition(p->draft, right) && !negated) {
            uint32_t condition = *out;
            *out = right;
            right = condition;
        }
        status = combine(p, negated ? ATT_RULE_AND_NOT : ATT_RULE_AND, 0, right, out);
    }
    return status;
}

static att_status parse_or(parser *p, uint32_t *out)
{
    uint32_t right = 0;
    att_status status = parse_and(p, out);

    while (!status && (p->now.kind == BAR || is_word(p, "or"))) {
        next(p);
        status = parse_and(p, &right);
        if (!status)
            status = combine(p, ATT_RULE_OR, 0, right, out);
    }
    return status;
}

/* Is the part nothing but conditions? They alone have no hits. */
static bool has_no_place(const att_draft *draft, uint32_t index)
{
    const att_rule_part *part = &draft->parts[index];

    if (part->kind == ATT_RULE_CONDITION)
        return true;
    return (part->kind == ATT_RULE_AND || part->kind == ATT_RULE_AND_NOT) && has_no_place(draft, part->left);
}

static att_status parse_within(att_draft *draft, const att_yaml_node *within, bool *sentence)
{
    *sentence = within && within->kind == ATT_YAML_SCALAR && att_span_equal(within->text, att_span_of("sentence"));
    if (!within || *sentence || (within->kind == ATT_YAML_SCALAR && att_span_equal(within->text, att_span_of("turn"))))
        return ATT_OK;
    return att_draft_refuse(draft, within, "'within' must be turn or sentence; write one of the two");
}

static att_status parse_rule(att_draft *draft, const att_draft_rule *pending)
{
    parser p = {.draft = draft, .rule = pending, .text = pending->text->text, .first_part = draft->part_count};
    att_rule rule = {.marker = pending->marker};
    att_status status = parse_within(draft, pending->within, &rule.sentence);

    next(&p);
    if (!status)
        status = parse_or(&p, &rule.root);
    if (!status && p.now.kind != END)
        status = refuse(&p, "an operator is missing (and, or, not, near/N, before/N, after/N)");
    if (!status && has_no_place(draft, rule.root))
        status = att_draft_refuse(draft, pending->text,
                                  "bad rule: a condition alone has no hits; join it to a marker "
                                  "with 'and'");
    if (status)
        return status;
    const char *text = att_draft_copy(draft, pending->text->text);
    if (!text || !att_grow(&draft->rule_list, &draft->rule_capacity, draft->rule_count + 1, sizeof *draft->rule_list) ||
        !att_grow(&draft->rule_entries, &draft->rule_entry_capacity, draft->rule_entry_count + 1,
                  sizeof *draft->rule_entries))
        return att_fail_memory(draft->error);
    draft->rule_list[draft->rule_count++] = rule;
    draft->rule_entries[draft->rule_entry_count++] = (att_entry){.term = text,
                                                                 .marker = pending->marker,
                                                                 .weight = ATT_WEIGHT_ONE,
                                                                 .line = pending->text->line,
                                                                 .column = pending->text->column};
    return ATT_OK;
}

/* ---- which rules ask for which ---- */

/* Is `marker` the marker `top`, or below it? */
static bool is_below(const att_draft *draft, uint32_t marker, uint32_t top)
{
    while (marker != ATT_NO_NODE && marker != top)
        marker = draft->markers[marker].parent;
    return marker == top;
}

/* Does the part ask for hits that the rule of `other` makes? */
static bool asks_for(const att_draft *draft, uint32_t index, uint32_t other)
{
    const att_rule_part *part = &draft->parts[index];

    if (part->kind == ATT_RULE_MARKER)
        return is_below(draft, other, part->marker);
    return part->kind >= ATT_RULE_NEAR && (asks_for(draft, part->left, other) || asks_for(draft, part->right, other));
}

static att_status refuse_cycle(att_draft *draft, size_t rule)
{
    const att_marker *marker = &draft->markers[draft->rule_list[rule].marker];
    att_yaml_node place = {.line = draft->rule_entries[rule].line, .column = draft->rule_entries[rule].column};

    return att_draft_refuse(
        draft, &place,
        "the rule of '%s' asks for hits that depend on its own (a rule cannot ask for itself, nor for a "
        "marker that it stands below); take one of them apart",
        marker->path);
}

/* Sorts the rules so that each stands behind those that it asks for. */
static att_status sort_rules(att_draft *draft)
{
    for (size_t done = 0; done < draft->rule_count; done++) {
        size_t free_rule = done;
        for (; free_rule < draft->rule_count; free_rule++) {
            bool waits = false;
            for (size_t other = done; other < draft->rule_count && !waits; other++)
                waits = asks_for(draft, draft->rule_list[free_rule].root, draft->rule_list[other].marker);
            if (!waits)
                break;
        }
        if (free_rule == draft->rule_count)
            return refuse_cycle(draft, done);
        att_rule rule = draft->rule_list[free_rule];
        att_entry entry = draft->rule_entries[free_rule];
        draft->rule_list[free_rule] = draft->rule_list[done];
        draft->rule_entries[free_rule] = draft->rule_entries[done];
        draft->rule_list[done] = rule;
        draft->rule_entries[done] = entry;
    }
    return ATT_OK;
}

att_status att_draft_rules(att_draft *draft)
{
    att_status status = ATT_OK;

    if (draft->pending_count > MOST_RULES)
        return att_draft_refuse(draft, draft->pending[MOST_RULES].text, "more than 1,000 rules; leave some out");
    for (size_t i = 0; i < draft->pending_count && att_draft_goes_on(draft, status); i++) {
        att_status parsed = parse_rule(draft, &draft->pending[i]);
        status = status == ATT_OK || parsed == ATT_OK ? (parsed == ATT_OK ? status : parsed) : status;
    }
    return status == ATT_OK ? sort_rules(draft) : status;
}
