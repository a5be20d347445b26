#include "read/layout.h"

#include "model/turn.h"
#include "read/evidence.h"
#include "read/scan.h"
#include "read/speaker_regex.h"

#include <stdlib.h>
#include <string.h>

struct att_layout {
    char *file;
    att_read_options options;
    att_speaker_regex *regex; /* NULL: the usual forms */
    att_evidence evidence;
    uint64_t first_label;
};

/* Few people take turns: what was said about a label lately is kept. */
#define MEMO_SLOTS 16
#define MEMO_TEXT  60

typedef struct {
    char text[MEMO_TEXT];
    uint8_t size; /* 0: free */
    uint8_t form;
    bool tight;
    bool is_label;
} memo;

/* The commonest kind of line, a name in plain letters, a colon and a space, need not be taken apart again either:
 * nothing behind the space can change what is made of it. */
#define OPENING_SLOTS 64
#define OPENING_TEXT  63

typedef struct {
    char text[OPENING_TEXT]; /* from the start of the line up to and with the space */
    uint8_t size;            /* 0: free */
    att_label label;         /* its text is at the line's start */
} opening;

struct att_judge {
    const att_layout *layout;
    att_regex_scratch *scratch;
    memo memos[MEMO_SLOTS];
    opening openings[OPENING_SLOTS];
};

/* A label that was not seen to recur, in a transcript whose form is established. */
static bool is_like_the_others(const att_evidence *evidence, const att_label *label)
{
    bool free_start = label->form == ATT_FORM_BRACKET || label->form == ATT_FORM_BRACE;
    att_label_shape shape = att_label_look(label->text, free_start);

    if (label->form == ATT_FORM_DASH && shape.lower)
        return false;
    if (!shape.fits || label->tight || shape.words > ATT_LABEL_WORDS)
        return false;
    if (evidence->line_by_line && label->form < ATT_FORM_TAB)
        return shape.name || shape.words <= ATT_LABEL_PLAIN_WORDS;
    if (!shape.name && !(shape.words == 1 && shape.digit))
        return false;
    return !evidence->capitals || !shape.lower;
}

static bool is_label(const att_layout *layout, const att_label *label)
{
    const att_evidence *evidence = &layout->evidence;
    const att_read_options *options = &layout->options;

    if (label->form == evidence->form && att_evidence_holds(evidence, label->text))
        return true;
    if (evidence->trusted && label->form == evidence->form && is_like_the_others(evidence, label))
        return true;
    return options->known_label && options->known_label(options->known_context, label->text);
}

static bool is_label_again(att_judge *judge, const att_label *label)
{
    att_span text = label->text;
    unsigned mix = (unsigned char)text.text[0] * 5u + (unsigned char)text.text[text.size - 1] + (unsigned)text.size;
    memo *slot = &judge->memos[mix % MEMO_SLOTS];

    if (text.size > MEMO_TEXT)
        return is_label(judge->layout, label);
    if (slot->size != text.size || slot->form != label->form || slot->tight != label->tight ||
        memcmp(slot->text, text.text, text.size) != 0) {
        memcpy(slot->text, text.text, text.size);
        slot->size = (uint8_t)text.size;
        slot->form = (uint8_t)label->form;
        slot->tight = label->tight;
        slot->is_label = is_label(judge->layout, label);
    }
    return slot->is_label;
}

/* Where the opening of a line is kept, by what stands before its first colon; NULL: it has none, or not soon. */
static opening *opening_of(att_judge *judge, const char *line, size_t size)
{
    const char *colon = memchr(line, ':', size < OPENING_TEXT ? size : OPENING_TEXT);
    uint64_t first = 0;

    if (!colon || colon == line)
        return NULL;
    size_t length = (size_t)(colon - line);
    memcpy(&first, line, length < sizeof first ? length : sizeof first);
    first = (first ^ length << 8 ^ (unsigned char)colon[-1]) * 0x9E3779B97F4A7C15u;
    return &judge->openings[(first >> 32) % OPENING_SLOTS];
}

