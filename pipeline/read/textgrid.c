/* TextGrid of Praat, in the long and the short text form (Praat manual: "TextGrid file formats"): each tier is a
 * speaker, the labels of its intervals are what was said. */
#include "base/arena.h"
#include "read/document.h"
#include "read/scan.h"
#include "read/textgrid_tiers.h"
#include "read/textgrid_tokens.h"

#include <math.h>
#include <stdlib.h>

/* A label that is not empty. */
typedef struct {
    double start, end; /* seconds */
    att_span text;     /* as it stands between its quotes */
    uint64_t line;
    uint32_t tier;
    bool doubled;
} interval;

typedef struct {
    const char *file;
    att_span content;
    att_praat_reader tokens;
    att_arena arena; /* of names with doubled quotes */
    att_textgrid_tier tiers[ATT_TEXTGRID_TIERS];
    size_t tier_count;
    interval *intervals;
    size_t interval_count;
    size_t interval_capacity;
    att_buffer undoubled;
} grid;

/* The next value must be of this kind; flags in between are passed over. */
static att_status expect(grid *g, att_praat_kind kind, att_praat_token *token, const char *what, att_error *error)
{
    do
        *token = att_praat_next(&g->tokens);
    while (token->kind == ATT_PRAAT_FLAG);
    if (token->kind == kind)
        return ATT_OK;
    if (token->kind == ATT_PRAAT_OPEN)
        return att_fail(error, ATT_BAD_INPUT, g->file, token->line, 0,
                        "a text begins here that no quotation mark ends; the file was cut off or a `\"` in a label is "
                        "not doubled: save it again with Praat");
    if (token->kind == ATT_PRAAT_END)
        return att_fail(error, ATT_BAD_INPUT, g->file, token->line, 0,
                        "ends where %s should follow; the file was cut off: save it again with Praat", what);
    return att_fail(
        error, ATT_BAD_INPUT, g->file, token->line, 0,
        "has something else where %s should be; is a `\"` in the label before not doubled? Save it again with "
        "Praat as a text file",
        what);
}

static att_status expect_count(grid *g, uint64_t *count, const char *what, att_error *error)
{
    att_praat_token token;
    att_status status = expect(g, ATT_PRAAT_NUMBER, &token, what, error);

    if (status)
        return status;
    if (token.number < 0 || token.number > 1e15 || token.number != floor(token.number))
        return att_fail(error, ATT_BAD_INPUT, g->file, token.line, 0,
                        "%s is %.*s, not a whole number; save the file again with Praat as a text file", what,
                        (int)(token.text.size < 40 ? token.text.size : 40), token.text.text);
    *count = (uint64_t)token.number;
    return ATT_OK;
}

static att_span undouble(att_buffer *to, att_span text)
{
    to->size = 0;
    for (size_t i = 0; i < text.size; i++) {
        att_buffer_char(to, text.text[i]);
        i += text.text[i] == '"';
    }
    return (att_span){to->data, to->size};
}

static att_status read_head(grid *g, att_error *error)
{
    att_praat_token form, object;
    att_status status = expect(g, ATT_PRAAT_STRING, &form, "the type of the file", error);

    if (!status)
        status = expect(g, ATT_PRAAT_STRING, &object, "the class of the object", error);
    if (status)
        return status;
    if (form.text.size < 10 || memcmp(form.text.text, "ooTextFile", 10) != 0 ||
        !att_span_equal(object.text, att_span_of("TextGrid")))
        return att_fail(error, ATT_BAD_INPUT, g->file, object.line, 0,
                        "is a file of Praat, but not one TextGrid as text; select the TextGrid in Praat and save it "
                        "with `Save as text file...`");
    return ATT_OK;
}

