/* Doubts: what only the author of a lexicon wants to hear. */
#include "base/hash.h"
#include "base/utf8.h"
#include "lexicon/findings.h"
#include "lexicon/pattern.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

static void doubt(att_draft *draft, const att_entry *entry, const char *what, const att_entry *other,
                  const char *remedy)
{
    att_excerpt mine = att_excerpt_of(att_span_of(entry->term));

    if (!other) {
        att_diagnose(draft->diagnostics, ATT_WARNING, draft->file, entry->line, entry->column, "'%s' %s; %s", mine.text,
                     what, remedy);
        return;
    }
    att_diagnose(draft->diagnostics, ATT_WARNING, draft->file, entry->line, entry->column,
                 "'%s' %s '%s' on line %llu, in '%s'; %s", mine.text, what,
                 att_excerpt_of(att_span_of(other->term)).text, (unsigned long long)other->line,
                 draft->markers[other->marker].path, remedy);
}

/* One entry in two markers of a pole counts in both, but once in the pole. */
static att_status doubt_shared(att_draft *draft)
{
    att_seen seen = {0};
    att_status status = att_seen_open(&seen, draft);

    for (uint32_t i = 0; status == ATT_OK && i < draft->entry_count; i++) {
        const att_entry *entry = &draft->entries[i];
        att_pole pole = draft->markers[entry->marker].pole;
        if (entry->ignored || pole == ATT_NO_POLE)
            continue;
        uint32_t first = i;
        for (uint32_t f = 0; f < entry->forms; f++) {
            uint32_t other = att_seen_add(&seen, draft, i, entry->form + f, (uint32_t)pole);
            first = first == i ? other : first;
        }
        if (first != i)
            doubt(draft, entry, "stands in two markers of one pole, also as", &draft->entries[first],
                  "keep it where it fits best");
    }
    att_seen_close(&seen);
    return status;
}

/* Sequences that end in one asterisk, by the group of their marker, the elements before the last and the text before
 * the asterisk. */
typedef struct {
    uint32_t form, entry;
} caught_by;

typedef struct {
    caught_by *slots; /* form + 1; 0: free */
    size_t count;
    uint32_t *group; /* by marker; ATT_NO_NODE: none */
} stems;

static const att_element *last_of(const att_draft *draft, uint32_t form)
{
    att_sequence sequence = draft->forms.items[form];

    return &draft->elements[draft->sequence[sequence.first + sequence.length - 1]];
}

static bool is_exact(const att_element *element)
{
    return element->kind == ATT_LITERAL_EXACT || element->kind == ATT_GLOB_EXACT;
}

/* Letters and one asterisk at the end? *stem: the letters. */
static bool has_stem(const att_element *element, att_span *stem)
{
    if (element->kind != ATT_GLOB && element->kind != ATT_GLOB_EXACT)
        return false;
    *stem = (att_span){element->text.text, element->text.size - 1};
    return element->text.size > 1 && element->text.text[stem->size] == '*' && !memchr(stem->text, '*', stem->size) &&
           !memchr(stem->text, '?', stem->size);
}

