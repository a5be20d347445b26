#include "read/scan.h"

#include "base/cpu.h"
#include "base/utf8.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static bool ascii_white(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

size_t att_blank_skip(const char *text, size_t size, size_t at)
{
    size_t length;

    while (at < size && !att_is_line_end(text[at]) && (length = att_white_size(text, size, at)) > 0)
        at += length;
    return at;
}

static bool is_bracket(char c)
{
    return c == '[' || c == '(' || c == '{' || c == '<' || c == '#';
}

#ifdef __SSE2__
typedef __m128i block;

static block block_load(const char *text)
{
    return _mm_loadu_si128((const __m128i *)(const void *)text);
}

/* All ones in the bytes that are brackets. */
static block brackets(block text)
{
    /* [ and { differ in one bit. */
    block square = _mm_cmpeq_epi8(_mm_or_si128(text, _mm_set1_epi8(0x20)), _mm_set1_epi8('{'));
    block round = _mm_cmpeq_epi8(text, _mm_set1_epi8('('));
    block angle = _mm_cmpeq_epi8(text, _mm_set1_epi8('<'));
    block hash = _mm_cmpeq_epi8(text, _mm_set1_epi8('#'));
    return _mm_or_si128(_mm_or_si128(square, round), _mm_or_si128(angle, hash));
}

/* All ones in the bytes that are neither printable ASCII nor ASCII white space. */
static block unusual(block text)
{
    /* As signed bytes, everything from 0x80 lies below the space too. */
    block low = _mm_cmplt_epi8(text, _mm_set1_epi8(' '));
    block rubout = _mm_cmpeq_epi8(text, _mm_set1_epi8(0x7F));
    block from_tab = _mm_sub_epi8(text, _mm_set1_epi8('\t'));
    block white = _mm_cmpeq_epi8(_mm_min_epu8(from_tab, _mm_set1_epi8(4)), from_tab);
    return _mm_or_si128(_mm_andnot_si128(white, low), rubout);
}

/* The first byte at or after `at` that `mark` marks, or `size`; text has at least one block. */
static inline size_t block_find(block (*mark)(block), const char *text, size_t size, size_t at)
{
    for (; size - at >= 16; at += 16) {
        unsigned bits = (unsigned)_mm_movemask_epi8(mark(block_load(text + at)));
        if (bits)
            return at + (size_t)__builtin_ctz(bits);
    }
    /* The last block reaches back over bytes that were seen. */
    unsigned seen = 16 - (unsigned)(size - at);
    unsigned bits = (unsigned)_mm_movemask_epi8(mark(block_load(text + size - 16))) >> seen;
    return bits ? at + (size_t)__builtin_ctz(bits) : size;
}
#endif

static size_t find_bracket(const char *text, size_t size, size_t at)
{
#ifdef __SSE2__
    if (size >= 16)
        return block_find(brackets, text, size, at);
#endif
    while (at < size && !is_bracket(text[at]))
        at++;
    return at;
}

/* Printable ASCII and ASCII white space need no look; this finds the first byte that does. */
static size_t plain_prefix(const char *text, size_t size, size_t at)
{
#ifdef __SSE2__
    if (size >= 16)
        return block_find(unusual, text, size, at);
#endif
    while (at < size && ((text[at] >= ' ' && text[at] != 0x7F) || (text[at] >= '\t' && text[at] <= '\r')))
        at++;
    return at;
}

/* Bytes of a well-formed sequence of two or three bytes, by far the commonest; 0: look closer. */
static size_t short_sequence(const unsigned char *s, size_t left)
{
    if (left >= 2 && s[0] >= 0xC2 && s[0] < 0xE0 && (s[1] & 0xC0) == 0x80)
        return 2;
    if (left >= 3 && s[0] > 0xE0 && s[0] < 0xF0 && s[0] != 0xED && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80)
        return 3;
    return 0;
}

static bool is_clean(const char *text, size_t size)
{
    return plain_prefix(text, size, 0) == size;
}

const att_scan att_scan_plain = {find_bracket, is_clean};

const att_scan *att_scan_choose(void)
{
#if defined(__x86_64__)
    att_cpu_level level = att_cpu_choose();

    if (level != ATT_CPU_SCALAR)
        return level == ATT_CPU_AVX512 ? &att_scan_avx512 : &att_scan_avx2;
#endif
    return &att_scan_plain;
}

void att_text_check(const att_scan *scan, const char *text, size_t size, uint64_t *ill_formed, uint64_t *controls)
{
    if (scan->is_clean(text, size))
        return;
    const unsigned char *bytes = (const unsigned char *)text;
    size_t at = plain_prefix(text, size, 0);

    while (at < size) {
        size_t length = 0;
        while (at < size && bytes[at] >= 0x80 && (length = short_sequence(bytes + at, size - at)) > 0)
            at += length;
        if (at < size && bytes[at] < 0x80) {
            *controls += bytes[at] == 0x7F || (bytes[at] < ' ' && !ascii_white(text[at]));
            at++;
        } else if (at < size) {
            /* A real U+FFFD is a sequence of three bytes and was passed over above. */
            *ill_formed += att_utf8_next(text, size, &at) == ATT_REPLACEMENT;
        }
        at = plain_prefix(text, size, at);
    }
}

char att_bracket_closing(char opening)
{
    switch (opening) {
    case '[':
        return ']';
    case '(':
        return ')';
    case '{':
        return '}';
    case '<':
        return '>';
    default:
        return '\0';
    }
}
