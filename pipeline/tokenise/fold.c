#include "tokenise/fold.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

/* Code points below this one have a place in the folder's memory. */
enum { KNOWN_POINTS = 0x3000 };

/* How a code point folds in the company of others. */
typedef enum {
    UNKNOWN, /* not looked at yet */
    STARTER, /* by itself: its folded form never reacts with what stands before it; one code point if decomposed */
    CLUSTER, /* likewise, but several code points if decomposed, so that a mark behind it may move */
    MARK,    /* stays as it is behind a STARTER, if no other mark follows */
    MIXER,   /* may compose or move: ICU must see the whole */
} point_kind;

typedef struct {
    uint8_t kind;
    uint8_t size; /* of the folded form in bytes, at most 4; 0: it is left out */
    char folded[4];
} known_point;

struct att_folder {
    known_point *points[2]; /* by keep_case; allocated on first use */
    const UNormalizer2 *nfd;
    const UNormalizer2 *nfc;
    UChar *a; /* two scratch texts that take turns */
    UChar *b;
    int32_t capacity;
};

att_status att_folder_new(att_folder **out, att_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    att_folder *folder = calloc(1, sizeof *folder);

    if (!folder)
        return att_fail_memory(error);
    folder->nfd = unorm2_getNFDInstance(&code);
    folder->nfc = unorm2_getNFCInstance(&code);
    if (U_FAILURE(code)) {
        free(folder);
        return att_fail(error, ATT_ENVIRONMENT, NULL, 0, 0,
                        "ICU has no normalisation data (%s); reinstall the ICU library", u_errorName(code));
    }
    *out = folder;
    return ATT_OK;
}

void att_folder_free(att_folder *folder)
{
    if (!folder)
        return;
    free(folder->points[0]);
    free(folder->points[1]);
    free(folder->a);
    free(folder->b);
    free(folder);
}

static bool is_apostrophe(uint32_t c)
{
    return c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0xFF07;
}

/* ASCII needs no normalisation and folds letter by letter; most types of most languages end here. */
static bool fold_ascii(att_buffer *out, att_span text, bool keep_case)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.text[i] >= 0x80)
            return false;
    if (!att_buffer_reserve(out, text.size))
        return true;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.text[i];
        out->data[i] = !keep_case && c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    out->size = text.size;
    out->data[out->size] = '\0';
    return true;
}

static bool reserve(att_folder *folder, int32_t needed)
{
    if (needed <= folder->capacity)
        return true;
    UChar *a = realloc(folder->a, (size_t)needed * sizeof *a);
    if (a)
        folder->a = a;
    UChar *b = realloc(folder->b, (size_t)needed * sizeof *b);
    if (b)
        folder->b = b;
    if (!a || !b)
        return false;
    folder->capacity = needed;
    return true;
}

static void put_utf8(att_buffer *out, const UChar *text, int32_t size)
{
    char bytes[4];

    for (int32_t i = 0; i < size;) {
        uint32_t c = text[i++];
        if (U16_IS_LEAD(c) && i < size && U16_IS_TRAIL(text[i]))
            c = (uint32_t)U16_GET_SUPPLEMENTARY((UChar32)c, (UChar32)text[i++]);
        if (c == 0x00AD)
            continue;
        if (is_apostrophe(c))
            c = '\'';
        att_buffer_append(out, bytes, att_utf8_put(bytes, c));
    }
}

static void fold_icu(att_folder *folder, att_buffer *out, att_span text, bool keep_case)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t length = 0;

    out->size = 0;
    /* A code point decomposes into at most 4 UTF-16 units per UTF-8 byte pair and folds into at most 3 more; 8 units a
     * byte is beyond every growth that Unicode's stability policy allows. */
    if (text.size > INT32_MAX / 16 || !reserve(folder, (int32_t)text.size * 8 + 16)) {
        out->failed = true;
        return;
    }
    u_strFromUTF8WithSub(folder->a, folder->capacity, &length, text.text, (int32_t)text.size, ATT_REPLACEMENT, NULL,
                         &code);
    length = unorm2_normalize(folder->nfd, folder->a, length, folder->b, folder->capacity, &code);
    if (keep_case)
        memcpy(folder->a, folder->b, (size_t)(U_SUCCESS(code) ? length : 0) * sizeof *folder->a);
    else
        length = u_strFoldCase(folder->a, folder->capacity, folder->b, length, U_FOLD_CASE_DEFAULT, &code);
    length = unorm2_normalize(folder->nfc, folder->a, length, folder->b, folder->capacity, &code);
    if (U_FAILURE(code)) {
        out->failed = true;
        return;
    }
    put_utf8(out, folder->b, length);
}

