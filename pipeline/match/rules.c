#include "match/rules.h"

#include "match/note.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

typedef struct {
    att_rule_span *items;
    size_t count, room;
} spans;

/* The turn that rules are asked about, and the part of it that they are asked within. */
typedef struct {
    att_rule_matcher *matcher;
    const att_tokens *tokens;
    size_t number; /* of the turn */
    att_hit *hits; /* of the turn, by first token; count 0: taken out */
    size_t hit_count;
    uint32_t longest;  /* of them, in tokens */
    uint32_t from, to; /* tokens */
    const engine_rules *rules;
    bool no_memory;
} scope;

/* ---- lists of spans: by first token, then end, each once ---- */

static void add_span(scope *s, spans *list, uint32_t first, uint32_t end)
{
    if (!att_grow(&list->items, &list->room, list->count + 1, sizeof *list->items)) {
        s->no_memory = true;
        return;
    }
    list->items[list->count++] = (att_rule_span){first, end};
}

static int compare_spans(const void *a, const void *b)
{
    const att_rule_span *x = a, *y = b;

    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

static void sort_spans(spans *list)
{
    size_t kept = 0;

    if (list->count < 2)
        return;
    qsort(list->items, list->count, sizeof *list->items, compare_spans);
    for (size_t i = 0; i < list->count; i++)
        if (!kept || compare_spans(&list->items[kept - 1], &list->items[i]) != 0)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

/* The same spans by their ends; a longer one before a shorter one. */
static int compare_ends(const void *a, const void *b)
{
    const att_rule_span *x = a, *y = b;

    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

/* The first span that begins at `end` or behind; NULL: none. */
static const att_rule_span *nearest_behind(const spans *list, uint32_t end)
{
    size_t low = 0, high = list->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->items[middle].first < end)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count ? &list->items[low] : NULL;
}

/* The last span that ends at `first` or before; by_end: sorted by ends. */
static const att_rule_span *nearest_before(const spans *by_end, uint32_t first)
{
    size_t low = 0, high = by_end->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_end->items[middle].end <= first)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &by_end->items[low - 1] : NULL;
}

/* ---- operands ---- */

static bool is_present(const scope *s, uint32_t node)
{
    return s->matcher->present[node] == s->matcher->stamp;
}

/* The first of the turn's hits that begins at the token or behind it. */
static size_t first_hit_from(const scope *s, uint32_t token)
{
    size_t low = 0, high = s->hit_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->hits[middle].first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_hits_of(scope *s, const att_hit *hits, size_t count, uint32_t node, unsigned senses, spans *out)
{
    for (size_t i = 0; i < count; i++)
        if (hits[i].node == node && hits[i].count && hits[i].first >= s->from &&
            hits[i].first + hits[i].count <= s->to && senses >> hits[i].sense & 1)
            add_span(s, out, hits[i].first, hits[i].first + hits[i].count);
}

static void add_entry_hits(scope *s, uint32_t node, unsigned senses, spans *out)
{
    size_t first = first_hit_from(s, s->from), behind = first_hit_from(s, s->to);

    add_hits_of(s, s->hits + first, behind - first, node, senses, out);
}

static void add_cues(scope *s, uint32_t kinds, spans *out)
{
    for (uint32_t at = s->from; at < s->to; at++)
        if (ATT_NOTE_CUES(s->tokens->note[at]) & kinds)
            add_span(s, out, at, at + 1);
}

static bool condition_holds(const scope *s, const att_rule_part *part)
{
    const att_turn_facts *facts = &s->matcher->facts;
    att_span value = facts->value ? facts->value(facts->context, s->number, part->column) : (att_span){"", 0};

    return att_span_equal(value, att_span_of(part->value)) != part->differs;
}

/* May it have spans in this turn? */
static bool may_hold(const scope *s, uint32_t index)
{
    const att_rule_part *part = &s->rules->lexicon->rule_parts[index];

    switch (part->kind) {
    case ATT_RULE_MARKER:
        return is_present(s, s->rules->nodes[part->marker].nodes[0]);
    case ATT_RULE_TERM:
        return is_present(s, s->rules->first_term + part->term);
    case ATT_RULE_CUES:
    case ATT_RULE_CONDITION:
        return true;
    case ATT_RULE_OR:
        return may_hold(s, part->left) || may_hold(s, part->right);
    case ATT_RULE_NOT_NEAR:
    case ATT_RULE_AND_NOT:
        return may_hold(s, part->left);
    default:
        return may_hold(s, part->left) && may_hold(s, part->right);
    }
}

/* ---- operators ---- */

static void join(scope *s, att_rule_span a, const att_rule_span *b, spans *out)
{
    add_span(s, out, a.first < b->first ? a.first : b->first, a.end > b->end ? a.end : b->end);
}

static void copy_spans(scope *s, const spans *from, spans *out)
{
    for (size_t i = 0; i < from->count; i++)
        add_span(s, out, from->items[i].first, from->items[i].end);
}

/* Each left with the nearest right that stands where the operator says, at most `distance` tokens away. Where both
 * sides are as near, the one behind. Parts do not overlap. */
static void pair(scope *s, att_rule_kind kind, uint32_t distance, const spans *left, const spans *right, spans *out)
{
    spans by_end = {0};

    copy_spans(s, right, &by_end);
    if (by_end.count > 1)
        qsort(by_end.items, by_end.count, sizeof *by_end.items, compare_ends);
    for (size_t i = 0; i < left->count; i++) {
        att_rule_span a = left->items[i];
        const att_rule_span *before = kind == ATT_RULE_BEFORE ? NULL : nearest_before(&by_end, a.first);
        const att_rule_span *behind = kind == ATT_RULE_AFTER ? NULL : nearest_behind(right, a.end);
        if (before && a.first - before->end > distance)
            before = NULL;
        if (behind && behind->first - a.end > distance)
            behind = NULL;
        const att_rule_span *found = !before                                         ? behind
                                     : !behind                                       ? before
                                     : a.first - before->end < behind->first - a.end ? before
                                                                                     : behind;
        if (kind == ATT_RULE_NOT_NEAR && !found)
            add_span(s, out, a.first, a.end);
        if (kind != ATT_RULE_NOT_NEAR && found)
            join(s, a, found, out);
    }
    free(by_end.items);
}

static void evaluate(scope *s, uint32_t index, spans *out);

/* A condition on the right keeps all of the left or nothing. */
static void evaluate_and(scope *s, const att_rule_part *part, const spans *left, spans *out)
{
    const att_rule_part *condition = &s->rules->lexicon->rule_parts[part->right];
    bool negated = part->kind == ATT_RULE_AND_NOT;
    spans right = {0};

    if (condition->kind == ATT_RULE_CONDITION) {
        if (condition_holds(s, condition) != negated)
            copy_spans(s, left, out);
        return;
    }
    evaluate(s, part->right, &right);
    if (negated && !right.count)
        copy_spans(s, left, out);
    if (!negated)
        pair(s, ATT_RULE_NEAR, UINT32_MAX, left, &right, out);
    free(right.items);
}

static void evaluate_operator(scope *s, const att_rule_part *part, spans *out)
{
    spans left = {0}, right = {0};

    evaluate(s, part->left, &left);
    if (part->kind == ATT_RULE_OR) {
        copy_spans(s, &left, out);
        evaluate(s, part->right, &right);
        copy_spans(s, &right, out);
    } else if (left.count && (part->kind == ATT_RULE_AND || part->kind == ATT_RULE_AND_NOT)) {
        evaluate_and(s, part, &left, out);
    } else if (left.count) {
        evaluate(s, part->right, &right);
        pair(s, part->kind, part->distance, &left, &right, out);
    }
    free(left.items);
    free(right.items);
}

/* As deep as the rule's parentheses. */
static void evaluate(scope *s, uint32_t index, spans *out)
{
    const att_rule_part *part = &s->rules->lexicon->rule_parts[index];
    const att_marker_nodes *nodes;

    switch (part->kind) {
    case ATT_RULE_MARKER:
        nodes = &s->rules->nodes[part->marker];
        if (is_present(s, nodes->nodes[0])) {
            unsigned senses = s->rules->lexicon->markers[part->marker].senses;
            add_entry_hits(s, nodes->nodes[0], senses, out);
            add_hits_of(s, s->matcher->made, s->matcher->made_count, nodes->nodes[0], senses, out);
        }
        break;
    case ATT_RULE_TERM:
        if (is_present(s, s->rules->first_term + part->term))
            add_entry_hits(s, s->rules->first_term + part->term, UINT32_MAX, out);
        break;
    case ATT_RULE_CUES:
        add_cues(s, part->cues, out);
        break;
    case ATT_RULE_CONDITION:
        break;
    default:
        evaluate_operator(s, part, out);
    }
    sort_spans(out);
}

/* ---- what rules make ---- */

static int compare_priority(const void *a, const void *b)
{
    const att_rule_span *x = a, *y = b;
    uint32_t mine = x->end - x->first, theirs = y->end - y->first;

    if (mine != theirs)
        return mine > theirs ? -1 : 1;
    return compare_spans(a, b);
}

static size_t owner_slot(const att_rule_matcher *m, uint64_t key)
{
    size_t slot = (size_t)((key * 0x9E3779B97F4A7C15u) >> 20) & (m->owner_slots - 1);

    while (m->owners[slot].stamp == m->stamp && m->owners[slot].key != key)
        slot = (slot + 1) & (m->owner_slots - 1);
    return slot;
}

/* What a rule has made of a token of a node; NULL: nothing that counts. */
static att_hit *owner_of(const att_rule_matcher *m, uint32_t node, uint32_t token)
{
    if (!m->owner_count)
        return NULL;
    size_t slot = owner_slot(m, (uint64_t)node << 32 | token);
    bool owned = m->owners[slot].stamp == m->stamp && m->made[m->owners[slot].made].count;
    return owned ? &m->made[m->owners[slot].made] : NULL;
}

static bool reserve_owners(att_rule_matcher *m, size_t more)
{
    att_rule_matcher old = *m;

    if ((m->owner_count + more) * 2 <= m->owner_slots)
        return true;
    if (!m->owner_slots)
        m->owner_slots = 1024;
    while ((m->owner_count + more) * 2 > m->owner_slots)
        m->owner_slots *= 2;
    m->owners = calloc(m->owner_slots, sizeof *m->owners);
    if (!m->owners) {
        *m = old;
        return false;
    }
    for (size_t i = 0; i < old.owner_slots; i++)
        if (old.owners[i].stamp == m->stamp)
            m->owners[owner_slot(m, old.owners[i].key)] = old.owners[i];
    free(old.owners);
    return true;
}

/* Goes through the hits of a node that share a token with the span: those of entries and those that rules made. With
 * `out` they are taken out; else: is one of them as long, so that it stays? */
static bool look_at_rivals(scope *s, uint32_t node, att_rule_span span, bool out)
{
    uint32_t least = span.first > s->longest ? span.first - s->longest : 0, count = span.end - span.first;

    for (size_t i = first_hit_from(s, least); i < s->hit_count && s->hits[i].first < span.end; i++) {
        att_hit *hit = &s->hits[i];
        if (hit->node != node || hit->first + hit->count <= span.first)
            continue;
        if (out)
            hit->count = 0;
        else if (hit->count >= count)
            return true;
    }
    for (uint32_t token = span.first; token < span.end; token++) {
        att_hit *hit = owner_of(s->matcher, node, token);
        if (hit && out)
            hit->count = 0;
        else if (hit && hit->count >= count)
            return true;
    }
    return false;
}

/* A span becomes a hit of the rule's marker, its parents and its pole, of each where no hit as long is in the way. */
static bool make_hit(scope *s, uint32_t entry, const att_marker_nodes *nodes, att_rule_span span)
{
    att_rule_matcher *m = s->matcher;

    for (uint32_t n = 0; n < nodes->count; n++) {
        uint32_t node = nodes->nodes[n];
        if (look_at_rivals(s, node, span, false))
            continue;
        look_at_rivals(s, node, span, true);
        if (!att_grow(&m->made, &m->made_room, m->made_count + 1, sizeof *m->made) ||
            !reserve_owners(m, span.end - span.first))
            return false;
        for (uint32_t token = span.first; token < span.end; token++) {
            size_t slot = owner_slot(m, (uint64_t)node << 32 | token);
            m->owner_count += m->owners[slot].stamp != m->stamp;
            m->owners[slot].key = (uint64_t)node << 32 | token;
            m->owners[slot].stamp = m->stamp;
            m->owners[slot].made = (uint32_t)m->made_count;
        }
        m->made[m->made_count++] = (att_hit){node, entry, span.first, span.end - span.first, ATT_USED};
        m->present[node] = m->stamp;
    }
    return true;
}

/* ---- sentences ---- */

static bool open_sentences(att_rule_matcher *m, att_span text, UText *utf8)
{
    UErrorCode code = U_ZERO_ERROR;

    utext_openUTF8(utf8, text.text, (int64_t)text.size, &code);
    if (!m->sentences)
        m->sentences = ubrk_open(UBRK_SENTENCE, m->language, NULL, 0, &code);
    if (U_SUCCESS(code))
        ubrk_setUText(m->sentences, utf8, &code);
    return U_SUCCESS(code);
}

static bool apply_within(scope *s, uint32_t entry, const att_rule *rule)
{
    spans found = {0};
    bool good = true;

    evaluate(s, rule->root, &found);
    if (found.count > 1)
        qsort(found.items, found.count, sizeof *found.items, compare_priority);
    for (size_t i = 0; i < found.count && good; i++)
        good = make_hit(s, entry, &s->rules->nodes[rule->marker], found.items[i]);
    free(found.items);
    return good && !s->no_memory;
}

/* Lists where the sentences of the turn end that hold a token, once for all rules: ICU's iterator is what they cost. */
static bool list_sentences(scope *s, const att_token_turn *turn)
{
    att_rule_matcher *m = s->matcher;
    UText utf8 = UTEXT_INITIALIZER;
    uint32_t from = (uint32_t)turn->first, end = (uint32_t)(turn->first + turn->count);
    bool good = open_sentences(m, turn->text, &utf8);

    m->sentence_count = 0;
    while (good && from < end) {
        int32_t at = ubrk_next(m->sentences);
        uint32_t to = from;
        while (to < end && (at == UBRK_DONE || s->tokens->start[to] < (uint32_t)at))
            to++;
        if (to == from)
            continue;
        good = att_grow(&m->sentence_ends, &m->sentence_room, m->sentence_count + 1, sizeof *m->sentence_ends);
        if (good)
            m->sentence_ends[m->sentence_count++] = to;
        from = to;
    }
    utext_close(&utf8);
    m->sentences_listed = good;
    return good;
}

/* A rule in each sentence of the turn. */
static bool apply_to_sentences(scope *s, uint32_t entry, const att_rule *rule, const att_token_turn *turn)
{
    att_rule_matcher *m = s->matcher;
    bool good = m->sentences_listed || list_sentences(s, turn);

    for (size_t i = 0; good && i < m->sentence_count; i++, s->from = s->to) {
        s->to = m->sentence_ends[i];
        good = apply_within(s, entry, rule);
    }
    return good;
}

static bool apply_rules(scope *s, const att_token_turn *turn)
{
    const att_engine *engine = s->matcher->engine;
    bool good = true;

    for (size_t l = 0; l < engine->rules_count && good; l++) {
        s->rules = &engine->rules[l];
        for (uint32_t r = 0; r < s->rules->lexicon->rule_count && good; r++) {
            const att_rule *rule = &s->rules->lexicon->rules[r];
            if (!may_hold(s, rule->root))
                continue;
            s->from = (uint32_t)turn->first;
            s->to = (uint32_t)(turn->first + turn->count);
            good = rule->sentence ? apply_to_sentences(s, s->rules->first_entry + r, rule, turn)
                                  : apply_within(s, s->rules->first_entry + r, rule);
        }
    }
    return good;
}

/* ---- all turns ---- */

void att_rule_matcher_init(att_rule_matcher *matcher, const att_engine *engine)
{
    *matcher = (att_rule_matcher){.engine = engine};
}

void att_rule_matcher_clear(att_rule_matcher *matcher)
{
    free(matcher->present);
    free(matcher->made);
    free(matcher->owners);
    free(matcher->out);
    free(matcher->sentence_ends);
    if (matcher->sentences)
        ubrk_close(matcher->sentences);
    *matcher = (att_rule_matcher){0};
}

static void begin_turn(att_rule_matcher *m, const att_hit *hits, size_t count)
{
    if (++m->stamp == 0) {
        memset(m->present, 0, m->engine->node_count * sizeof *m->present);
        if (m->owners)
            memset(m->owners, 0, m->owner_slots * sizeof *m->owners);
        m->stamp = 1;
    }
    for (size_t i = 0; i < count; i++)
        m->present[hits[i].node] = m->stamp;
    m->made_count = m->owner_count = 0;
    m->sentences_listed = false;
}

/* Keeps what is left of the turn's hits, and what rules made; returns how many marker hits came or went. */
static bool keep_hits(att_rule_matcher *m, const att_hit *hits, size_t count, att_hits *all)
{
    size_t from = m->out_count;

    if (!att_grow(&m->out, &m->out_room, m->out_count + count + m->made_count, sizeof *m->out))
        return false;
    for (size_t i = 0; i < count; i++) {
        bool own = hits[i].node == m->engine->entries[hits[i].entry].nodes->nodes[0];
        if (hits[i].node < m->engine->term_node && hits[i].count)
            m->out[m->out_count++] = hits[i];
        else
            all->matches -= own;
    }
    for (size_t i = 0; i < m->made_count; i++) {
        if (!m->made[i].count)
            continue;
        all->matches += m->made[i].node == m->engine->entries[m->made[i].entry].nodes->nodes[0];
        m->out[m->out_count++] = m->made[i];
    }
    if (m->made_count)
        qsort(m->out + from, m->out_count - from, sizeof *m->out, att_hit_compare);
    return true;
}

att_status att_rules_apply(att_rule_matcher *m, const att_tokens *tokens, att_hits *hits, att_error *error)
{
    size_t hit = 0;
    bool good = true;

    if (!m->present) {
        m->present = calloc(m->engine->node_count + 1, sizeof *m->present);
        m->language = m->engine->rules[0].lexicon->language;
        if (!m->present)
            return att_fail_memory(error);
    }
    m->out_count = 0;
    for (size_t t = 0; t < tokens->turn_count && good; t++) {
        const att_token_turn *turn = &tokens->turns[t];
        size_t from = hit;
        while (hit < hits->count && hits->items[hit].first < turn->first + turn->count)
            hit++;
        if (hit == from && !m->engine->rules_of_cues)
            continue;
        att_hit *own = hits->items + from;
        scope s = {.matcher = m, .tokens = tokens, .number = t, .hits = own, .hit_count = hit - from};
        for (size_t i = from; i < hit; i++)
            s.longest = hits->items[i].count > s.longest ? hits->items[i].count : s.longest;
        begin_turn(m, own, hit - from);
        good = apply_rules(&s, turn) && keep_hits(m, own, hit - from, hits);
    }
    if (!good)
        return att_fail_memory(error);
    att_hit *items = hits->items;
    size_t room = hits->capacity;
    hits->items = m->out;
    hits->capacity = m->out_room;
    hits->count = m->out_count;
    m->out = items;
    m->out_room = room;
    return ATT_OK;
}
