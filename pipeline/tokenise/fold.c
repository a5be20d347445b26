#include "tokenise/fold.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

struct att_folder {
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

void att_fold(att_folder *folder, att_buffer *out, att_span text, bool keep_case)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t length = 0;

    out->size = 0;
    if (fold_ascii(out, text, keep_case))
        return;
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