static att_status read_name(grid *g, att_textgrid_tier *tier, att_error *error)
{
    att_praat_token token;
    att_status status = expect(g, ATT_PRAAT_STRING, &token, "the class of a tier", error);

    if (status)
        return status;
    tier->points = att_span_equal(token.text, att_span_of("TextTier"));
    if (!tier->points && !att_span_equal(token.text, att_span_of("IntervalTier")))
        return att_fail(error, ATT_BAD_INPUT, g->file, token.line, 0,
                        "the tier is neither an IntervalTier nor a TextTier; save the file again with Praat");
    status = expect(g, ATT_PRAAT_STRING, &token, "the name of a tier", error);
    if (status)
        return status;
    tier->name = token.text;
    if (token.doubled) {
        tier->name = undouble(&g->undoubled, token.text);
        const char *copy = att_arena_copy(&g->arena, tier->name);
        if (!copy || g->undoubled.failed)
            return att_fail_memory(error);
        tier->name.text = copy;
    }
    size_t from = att_white_skip(tier->name.text, tier->name.size, 0);
    size_t to = att_white_trim(tier->name.text, from, tier->name.size);
    tier->name = (att_span){tier->name.text + from, to - from};
    return ATT_OK;
}

static att_status read_interval(grid *g, const att_textgrid_tier *tier, att_error *error)
{
    att_praat_token start, end, label;
    att_status status =
        expect(g, ATT_PRAAT_NUMBER, &start, tier->points ? "a time" : "the start of an interval", error);

    end = start;
    if (!status && !tier->points)
        status = expect(g, ATT_PRAAT_NUMBER, &end, "the end of an interval", error);
    if (!status)
        status = expect(g, ATT_PRAAT_STRING, &label, "a label", error);
    if (status || att_white_skip(label.text.text, label.text.size, 0) == label.text.size)
        return status;
    if (!att_grow(&g->intervals, &g->interval_capacity, g->interval_count + 1, sizeof *g->intervals))
        return att_fail_memory(error);
    g->intervals[g->interval_count++] = (interval){.start = start.number,
                                                   .end = end.number,
                                                   .text = label.text,
                                                   .line = label.line,
                                                   .tier = (uint32_t)(tier - g->tiers),
                                                   .doubled = label.doubled};
    return ATT_OK;
}

static att_status read_tier(grid *g, att_error *error)
{
    att_textgrid_tier *tier = &g->tiers[g->tier_count];
    att_praat_token time;
    uint64_t count = 0;
    att_status status = read_name(g, tier, error);

    if (!status)
        status = expect(g, ATT_PRAAT_NUMBER, &time, "the start of a tier", error);
    if (!status)
        status = expect(g, ATT_PRAAT_NUMBER, &time, "the end of a tier", error);
    if (!status)
        status = expect_count(g, &count, "the number of intervals", error);
    for (uint64_t i = 0; i < count && !status; i++)
        status = read_interval(g, tier, error);
    g->tier_count++;
    return status;
}

static att_status read_grid(grid *g, att_error *error)
{
    att_praat_token time;
    uint64_t count = 0;
    att_status status = read_head(g, error);

    if (!status)
        status = expect(g, ATT_PRAAT_NUMBER, &time, "the start time", error);
    if (!status)
        status = expect(g, ATT_PRAAT_NUMBER, &time, "the end time", error);
    if (!status)
        status = expect_count(g, &count, "the number of tiers", error);
    if (!status && count > ATT_TEXTGRID_TIERS)
        return att_fail(error, ATT_BAD_INPUT, g->file, time.line + 1, 0,
                        "says that it has more than %d tiers; save it again with Praat", ATT_TEXTGRID_TIERS);
    for (uint64_t i = 0; i < count && !status; i++)
        status = read_tier(g, error);
    return status;
}

/* What is left over would be lost in silence. */
static att_status expect_end(grid *g, att_error *error)
{
    att_praat_token token = att_praat_next(&g->tokens);

    if (token.kind == ATT_PRAAT_END)
        return ATT_OK;
    return att_fail(
        error, ATT_BAD_INPUT, g->file, token.line, 0,
        "has more than it says; is a `\"` in the last label not doubled? Save it again with Praat as a text "
        "file");
}