static size_t stem_slot(const att_draft *draft, const stems *table, caught_by who, att_span stem)
{
    att_sequence form = draft->forms.items[who.form];
    uint64_t hash = att_hash64(stem.text, stem.size) + table->group[draft->entries[who.entry].marker];

    hash = hash * UINT64_C(0x9E3779B97F4A7C15) +
           att_hash64(draft->sequence + form.first, (form.length - 1u) * sizeof(uint32_t));
    return (size_t)((hash * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (table->count - 1);
}

/* The sequence whose trailing glob has this stem and that is like this one in group, case and the elements before. */
static caught_by *find_stem(const att_draft *draft, const stems *table, caught_by who, att_span stem)
{
    size_t slot = stem_slot(draft, table, who, stem);
    att_sequence form = draft->forms.items[who.form];

    for (; table->slots[slot].form; slot = (slot + 1) & (table->count - 1)) {
        uint32_t catcher = table->slots[slot].form - 1;
        att_sequence other = draft->forms.items[catcher];
        att_span known;
        if (table->group[draft->entries[table->slots[slot].entry].marker] ==
                table->group[draft->entries[who.entry].marker] &&
            other.length == form.length && is_exact(last_of(draft, catcher)) == is_exact(last_of(draft, who.form)) &&
            has_stem(last_of(draft, catcher), &known) && att_span_equal(known, stem) &&
            memcmp(draft->sequence + other.first, draft->sequence + form.first,
                   (form.length - 1u) * sizeof(uint32_t)) == 0)
            break;
    }
    return &table->slots[slot];
}

/* Is a sequence caught by one of another entry? *by: of which. */
static bool is_caught(const att_draft *draft, const stems *table, caught_by who, uint32_t *by)
{
    const att_element *last = last_of(draft, who.form);
    att_span text = last->text;
    bool glob = has_stem(last, &text);

    if (!glob && last->kind != ATT_LITERAL && last->kind != ATT_LITERAL_EXACT)
        return false;
    for (size_t size = 0; size < text.size;) {
        (void)att_utf8_next(text.text, text.size, &size);
        if (glob && size == text.size)
            return false;
        caught_by found = *find_stem(draft, table, who, (att_span){text.text, size});
        if (found.form && found.entry != who.entry) {
            *by = found.entry;
            return true;
        }
    }
    return false;
}

/* The entry that catches all sequences of this one, or the last of several that do so together; ATT_NO_NODE: not all
 * are caught. sides: by marker; given, only those of another side that stand before it count; NULL: all. */
static uint32_t find_catcher(const att_draft *draft, const stems *table, uint32_t index, const uint16_t *sides)
{
    const att_entry *entry = &draft->entries[index];
    uint32_t by = ATT_NO_NODE;

    for (uint32_t f = 0; f < entry->forms && !entry->ignored; f++)
        if (!is_caught(draft, table, (caught_by){entry->form + f, index}, &by) ||
            (sides && (by > index || sides[draft->entries[by].marker] == sides[entry->marker])))
            return ATT_NO_NODE;
    return by;
}

static att_status stems_open(stems *table, const att_draft *draft)
{
    *table = (stems){.count = 1024};
    while (table->count < draft->forms.count * 2)
        table->count *= 2;
    table->slots = calloc(table->count, sizeof *table->slots);
    table->group = calloc(draft->marker_count + 1, sizeof *table->group);
    return table->slots && table->group ? ATT_OK : att_fail_memory(draft->error);
}

static void stems_close(stems *table)
{
    free(table->slots);
    free(table->group);
}

/* A glob with exceptions is left out: what it excepts may be an entry of its own. */
static void add_stems(const att_draft *draft, stems *table, uint32_t index)
{
    const att_entry *entry = &draft->entries[index];
    att_span stem;

    for (uint32_t f = 0; f < entry->forms; f++) {
        caught_by who = {entry->form + f, index};
        if (!has_stem(last_of(draft, who.form), &stem))
            continue;
        caught_by *slot = find_stem(draft, table, who, stem);
        if (!slot->form)
            *slot = (caught_by){who.form + 1, index};
    }
}

/* Of sequences with one stem the first stands for all. */
static void stems_fill(stems *table, const att_draft *draft)
{
    for (uint32_t i = 0; i < draft->entry_count; i++) {
        const att_entry *entry = &draft->entries[i];
        if (!entry->ignored && !entry->excepts && table->group[entry->marker] != ATT_NO_NODE)
            add_stems(draft, table, i);
    }
}

static att_status doubt_caught(att_draft *draft)
{
    stems table;
    att_status status = stems_open(&table, draft);

    if (status == ATT_OK) {
        for (uint32_t m = 0; m < draft->marker_count; m++)
            table.group[m] = m;
        stems_fill(&table, draft);
    }
    for (uint32_t i = 0; status == ATT_OK && i < draft->entry_count; i++) {
        const att_entry *entry = &draft->entries[i];
        uint32_t by = find_catcher(draft, &table, i, NULL);
        bool weighs = by != ATT_NO_NODE && draft->entries[by].weight != entry->weight;
        /* Before the glob it takes its matches, with its own weight. */
        if (by != ATT_NO_NODE && !(weighs && i < by))
            doubt(draft, entry, "is caught already by", &draft->entries[by],
                  weighs ? "put it before that one, so that its own weight counts" : "delete it");
    }
    stems_close(&table);
    return status;
}

/* Entries that lose all their tokens to globs of the same length that stand before them on another side. sides: by
 * marker; 0: none. */
static att_status doubt_beaten(att_draft *draft, const uint16_t *sides)
{
    stems table;
    att_status status = stems_open(&table, draft);

    if (status == ATT_OK) {
        for (uint32_t m = 0; m < draft->marker_count; m++)
            table.group[m] = sides[m] ? 0 : ATT_NO_NODE;
        stems_fill(&table, draft);
    }
    for (uint32_t i = 0; status == ATT_OK && i < draft->entry_count; i++) {
        uint32_t by = sides[draft->entries[i].marker] ? find_catcher(draft, &table, i, sides) : ATT_NO_NODE;
        if (by != ATT_NO_NODE)
            doubt(draft, &draft->entries[i], "never counts: all that it matches goes to", &draft->entries[by],
                  "put it before that one, or delete it");
    }
    stems_close(&table);
    return status;
}

static att_status doubt_contests(att_draft *draft)
{
    uint16_t *sides = calloc(draft->marker_count + 1, sizeof *sides);
    att_status status = sides ? ATT_OK : att_fail_memory(draft->error);

    for (size_t contest = 0; contest < att_draft_contests(draft) && status == ATT_OK; contest++) {
        att_draft_sides(draft, contest, sides);
        status = doubt_beaten(draft, sides);
    }
    free(sides);
    return status;
}

/* Does some stretch of the exception hold the whole sequence? */
static bool covers(const att_draft *draft, att_sequence exception, att_sequence form)
{
    for (uint32_t shift = 0; shift + form.length <= exception.length; shift++) {
        uint32_t fits = 0;
        while (fits < form.length &&
               att_elements_meet(&draft->elements[draft->sequence[exception.first + shift + fits]],
                                 &draft->elements[draft->sequence[form.first + fits]]))
            fits++;
        if (fits == form.length)
            return true;
    }
    return false;
}

/* Can an exception ever keep a hit of the entry from counting? */
static bool can_apply(const att_draft *draft, att_sequence exception, const att_entry *entry)
{
    for (uint32_t f = 0; f < entry->forms; f++)
        if (covers(draft, exception, draft->forms.items[entry->form + f]))
            return true;
    return false;
}

/* Comparing all ways of an entry with all of its exceptions is worth no more than this. */
enum { MOST_PAIRS = 100000 };

static void doubt_exceptions(att_draft *draft)
{
    for (size_t i = 0; i < draft->entry_count; i++) {
        const att_entry *entry = &draft->entries[i];
        bool idle = false;
        if ((uint64_t)entry->forms * entry->excepts > MOST_PAIRS)
            continue;
        for (uint32_t k = 0; k < entry->excepts && !idle; k++)
            idle = !can_apply(draft, draft->exceptions.items[entry->except + k], entry);
        if (idle)
            doubt(draft, entry, "has an exception that does not hold its words and can never apply", NULL,
                  "write the exception with the words of the entry in it");
    }
}

static att_status doubt_normalisation(att_draft *draft)
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&code);
    UChar *wide = NULL;
    size_t capacity = 0;
    att_status status = ATT_OK;

    for (size_t i = 0; status == ATT_OK && i < draft->entry_count; i++) {
        const att_entry *entry = &draft->entries[i];
        size_t size = strlen(entry->term);
        int32_t length = 0;
        if (!att_grow(&wide, &capacity, size + 1, sizeof *wide))
            status = att_fail_memory(draft->error);
        else
            u_strFromUTF8(wide, (int32_t)capacity, &length, entry->term, (int32_t)size, &code);
        if (status == ATT_OK && U_SUCCESS(code) && !unorm2_isNormalized(nfc, wide, length, &code))
            doubt(draft, entry, "is not in Unicode form NFC", NULL,
                  "it matches all the same, but save it in NFC so that a search in the file finds it");
    }
    free(wide);
    return status;
}

