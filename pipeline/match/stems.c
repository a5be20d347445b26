#include "match/stems.h"

#include "base/buffer.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

enum { FARTHEST = ATT_AFFIX_RUN * ATT_AFFIX_BYTES };

static att_span form_of(const att_affix *affix, bool exact)
{
    return exact ? affix->exact : affix->folded;
}

/* Where a run of prefixes may end: runs[byte] is one more than how many lead there at least; 0: none. */
static void find_starts(uint8_t runs[FARTHEST + 1], const att_affixes *prefixes, att_span word, bool exact)
{
    memset(runs, 0, FARTHEST + 1);
    runs[0] = 1;
    for (size_t at = 0; at <= FARTHEST && at < word.size; at++) {
        if (!runs[at] || runs[at] > prefixes->most)
            continue;
        for (uint32_t i = 0; i < prefixes->count; i++) {
            att_span affix = form_of(&prefixes->items[i], exact);
            size_t end = at + affix.size;
            if (end < word.size && end <= FARTHEST && memcmp(word.text + at, affix.text, affix.size) == 0 &&
                (!runs[end] || runs[end] > runs[at] + 1))
                runs[end] = (uint8_t)(runs[at] + 1);
        }
    }
}

/* cut[n]: the last n bytes may come off. */
static void find_ends(bool cut[ATT_AFFIX_BYTES + 1], const att_affixes *suffixes, att_span word, bool exact)
{
    memset(cut, 0, ATT_AFFIX_BYTES + 1);
    cut[0] = true;
    for (uint32_t i = 0; i < suffixes->count; i++) {
        att_span affix = form_of(&suffixes->items[i], exact);
        if (affix.size < word.size && memcmp(word.text + word.size - affix.size, affix.text, affix.size) == 0)
            cut[affix.size] = true;
    }
}

/* Letters, which a mark belongs to. */
static size_t count_letters(att_span text)
{
    size_t letters = 0;

    for (size_t at = 0; at < text.size;) {
        UChar32 c = (UChar32)att_utf8_next(text.text, text.size, &at);
        letters += !(U_GET_GC_MASK(c) & U_GC_M_MASK);
    }
    return letters;
}

static bool is_enough(const att_spelling *spelling, att_span word, size_t from, size_t to)
{
    size_t least = 1;

    if (from > 0)
        least = spelling->prefixes.leave;
    if (to < word.size && spelling->suffixes.leave > least)
        least = spelling->suffixes.leave;
    return from < to && count_letters((att_span){word.text + from, to - from}) >= least;
}

static int compare_stems(const void *a, const void *b)
{
    const att_stem *x = a, *y = b;

    if (x->taken != y->taken)
        return x->taken < y->taken ? -1 : 1;
    return (x->from > y->from) - (x->from < y->from);
}

bool att_stems_list(att_stem **stems, size_t *room, size_t *count, const att_spelling *spelling, att_span word,
                    bool exact, bool prefixes)
{
    uint8_t runs[FARTHEST + 1];
    bool cut[ATT_AFFIX_BYTES + 1];
    size_t farthest = prefixes && spelling->prefixes.count ? FARTHEST : 0;

    *count = 0;
    find_starts(runs, &spelling->prefixes, word, exact);
    find_ends(cut, &spelling->suffixes, word, exact);
    for (size_t from = 0; from <= farthest && from < word.size; from++)
        for (size_t off = 0; runs[from] && off <= ATT_AFFIX_BYTES && off + from < word.size; off++) {
            size_t to = word.size - off;
            if (!cut[off] || (from == 0 && off == 0) || !is_enough(spelling, word, from, to))
                continue;
            if (!att_grow(stems, room, *count + 1, sizeof **stems))
                return false;
            size_t taken = att_utf8_count(word.text, from) + att_utf8_count(word.text + to, off);
            (*stems)[(*count)++] = (att_stem){(uint32_t)from, (uint32_t)to, (uint32_t)taken};
        }
    if (*count > 1)
        qsort(*stems, *count, sizeof **stems, compare_stems);
    return true;
}
