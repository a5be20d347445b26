#include "tally/speaker_label.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* Longer texts than this are compared to the letter only. */
enum { LONGEST = 4096 };

/* text[0, size) in a normal form, in fresh memory; NULL: no memory. */
static UChar *normalise(const UNormalizer2 *form, const UChar *text, int32_t size, int32_t *normal_size)
{
    int32_t room = 4 * size + 32;
    for (;;) {
        UChar *normal = malloc((size_t)room * sizeof *normal);
        if (!normal)
            return NULL;
        UErrorCode code = U_ZERO_ERROR;
        *normal_size = unorm2_normalize(form, text, size, normal, room, &code);
        if (U_SUCCESS(code))
            return normal;
        free(normal);
        if (code != U_BUFFER_OVERFLOW_ERROR)
            return NULL;
        room = *normal_size + 1;
    }
}

/* The normal form has one colon for all wide ones. White space is in the BMP: one unit, one character. */
static int32_t squeeze(UChar *text, int32_t size)
{
    int32_t kept = 0;
    for (int32_t at = 0; at < size; at++) {
        bool white = u_isUWhiteSpace(text[at]);
        if (white && (kept == 0 || text[kept - 1] == ' '))
            continue;
        text[kept++] = white ? ' ' : text[at];
    }
    while (kept > 0 && (text[kept - 1] == ' ' || text[kept - 1] == ':'))
        kept--;
    return kept;
}

static void append(att_buffer *out, const UChar *text, int32_t size)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t written = 0;
    if (!att_buffer_reserve(out, 3 * (size_t)size + 1)) {
        out->failed = true;
        return;
    }
    u_strToUTF8(out->data + out->size, 3 * size + 1, &written, text, size, &code);
    out->size += (size_t)written;
    out->data[out->size] = '\0';
}

static void append_normal(att_buffer *out, att_span text, const UNormalizer2 *form, bool label)
{
    UChar wide[LONGEST];
    int32_t size = 0, normal_size = 0;
    UErrorCode code = U_ZERO_ERROR;
    /* Never longer in UTF-16 units than in bytes. */
    if (form && text.size > 0 && text.size <= LONGEST)
        u_strFromUTF8WithSub(wide, LONGEST, &size, text.text, (int32_t)text.size, 0xFFFD, NULL, &code);
    if (size == 0 || U_FAILURE(code)) {
        att_buffer_span(out, text);
        return;
    }
    UChar *normal = normalise(form, wide, size, &normal_size);
    if (normal)
        append(out, normal, label ? squeeze(normal, normal_size) : normal_size);
    else
        out->failed = true;
    free(normal);
}

void att_label_fold(att_buffer *out, att_span label)
{
    UErrorCode code = U_ZERO_ERROR;
    append_normal(out, label, unorm2_getNFKCCasefoldInstance(&code), true);
}

void att_transcript_fold(att_buffer *out, att_span id)
{
    UErrorCode code = U_ZERO_ERROR;
    append_normal(out, id, unorm2_getNFCInstance(&code), false);
}