/* Looks a code point up in ICU. out is for scratch. */
static known_point learn_point(att_folder *folder, att_buffer *out, uint32_t c, bool keep_case)
{
    UErrorCode code = U_ZERO_ERROR;
    known_point point = {.kind = MIXER};
    UChar decomposed[32];
    char bytes[4];
    int32_t at = 0;
    UChar32 first, self = (UChar32)c;

    int32_t length = unorm2_getDecomposition(folder->nfd, self, decomposed, 32, &code);
    if (U_FAILURE(code))
        return point;
    if (length < 0)                  /* none: it is its own */
        decomposed[at++] = (UChar)c; /* below U+10000 */
    length = length < 0 ? at : length;
    at = 0;
    first = decomposed[at++]; /* what decomposes below U+3000 does not leave the first plane */
    fold_icu(folder, out, (att_span){bytes, att_utf8_put(bytes, c)}, keep_case);
    if (out->failed || out->size > sizeof point.folded)
        return point;
    memcpy(point.folded, out->data, out->size);
    point.size = (uint8_t)out->size;
    if (u_getCombiningClass(first) != 0) {
        bool same = at == length && out->size == att_utf8_put(bytes, c) && memcmp(out->data, bytes, out->size) == 0;
        if (same && u_getIntPropertyValue(self, UCHAR_NFC_QUICK_CHECK) == UNORM_YES)
            point.kind = MARK;
        return point;
    }
    /* What it folds to, decomposed, begins with the folded first code point. */
    UChar32 folded = keep_case ? first : u_foldCase(first, U_FOLD_CASE_DEFAULT);
    if (u_getCombiningClass(folded) == 0 && unorm2_hasBoundaryBefore(folder->nfc, folded) &&
        unorm2_hasBoundaryBefore(folder->nfc, self))
        point.kind = at == length ? STARTER : CLUSTER;
    return point;
}

/* Code point by code point, where each folds by itself; false: ICU must see the whole. */
static bool fold_points(att_folder *folder, att_buffer *out, att_span text, bool keep_case)
{
    point_kind before = CLUSTER; /* no mark may come first */
    char folded[256];
    size_t size = 0;

    if (!folder->points[keep_case])
        folder->points[keep_case] = calloc(KNOWN_POINTS, sizeof *folder->points[keep_case]);
    if (!folder->points[keep_case] || text.size > sizeof folded / 4)
        return false;
    for (size_t at = 0; at < text.size;) {
        uint32_t c = att_utf8_next(text.text, text.size, &at);
        if (c >= KNOWN_POINTS)
            return false;
        known_point *point = &folder->points[keep_case][c];
        if (point->kind == UNKNOWN)
            *point = learn_point(folder, out, c, keep_case);
        if (point->kind == MIXER || (point->kind == MARK && before != STARTER))
            return false;
        memcpy(folded + size, point->folded, sizeof point->folded);
        size += point->size;
        before = point->kind;
    }
    out->size = 0;
    if (att_buffer_reserve(out, size)) {
        memcpy(out->data, folded, size);
        out->size = size;
        out->data[size] = '\0';
    }
    return true;
}

void att_fold(att_folder *folder, att_buffer *out, att_span text, bool keep_case)
{
    out->size = 0;
    if (!fold_ascii(out, text, keep_case) && !fold_points(folder, out, text, keep_case))
        fold_icu(folder, out, text, keep_case);
}

static bool is_mark(UChar c, unsigned marks)
{
    if (c < 0x300)
        return false;
    if (c <= 0x36F)
        return marks & ATT_MARKS_ACCENTS;
    if (c >= 0x591 && c <= 0x5C7)
        return marks & ATT_MARKS_NIQQUD && c != 0x5BE && c != 0x5C0 && c != 0x5C3 && c != 0x5C6;
    if (c == 0x93C)
        return marks & ATT_MARKS_NUKTA;
    return marks & ATT_MARKS_HARAKAT && ((c >= 0x610 && c <= 0x61A) || (c >= 0x64B && c <= 0x652) || c == 0x670 ||
                                         (c >= 0x6D6 && c <= 0x6ED && u_charType(c) == U_NON_SPACING_MARK));
}

void att_fold_without(att_folder *folder, att_buffer *out, att_span text, bool keep_case, unsigned marks)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t length = 0, kept = 0;

    att_fold(folder, out, text, keep_case);
    size_t ascii = 0;
    while (ascii < out->size && !((unsigned char)out->data[ascii] & 0x80))
        ascii++;
    if (!marks || out->failed || ascii == out->size)
        return;
    /* Decomposing makes of one byte of UTF-8 at most two units (fold_icu reserves more). */
    if (out->size > INT32_MAX / 16 || !reserve(folder, (int32_t)out->size * 8 + 16)) {
        out->failed = true;
        return;
    }
    u_strFromUTF8(folder->a, folder->capacity, &length, out->data, (int32_t)out->size, &code);
    length = unorm2_normalize(folder->nfd, folder->a, length, folder->b, folder->capacity, &code);
    for (int32_t i = 0; U_SUCCESS(code) && i < length; i++)
        if (!is_mark(folder->b[i], marks))
            folder->b[kept++] = folder->b[i];
    length = unorm2_normalize(folder->nfc, folder->b, kept, folder->a, folder->capacity, &code);
    out->size = 0;
    if (U_FAILURE(code)) {
        out->failed = true;
        return;
    }
    put_utf8(out, folder->a, length);
}
