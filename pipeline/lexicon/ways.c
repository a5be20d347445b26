#include "lexicon/ways.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

enum { DEEPEST = 32, LONGEST_GAP = 62, NONE = 0 /* item 0 is none */ };

typedef enum { TEXT, GAP, GROUP } item_kind;

typedef struct ways_item {
    item_kind kind;
    att_span text;                   /* of a TEXT */
    uint32_t branches, branch_count; /* of a GROUP */
    uint32_t ways;                   /* of a GAP: one more than its tokens */
    uint32_t next;                   /* in its list */
} item;

typedef struct ways_branch {
    uint32_t first; /* item */
    uint32_t ways;
    uint32_t before; /* the ways of the branches before it in its group */
} branch;

/* The term as it is read. */
typedef struct {
    att_ways *ways;
    att_draft *draft;
    const att_yaml_node *node;
    att_span term;
    size_t at;
    unsigned depth;
} reading;

static bool is_one_of(char c, const char *signs)
{
    return c != '\0' && strchr(signs, c);
}

static bool is_special(char c)
{
    return is_one_of(c, "()[]|~\\");
}

bool att_ways_are_needed(att_span term)
{
    for (size_t i = 0; i < term.size; i++)
        if (is_special(term.text[i]))
            return true;
    return false;
}

void att_ways_clear(att_ways *ways)
{
    free(ways->items);
    free(ways->branches);
    free(ways->open);
    *ways = (att_ways){0};
}

static att_status refuse(const reading *r, const char *what)
{
    return att_draft_refuse(r->draft, r->node, "'%s' %s", att_excerpt_of(r->term).text, what);
}

static att_status add_item(reading *r, item added, uint32_t *index)
{
    att_ways *ways = r->ways;

    if (!att_grow(&ways->items, &ways->item_capacity, ways->item_count + 1, sizeof *ways->items))
        return att_fail_memory(r->draft->error);
    *index = (uint32_t)ways->item_count;
    ways->items[ways->item_count++] = added;
    return ATT_OK;
}

static uint32_t limited(uint64_t ways)
{
    return ways > ATT_MOST_WAYS ? ATT_MOST_WAYS + 1 : (uint32_t)ways;
}

static void read_text(reading *r, item *out)
{
    size_t start = r->at;

    while (r->at < r->term.size && !is_special(r->term.text[r->at]))
        r->at++;
    *out = (item){.kind = TEXT, .text = {r->term.text + start, r->at - start}, .ways = 1};
}

/* A backslash takes the sign behind it as it stands. An asterisk or question mark is then no glob; neither is part of a
 * word, so that any other sign that is none says the same. */
static att_status read_escape(reading *r, item *out)
{
    size_t start = ++r->at;

    if (start == r->term.size)
        return refuse(r, "ends in a backslash; write the sign behind it that it protects, or \\\\ for itself");
    (void)att_utf8_next(r->term.text, r->term.size, &r->at);
    att_span sign = {r->term.text + start, r->at - start};
    if (*sign.text == '*' || *sign.text == '?')
        sign = att_span_of("!");
    *out = (item){.kind = TEXT, .text = sign, .ways = 1};
    return ATT_OK;
}

/* Is there no letter beside a gap: white space, the edge of an alternative or of the term? */
static bool is_free(const reading *r, size_t start)
{
    const char *text = r->term.text;
    size_t before = start, after = r->at;

    while (before > 0 && ((unsigned char)text[--before] & 0xC0) == 0x80)
        ;
    bool left = start == 0 || is_one_of(text[start - 1], "()[]|") ||
                u_isUWhiteSpace((UChar32)att_utf8_next(text, r->term.size, &before));
    bool right = r->at == r->term.size || is_one_of(text[r->at], "()[]|") ||
                 u_isUWhiteSpace((UChar32)att_utf8_next(text, r->term.size, &after));
    return left && right;
}

/* A tilde without a number is a sign like others. */
static att_status read_gap(reading *r, item *out)
{
    size_t start = r->at++;
    uint32_t most = 0;

    if (r->at == r->term.size || r->term.text[r->at] < '0' || r->term.text[r->at] > '9') {
        *out = (item){.kind = TEXT, .text = {r->term.text + start, 1}, .ways = 1};
        return ATT_OK;
    }

    while (r->at < r->term.size && r->term.text[r->at] >= '0' && r->term.text[r->at] <= '9' && most <= LONGEST_GAP)
        most = most * 10 + (uint32_t)(r->term.text[r->at++] - '0');
    if (most < 1 || most > LONGEST_GAP || !is_free(r, start))
        return refuse(r, "has a ~ that is no gap; write a gap of up to two words as ~2 between two words (at most 62), "
                         "or \\~ for the sign");
    *out = (item){.kind = GAP, .ways = most + 1};
    return ATT_OK;
}

static att_status read_list(reading *r, branch *out);

