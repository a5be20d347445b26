#include "read/cha_marks.h"

#include <stdint.h>
#include <string.h>

/* Those of three bytes, by code point. */
static bool is_mark(uint32_t c)
{
    switch (c) {
    case 0x201E: /* „ before a tag question */
    case 0x2021: /* ‡ behind a vocative */
    case 0x2039: /* ‹ › phonological group */
    case 0x203A:
    case 0x2047: /* ⁇ unsure */
    case 0x204E: /* ⁎ creaky */
    case 0x2051: /* ⁑ hardening */
    case 0x2190: /* ← → ↑ ↓ pitch and latching */
    case 0x2191:
    case 0x2192:
    case 0x2193:
    case 0x2196: /* ↖ ↗ ↘ ↙ */
    case 0x2197:
    case 0x2198:
    case 0x2199:
    case 0x21AB: /* ↫ repeated segment */
    case 0x21BB: /* ↻ pitch reset */
    case 0x21D7: /* ⇗ ⇘ final contours */
    case 0x21D8:
    case 0x2206: /* ∆ faster */
    case 0x2207: /* ∇ slower */
    case 0x2219: /* ∙ inhalation */
    case 0x221E: /* ∞ unmarked ending */
    case 0x222C: /* ∬ whisper */
    case 0x222E: /* ∮ singing */
    case 0x223E: /* ∾ constriction */
    case 0x2248: /* ≈ latching */
    case 0x224B: /* ≋ continuation */
    case 0x2260: /* ≠ block */
    case 0x2261: /* ≡ uptake */
    case 0x2308: /* ⌈ ⌉ ⌊ ⌋ overlap */
    case 0x2309:
    case 0x230A:
    case 0x230B:
    case 0x2581: /* ▁ low, ▔ high pitch */
    case 0x2594:
    case 0x25C9: /* ◉ louder */
    case 0x263A: /* ☺ smile voice */
    case 0x264B: /* ♋ breathy */
    case 0x2906: /* ⤆ ⤇ */
    case 0x2907:
    case 0x3014: /* 〔 〕 sign group */
    case 0x3015:
        return true;
    default:
        return false;
    }
}

static uint32_t code_point(const char *text)
{
    return ((uint32_t)(text[0] & 0x0F) << 12) | ((uint32_t)(text[1] & 0x3F) << 6) | (uint32_t)(text[2] & 0x3F);
}

size_t att_cha_mark_size(const char *text, size_t size, size_t at)
{
    const char *mark = text + at;
    size_t left = size - at;

    switch ((unsigned char)*mark) {
    case 0xC2: /* ° softer, § precise */
        return left >= 2 && (mark[1] == '\xB0' || mark[1] == '\xA7') ? 2 : 0;
    case 0xCB: /* ˈ ˌ stress */
        return left >= 2 && (mark[1] == '\x88' || mark[1] == '\x8C') ? 2 : 0;
    case 0xE2:
    case 0xE3:
        return left >= 3 && is_mark(code_point(mark)) ? 3 : 0;
    default:
        return 0;
    }
}

bool att_cha_mark_is_comma(const char *mark, size_t size)
{
    return size == 3 && (memcmp(mark, "\xE2\x80\x9E", 3) == 0 || memcmp(mark, "\xE2\x80\xA1", 3) == 0);
}

bool att_cha_mark_is_overlap(const char *mark, size_t size)
{
    return size == 3 && code_point(mark) >= 0x2308 && code_point(mark) <= 0x230B;
}
