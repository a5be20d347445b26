#include "base/charset.h"

#include "base/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

/* ---- names ---- */

static att_status fail_name(const char *name, att_error *error)
{
    return att_fail(error, ATT_USAGE, NULL, 0, 0,
                    "unknown encoding '%s'; give its usual name, such as UTF-8, UTF-16LE, windows-1252, ISO-8859-2, "
                    "KOI8-R, Shift_JIS or GB18030",
                    name);
}

static att_status open_converter(UConverter **out, const char *name, att_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    UConverter *converter = *name ? ucnv_open(name, &code) : NULL;

    if (code == U_MEMORY_ALLOCATION_ERROR)
        return att_fail_memory(error);
    if (!converter || U_FAILURE(code))
        return fail_name(name, error);
    *out = converter;
    return ATT_OK;
}

att_status att_charset_check(const char *name, att_error *error)
{
    UConverter *converter = NULL;
    att_status status = open_converter(&converter, name, error);

    ucnv_close(converter);
    return status;
}

/* ---- decoding ---- */

enum { INPUT = 32 * 1024, PIVOT = 4 * 1024 };

struct att_decoder {
    att_source source;
    att_source *encoded;
    UConverter *from, *to;
    uint64_t ill_formed;
    const char *at, *end; /* of the input that is not converted yet */
    UChar *pivot_from, *pivot_to;
    bool ended; /* no more input */
    bool done;  /* and no more output */
    int failed; /* errno */
    UChar pivot[PIVOT];
    char input[INPUT];
};

static void replace_ill_formed(const void *context, UConverterToUnicodeArgs *args, const char *units, int32_t length,
                               UConverterCallbackReason reason, UErrorCode *code)
{
    static const UChar replacement = 0xFFFD;
    /* ICU's signature; the context is the counter that was given. */
    uint64_t *count = (uint64_t *)(uintptr_t)context;

    (void)units;
    (void)length;
    if (reason > UCNV_IRREGULAR)
        return;
    ++*count;
    *code = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(args, &replacement, 1, 0, code);
}

/* Takes in more, when there is none left. false: it failed. */
static bool take_input(att_decoder *decoder)
{
    if (decoder->at < decoder->end || decoder->ended)
        return true;
    ptrdiff_t got = decoder->encoded->read(decoder->encoded, decoder->input, INPUT);
    if (got < 0) {
        decoder->failed = errno ? errno : EIO;
        return false;
    }
    decoder->ended = got == 0;
    decoder->at = decoder->input;
    decoder->end = decoder->input + got;
    return true;
}

static ptrdiff_t give(att_source *source, void *to, size_t size)
{
    att_decoder *decoder = source->state;
    char *target = to;
    const char *limit = target + size;

    while (target == to && size && !decoder->done && !decoder->failed && take_input(decoder)) {
        UErrorCode code = U_ZERO_ERROR;
        ucnv_convertEx(decoder->to, decoder->from, &target, limit, &decoder->at, decoder->end, decoder->pivot,
                       &decoder->pivot_from, &decoder->pivot_to, decoder->pivot + PIVOT, false, decoder->ended, &code);
        if (code == U_MEMORY_ALLOCATION_ERROR)
            decoder->failed = ENOMEM;
        else if (U_FAILURE(code) && code != U_BUFFER_OVERFLOW_ERROR)
            decoder->failed = EILSEQ;
        decoder->done = decoder->ended && U_SUCCESS(code);
    }
    if (decoder->failed && target == to) {
        errno = decoder->failed;
        return -1;
    }
    return target - (char *)to;
}

att_status att_decoder_new(att_decoder **out, const char *charset, att_source *encoded, att_error *error)
{
    att_decoder *decoder = malloc(sizeof *decoder);
    UErrorCode code = U_ZERO_ERROR;

    if (!decoder)
        return att_fail_memory(error);
    memset(decoder, 0, offsetof(att_decoder, pivot));
    decoder->source = (att_source){give, decoder};
    decoder->encoded = encoded;
    decoder->pivot_from = decoder->pivot_to = decoder->pivot;
    att_status status = open_converter(&decoder->from, charset, error);
    if (!status)
        status = open_converter(&decoder->to, "UTF-8", error);
    if (!status) {
        ucnv_setToUCallBack(decoder->from, replace_ill_formed, &decoder->ill_formed, NULL, NULL, &code);
        status = U_FAILURE(code) ? att_fail_memory(error) : ATT_OK;
    }
    if (status) {
        att_decoder_free(decoder);
        return status;
    }
    *out = decoder;
    return ATT_OK;
}

att_source *att_decoder_source(att_decoder *decoder)
{
    return &decoder->source;
}

uint64_t att_decoder_ill_formed(const att_decoder *decoder)
{
    return decoder->ill_formed;
}

void att_decoder_free(att_decoder *decoder)
{
    if (!decoder)
        return;
    ucnv_close(decoder->from);
    ucnv_close(decoder->to);
    free(decoder);
}

att_status att_charset_convert(const char *charset, att_span text, att_buffer *out, att_error *error)
{
    att_source source = att_source_of_span(&text);
    att_decoder *decoder = NULL;
    char block[1024];
    ptrdiff_t got = 0;
    att_status status = att_decoder_new(&decoder, charset, &source, error);

    while (!status && (got = decoder->source.read(&decoder->source, block, sizeof block)) > 0)
        att_buffer_append(out, block, (size_t)got);
    if (!status && (out->failed || got < 0))
        status = att_fail_memory(error);
    att_decoder_free(decoder);
    return status;
}