/* By start; what starts together by tier; else as in the file. */
static int compare_intervals(const void *left, const void *right)
{
    const interval *a = left, *b = right;

    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->tier != b->tier)
        return a->tier < b->tier ? -1 : 1;
    return (a->text.text > b->text.text) - (a->text.text < b->text.text);
}

static int64_t milliseconds(double seconds)
{
    double ms = round(seconds * 1000);

    return fabs(ms) < 1e15 ? (int64_t)ms : ATT_NO_TIME;
}

static att_status add_interval(grid *g, att_document *document, const interval *each, bool opens, att_error *error)
{
    size_t from = att_white_skip(each->text.text, each->text.size, 0);
    att_span text = {each->text.text + from, each->text.size - from};
    att_piece piece = {
        .label = g->tiers[each->tier].name,
        .text = text,
        .offset = (uint64_t)(text.text - g->content.text),
        .line = each->line,
        .start_ms = milliseconds(each->start),
        .end_ms = milliseconds(each->end),
        .opens = opens,
    };
    if (each->doubled)
        piece.text = undouble(&g->undoubled, text);
    return g->undoubled.failed ? att_fail_memory(error) : att_document_add(document, &piece, error);
}

/* The tiers that were chosen, merged; intervals of one tier join until another tier speaks. */
static att_status add_intervals(grid *g, att_document *document, att_error *error)
{
    att_status status = ATT_OK;
    uint32_t last = UINT32_MAX;

    if (g->interval_count)
        qsort(g->intervals, g->interval_count, sizeof *g->intervals, compare_intervals);
    for (size_t i = 0; i < g->interval_count && !status; i++) {
        const interval *each = &g->intervals[i];
        if (!g->tiers[each->tier].speech)
            continue;
        status = add_interval(g, document, each, each->tier != last, error);
        last = each->tier;
    }
    return status;
}

static att_status textgrid_parse(att_document *document, att_span content, const att_read_options *options,
                                 const char *file, att_error *error)
{
    grid *g = calloc(1, sizeof *g);

    if (!g)
        return att_fail_memory(error);
    g->file = file;
    g->content = content;
    att_praat_open(&g->tokens, content);
    att_status status = read_grid(g, error);
    if (!status)
        status = expect_end(g, error);
    if (!status)
        status = att_textgrid_choose(g->tiers, g->tier_count, options, file, error);
    if (!status)
        status = add_intervals(g, document, error);
    att_arena_clear(&g->arena);
    att_buffer_clear(&g->undoubled);
    free(g->intervals);
    free(g);
    return status;
}

static att_status textgrid_open(void **reader, const void *plan, att_source *source, uint64_t from, uint64_t to,
                                att_error *error)
{
    (void)from;
    (void)to;
    return att_document_open(reader, plan, source, textgrid_parse, error);
}

/* All text files of Praat begin alike; which object it is stands on the second line. */
static int textgrid_sniff(att_span probe, bool complete, const char *file_name)
{
    static const char head[] = "File type = \"ooTextFile";
    size_t at = probe.size >= 3 && memcmp(probe.text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    (void)complete;
    (void)file_name;
    at = att_white_skip(probe.text, probe.size, at);
    return probe.size - at >= sizeof head - 1 && memcmp(probe.text + at, head, sizeof head - 1) == 0 ? 98 : 0;
}

const att_format att_format_textgrid = {
    .name = "textgrid",
    .description = "TextGrid of Praat",
    .extensions = "textgrid",
    .sniff = textgrid_sniff,
    .plan = att_document_plan,
    .forget = att_document_forget,
    .open = textgrid_open,
    .next = att_document_next,
    .counts = att_document_counts,
    .info = att_document_info,
    .close = att_document_close,
};
