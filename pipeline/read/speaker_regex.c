#include "read/speaker_regex.h"

#include "model/turn.h"
#include "read/scan.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

/* A line start is short: an expression that needs more steps than this runs wild. */
#define MATCH_LIMIT 100000
#define DEPTH_LIMIT 10000
#define HEAP_LIMIT  4096 /* KiB */

struct att_speaker_regex {
    pcre2_code *code;
    pcre2_match_context *limits;
};

struct att_regex_scratch {
    pcre2_match_data *match;
};

static att_status expression_fail(const char *expression, int number, size_t offset, att_error *error)
{
    PCRE2_UCHAR message[256] = "unknown mistake";

    (void)pcre2_get_error_message(number, message, sizeof message);
    return att_fail(error, ATT_USAGE, NULL, 0, 0,
                    "the speaker expression `%s` is wrong at byte %zu: %s; see `man pcre2pattern`", expression, offset,
                    (const char *)message);
}

att_status att_speaker_regex_new(att_speaker_regex **out, const char *expression, att_error *error)
{
    const uint32_t flags = PCRE2_UTF | PCRE2_UCP | PCRE2_ANCHORED | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
    att_speaker_regex *regex = calloc(1, sizeof *regex);
    PCRE2_SIZE offset = 0;
    int number = 0;

    if (!regex || !(regex->limits = pcre2_match_context_create(NULL))) {
        att_speaker_regex_free(regex);
        return att_fail_memory(error);
    }
    pcre2_set_match_limit(regex->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(regex->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(regex->limits, HEAP_LIMIT);
    regex->code = pcre2_compile((PCRE2_SPTR)expression, PCRE2_ZERO_TERMINATED, flags, &number, &offset, NULL);
    if (!regex->code) {
        att_speaker_regex_free(regex);
        return expression_fail(expression, number, offset, error);
    }
    /* Without JIT (a locked-down machine) the interpreter does the same work, slower. */
    (void)pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE);
    *out = regex;
    return ATT_OK;
}

void att_speaker_regex_free(att_speaker_regex *regex)
{
    if (!regex)
        return;
    pcre2_code_free(regex->code);
    pcre2_match_context_free(regex->limits);
    free(regex);
}

att_regex_scratch *att_regex_scratch_new(const att_speaker_regex *regex)
{
    att_regex_scratch *scratch = calloc(1, sizeof *scratch);

    if (!scratch)
        return NULL;
    scratch->match = pcre2_match_data_create_from_pattern(regex->code, NULL);
    if (!scratch->match) {
        free(scratch);
        return NULL;
    }
    return scratch;
}

void att_regex_scratch_free(att_regex_scratch *scratch)
{
    if (!scratch)
        return;
    pcre2_match_data_free(scratch->match);
    free(scratch);
}

static size_t line_length(const char *line, size_t size)
{
    const char *end = memchr(line, '\n', size);
    size_t length = end ? (size_t)(end - line) : size;

    end = memchr(line, '\r', length);
    return end ? (size_t)(end - line) : length;
}

int att_speaker_regex_match(const att_speaker_regex *regex, att_regex_scratch *scratch, att_label *label,
                            const char *line, size_t size)
{
    size_t length = line_length(line, size);
    /* A byte order mark is not of the line. */
    size_t start = length >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    int groups =
        pcre2_match(regex->code, (PCRE2_SPTR)line + start, length - start, 0, 0, scratch->match, regex->limits);
    if (groups == PCRE2_ERROR_NOMATCH || groups == PCRE2_ERROR_PARTIAL)
        return 0;
    if (groups < 0)
        return -1;
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(scratch->match);
    bool grouped = groups > 1 && at[2] != PCRE2_UNSET;
    size_t from = start + (grouped ? at[2] : at[0]);
    size_t to = start + (grouped ? at[3] : at[1]);
    /* \K may set the start behind the end, look-ahead may reach beyond the match. */
    if (at[0] > at[1] || from > to || to > length)
        return 0;
    size_t first = att_white_skip(line, to, from);
    label->text = (att_span){line + first, att_white_trim(line, first, to) - first};
    label->size = start + at[1];
    label->start_ms = ATT_NO_TIME;
    label->end_ms = ATT_NO_TIME;
    label->form = ATT_FORMS;
    label->tight = false;
    return at[1] > at[0] && label->text.size > 0;
}

att_status att_speaker_regex_fail(const char *file, uint64_t line, att_error *error)
{
    return att_fail(error, ATT_BAD_INPUT, file, line, 0,
                    "the speaker expression takes too many steps on this line; simplify it (nested repetitions such as "
                    "`(a+)+` are the usual cause)");
}