static void keep_opening(opening *slot, const att_label *label, const char *line, size_t size)
{
    if (label->form != ATT_FORM_COLON || label->text.text != line || label->size >= OPENING_TEXT ||
        size <= label->size || line[label->size] != ' ' || label->start_ms != ATT_NO_TIME || line[0] < 'A' ||
        line[0] > 'Z' || att_scan_plain.find_bracket(line, label->size, 0) < label->size)
        return;
    slot->size = (uint8_t)(label->size + 1);
    memcpy(slot->text, line, slot->size);
    slot->label = *label;
}

/* The usual forms, of a line without a number. */
static bool judge_usual(att_judge *judge, att_label *label, const char *line, size_t size)
{
    opening *known;

    known = opening_of(judge, line, size);
    if (known && known->size && known->size <= size && memcmp(known->text, line, known->size) == 0) {
        *label = known->label;
        label->text.text = line;
        return true;
    }
    if (!att_label_find(label, line, size, judge->layout->evidence.stamps_lead) || !is_label_again(judge, label))
        return false;
    if (known)
        keep_opening(known, label, line, size);
    return true;
}

int att_judge_line(att_judge *judge, att_label *label, const char *line, size_t size)
{
    const att_layout *layout = judge->layout;

    if (size > ATT_LINE_SIGHT)
        size = ATT_LINE_SIGHT;
    if (layout->regex)
        return att_speaker_regex_match(layout->regex, judge->scratch, label, line, size);
    size_t number = layout->evidence.numbered ? att_line_number_size(line, size) : 0;
    if (!judge_usual(judge, label, line + number, size - number))
        return false;
    label->size += number;
    return true;
}

bool att_layout_numbered(const att_layout *layout)
{
    return layout->evidence.numbered;
}

bool att_layout_has_stamp_lines(const att_layout *layout)
{
    return layout->evidence.stamp_lines;
}

bool att_layout_stamps_lead(const att_layout *layout)
{
    return layout->evidence.stamps_lead;
}

att_judge *att_judge_new(const att_layout *layout)
{
    att_judge *judge = calloc(1, sizeof *judge);

    if (!judge)
        return NULL;
    judge->layout = layout;
    if (layout->regex && !(judge->scratch = att_regex_scratch_new(layout->regex))) {
        free(judge);
        return NULL;
    }
    return judge;
}

void att_judge_free(att_judge *judge)
{
    if (!judge)
        return;
    att_regex_scratch_free(judge->scratch);
    free(judge);
}

/* The first line of the probe that opens a turn with a label. */
static att_status first_label_find(att_layout *layout, att_span probe, bool complete, att_error *error)
{
    att_judge *judge = att_judge_new(layout);
    att_line_walk walk = {probe, complete, 0, 0};
    att_label label;
    uint64_t number = 0;
    int found = 0;

    if (!judge)
        return att_fail_memory(error);
    layout->first_label = UINT64_MAX;
    while (found == 0 && att_line_next(&walk)) {
        number++;
        found = att_judge_line(judge, &label, probe.text + walk.line, probe.size - walk.line);
    }
    att_judge_free(judge);
    if (found < 0)
        return att_speaker_regex_fail(layout->file, number, error);
    if (found)
        layout->first_label = walk.line;
    return ATT_OK;
}

att_status att_layout_plan(att_layout **out, att_span probe, bool complete, const char *file,
                           const att_read_options *options, att_error *error)
{
    att_status status = ATT_OK;
    att_layout *layout = calloc(1, sizeof *layout);

    if (!layout || !(layout->file = strdup(file))) {
        status = att_fail_memory(error);
        goto done;
    }
    if (options)
        layout->options = *options;
    if (layout->options.speaker_regex)
        status = att_speaker_regex_new(&layout->regex, layout->options.speaker_regex, error);
    else
        status = att_evidence_gather(&layout->evidence, probe, complete, error);
    if (status == ATT_OK)
        status = first_label_find(layout, probe, complete, error);
done:
    if (status != ATT_OK) {
        att_layout_forget(layout);
        return status;
    }
    *out = layout;
    return ATT_OK;
}

void att_layout_forget(att_layout *layout)
{
    if (!layout)
        return;
    att_speaker_regex_free(layout->regex);
    att_evidence_clear(&layout->evidence);
    free(layout->file);
    free(layout);
}

const char *att_layout_file(const att_layout *layout)
{
    return layout->file;
}

uint64_t att_layout_first_label(const att_layout *layout)
{
    return layout->first_label;
}
