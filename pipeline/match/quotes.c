#include "match/quotes.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

void att_quote_list_clear(att_quote_list *list)
{
    free(list->items);
    *list = (att_quote_list){0};
}

static bool is_ascii_letter(char c)
{
    return (((unsigned char)c | 0x20u) - 'a') < 26;
}

/* Is there a mark at `at`? The bytes that may begin one: " ' and C2, E2, E3. By far the most are in words: don't. */
static bool is_quote(const char *text, const char *at, const char *end)
{
    const unsigned char *c = (const unsigned char *)at;

    switch (c[0]) {
    case '\'':
        return at == text || end - at < 2 || !is_ascii_letter(at[-1]) || !is_ascii_letter(at[1]);
    case '"':
        return true;
    case 0xC2: /* U+00AB, U+00BB */
        return end - at > 1 && (c[1] == 0xAB || c[1] == 0xBB);
    case 0xE2: /* U+2018 to U+201F, U+2039, U+203A */
        return end - at > 2 && c[1] == 0x80 && ((c[2] >= 0x98 && c[2] <= 0x9F) || c[2] == 0xB9 || c[2] == 0xBA);
    case 0xE3: /* U+300C to U+300F */
        return end - at > 2 && c[1] == 0x80 && c[2] >= 0x8C && c[2] <= 0x8F;
    default:
        return false;
    }
}

enum { BLOCK = 64 };

/* Which of 64 bytes may begin a mark, one bit each. */
#if defined(__x86_64__)

static inline __m128i look_at_16(const char *at)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i ascii = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\'')));
    __m128i e2_e3 = _mm_cmpeq_epi8(_mm_or_si128(bytes, _mm_set1_epi8(1)), _mm_set1_epi8((char)0xE3));
    __m128i c2 = _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)0xC2));

    return _mm_or_si128(ascii, _mm_or_si128(e2_e3, c2));
}

static inline uint64_t look_at_block(const char *at)
{
    __m128i a = look_at_16(at), b = look_at_16(at + 16), c = look_at_16(at + 32), d = look_at_16(at + 48);

    /* Mostly there is none. */
    if (!_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d))))
        return 0;
    return (uint64_t)(unsigned)_mm_movemask_epi8(a) | (uint64_t)(unsigned)_mm_movemask_epi8(b) << 16 |
           (uint64_t)(unsigned)_mm_movemask_epi8(c) << 32 | (uint64_t)(unsigned)_mm_movemask_epi8(d) << 48;
}

#else

static uint64_t look_at_block(const char *at)
{
    uint64_t found = 0;

    for (unsigned i = 0; i < BLOCK; i++) {
        unsigned char c = (unsigned char)at[i];
        found |= (uint64_t)(c == '"' || c == '\'' || c == 0xC2 || (c | 1) == 0xE3) << i;
    }
    return found;
}

#endif

typedef struct {
    const att_tokens *tokens;
    const att_token_turn *turn;
    size_t token; /* the first that begins behind the last mark */
    att_quote_list *list;
} walk;

/* Notes the gap that the byte at `at` lies in, if it lies in one. Marks come in order. */
static bool note_gap(walk *w, size_t at)
{
    const uint32_t *start = w->tokens->start + w->turn->first, *end = w->tokens->end + w->turn->first;
    att_quote_list *list = w->list;

    /* By leaps: marks are far apart. */
    for (size_t leap = 32; leap; leap /= 2)
        while (w->token + leap <= w->turn->count && start[w->token + leap - 1] <= at)
            w->token += leap;
    if (w->token && at < end[w->token - 1])
        return true;
    uint32_t gap = (uint32_t)(w->turn->first + w->token);
    if (list->count && list->items[list->count - 1] == gap)
        return true;
    if (!att_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items))
        return false;
    list->items[list->count++] = gap;
    return true;
}

static bool note_marks(walk *w, uint64_t found, size_t at)
{
    att_span text = w->turn->text;

    for (; found; found &= found - 1) {
        size_t mark = at + (unsigned)__builtin_ctzll(found);
        if (is_quote(text.text, text.text + mark, text.text + text.size) && !note_gap(w, mark))
            return false;
    }
    return true;
}

bool att_quotes_find(const att_tokens *tokens, const att_token_turn *turn, att_quote_list *list)
{
    att_span text = turn->text;
    walk w = {tokens, turn, 0, list};
    char rest[BLOCK] = {0};
    size_t at = 0;

    list->count = 0;
    for (; at + BLOCK <= text.size; at += BLOCK) {
        uint64_t found = look_at_block(text.text + at);
        if (found && !note_marks(&w, found, at))
            return false;
    }
    memcpy(rest, text.text + at, text.size - at);
    return note_marks(&w, look_at_block(rest), at);
}