/* Scripts whose letters look alike; a word of two of them is a slip of the keyboard. */
static bool mixes_scripts(att_span text)
{
    static const UScriptCode alike[] = {USCRIPT_LATIN, USCRIPT_CYRILLIC, USCRIPT_GREEK, USCRIPT_ARMENIAN};
    unsigned met = 0;

    for (size_t at = 0; at < text.size;) {
        UErrorCode code = U_ZERO_ERROR;
        UScriptCode script = uscript_getScript((UChar32)att_utf8_next(text.text, text.size, &at), &code);
        for (unsigned i = 0; i < sizeof alike / sizeof alike[0]; i++)
            met |= (unsigned)(U_SUCCESS(code) && script == alike[i]) << i;
    }
    return (met & (met - 1)) != 0;
}

static bool form_mixes_scripts(const att_draft *draft, att_sequence form)
{
    for (uint32_t e = 0; e < form.length; e++) {
        const att_element *element = &draft->elements[draft->sequence[form.first + e]];
        if (element->kind != ATT_REGEX && !att_is_turn_regex(element->kind) && mixes_scripts(element->text))
            return true;
    }
    return false;
}

static void doubt_scripts(att_draft *draft)
{
    for (size_t i = 0; i < draft->entry_count; i++) {
        const att_entry *entry = &draft->entries[i];
        bool mixes = false;
        for (uint32_t f = 0; f < entry->forms && !mixes; f++)
            mixes = form_mixes_scripts(draft, draft->forms.items[entry->form + f]);
        if (mixes)
            doubt(draft, entry, "mixes letters of two scripts that look alike in one word", NULL,
                  "type it again with one keyboard");
    }
}

att_status att_draft_doubts(att_draft *draft)
{
    att_status status = doubt_shared(draft);

    if (status == ATT_OK)
        status = doubt_caught(draft);
    if (status == ATT_OK)
        status = doubt_contests(draft);
    if (status == ATT_OK)
        status = doubt_normalisation(draft);
    if (status == ATT_OK) {
        doubt_exceptions(draft);
        doubt_scripts(draft);
    }
    return status;
}
