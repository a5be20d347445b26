#include "tally/speaker_label.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* Longer labels than this are compared to the letter only. */
enum { LONGEST = 4096 };

/* White space and colons are all in the BMP: one unit, one character. */
static void trim(const UChar *text, int32_t *start, int32_t *end)
{
    const UChar fullwidth_colon = 0xFF1A;
    while (*start < *end && u_isUWhiteSpace(text[*start]))
        (*start)++;
    while (*start < *end &&
           (u_isUWhiteSpace(text[*end - 1]) || text[*end - 1] == ':' || text[*end - 1] == fullwidth_colon))
        (*end)--;
}

/* NFKC_Casefold of text[start, end) in fresh memory; NULL: no memory. */
static UChar *fold(const UChar *text, int32_t size, int32_t *folded_size)
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&code);
    if (U_FAILURE(code))
        return NULL;
    int32_t room = 4 * size + 32;
    for (;;) {
        UChar *folded = malloc((size_t)room * sizeof *folded);
        if (!folded)
            return NULL;
        code = U_ZERO_ERROR;
        *folded_size = unorm2_normalize(form, text, size, folded, room, &code);
        if (U_SUCCESS(code))
            return folded;
        free(folded);
        if (code != U_BUFFER_OVERFLOW_ERROR)
            return NULL;
        room = *folded_size + 1;
    }
}

void att_label_fold(att_buffer *out, att_span label)
{
    UChar text[LONGEST];
    int32_t size = 0, start = 0, folded_size = 0, written = 0;
    UErrorCode code = U_ZERO_ERROR;
    if (label.size > LONGEST || label.size == 0) {
        att_buffer_span(out, label);
        return;
    }
    /* Never longer in UTF-16 units than in bytes. */
    u_strFromUTF8WithSub(text, LONGEST, &size, label.text, (int32_t)label.size, 0xFFFD, NULL, &code);
    if (U_FAILURE(code)) {
        att_buffer_span(out, label);
        return;
    }
    trim(text, &start, &size);
    UChar *folded = fold(text + start, size - start, &folded_size);
    if (!folded || !att_buffer_reserve(out, 3 * (size_t)folded_size + 1)) {
        out->failed = true;
        free(folded);
        return;
    }
    u_strToUTF8(out->data + out->size, (int32_t)(3 * folded_size + 1), &written, folded, folded_size, &code);
    out->size += (size_t)written;
    out->data[out->size] = '\0';
    free(folded);
}