/* The alternatives up to the bracket that closes them; square brackets may be left out as a whole. */
static att_status read_group(reading *r, item *out)
{
    att_ways *ways = r->ways;
    bool optional = r->term.text[r->at++] == '[';
    char close = optional ? ']' : ')';
    size_t mine = ways->open_count;
    uint64_t all = 0;
    att_status status = ATT_OK;

    if (++r->depth > DEEPEST)
        return refuse(r, "has brackets that are nested more than 32 deep; write several entries");
    for (bool more = true; more && !status;) {
        branch alternative = {0};
        status = read_list(r, &alternative);
        alternative.before = limited(all);
        all = limited(all + alternative.ways);
        if (!status && !att_grow(&ways->open, &ways->open_capacity, ways->open_count + 2, sizeof *ways->open))
            status = att_fail_memory(r->draft->error);
        if (!status)
            ways->open[ways->open_count++] = alternative;
        more = r->at < r->term.size && r->term.text[r->at] == '|';
        r->at += more;
    }
    if (status)
        return status;
    if (r->at == r->term.size || r->term.text[r->at] != close)
        return refuse(r, optional ? "has a [ without its ]; close it, or write \\[ for the sign"
                                  : "has a ( without its ); close it, or write \\( for the sign");
    r->at++;
    r->depth--;
    if (optional) {
        ways->open[ways->open_count++] = (branch){.ways = 1, .before = limited(all)};
        all = limited(all + 1);
    }
    size_t count = ways->open_count - mine;
    if (!att_grow(&ways->branches, &ways->branch_capacity, ways->branch_count + count, sizeof *ways->branches))
        return att_fail_memory(r->draft->error);
    memcpy(ways->branches + ways->branch_count, ways->open + mine, count * sizeof *ways->open);
    *out = (item){
        .kind = GROUP, .branches = (uint32_t)ways->branch_count, .branch_count = (uint32_t)count, .ways = limited(all)};
    ways->branch_count += count;
    ways->open_count = mine;
    return ATT_OK;
}

static att_status read_item(reading *r, item *out)
{
    switch (r->term.text[r->at]) {
    case '(':
    case '[':
        return read_group(r, out);
    case '~':
        return read_gap(r, out);
    case '\\':
        return read_escape(r, out);
    default:
        read_text(r, out);
        return ATT_OK;
    }
}

/* Items up to what ends an alternative, or to the end. */
static att_status read_list(reading *r, branch *out)
{
    uint32_t last = NONE;

    *out = (branch){.first = NONE, .ways = 1};
    while (r->at < r->term.size && !is_one_of(r->term.text[r->at], ")]|")) {
        item found = {.ways = 1};
        uint32_t index = NONE;
        att_status status = read_item(r, &found);
        if (!status)
            status = add_item(r, found, &index);
        if (status)
            return status;
        if (last)
            r->ways->items[last].next = index;
        else
            out->first = index;
        last = index;
        out->ways = limited((uint64_t)out->ways * found.ways);
    }
    return ATT_OK;
}

att_status att_ways_read(att_ways *out, att_draft *draft, const att_yaml_node *node)
{
    reading r = {.ways = out, .draft = draft, .node = node, .term = node->text};
    branch all;
    uint32_t none;
    att_status status = add_item(&r, (item){.kind = TEXT}, &none);

    if (!status)
        status = read_list(&r, &all);
    if (status)
        return status;
    if (r.at < r.term.size)
        return refuse(&r, r.term.text[r.at] == '|'
                              ? "has a | outside of brackets; put the alternatives into round brackets, or write \\| "
                                "for the sign"
                              : "closes a bracket that is not open; open it, or write a backslash before the sign");
    if (all.ways > ATT_MOST_WAYS)
        return refuse(&r, "can be written out in more than 20,000 ways; write several entries");
    out->root = all.first;
    out->count = all.ways;
    return ATT_OK;
}

/* The branch of a group that holds the way: the last one that begins at or before it. */
static const branch *find_branch(const att_ways *ways, const item *group, uint32_t way)
{
    const branch *branches = ways->branches + group->branches;
    uint32_t low = 0, high = group->branch_count;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (branches[middle].before <= way)
            low = middle;
        else
            high = middle;
    }
    return &branches[low];
}

static void write_gap(uint32_t tokens, att_way *out)
{
    att_buffer_char(out->text, ' ');
    for (uint32_t i = 0; i < tokens; i++) {
        out->last_gap = out->text->size;
        if (out->first_gap == SIZE_MAX)
            out->first_gap = out->last_gap;
        att_buffer_text(out->text, "* ");
    }
}

/* A list has as many ways as its items' multiplied: the number's digits in a mixed base are theirs. As deep as the
 * brackets. */
static void write_list(const att_ways *ways, uint32_t first, uint32_t way, att_way *out)
{
    for (uint32_t i = first; i != NONE; i = ways->items[i].next) {
        const item *written = &ways->items[i];
        uint32_t own = way % written->ways;
        way /= written->ways;
        out->steps++;
        if (written->kind == TEXT) {
            att_buffer_span(out->text, written->text);
        } else if (written->kind == GAP) {
            write_gap(own, out);
        } else {
            const branch *chosen = find_branch(ways, written, own);
            write_list(ways, chosen->first, own - chosen->before, out);
        }
    }
}

void att_ways_write(const att_ways *ways, uint32_t number, att_way *out)
{
    out->text->size = 0;
    out->first_gap = out->last_gap = SIZE_MAX;
    write_list(ways, ways->root, number, out);
    out->steps += out->text->size;
}
