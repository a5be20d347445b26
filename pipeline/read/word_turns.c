#include "read/word_turns.h"

#include "read/labels.h"
#include "read/memory_text.h"
#include "read/scan.h"

void att_word_start(att_word *word, const att_read_options *options)
{
    *word = (att_word){0};
    word->flow.styled = options->speaker_style != NULL;
    word->styles.wanted = options->speaker_style;
}

void att_word_clear(att_word *word)
{
    att_flow_clear(&word->flow);
    att_word_styles_clear(&word->styles);
}

/* ---- Labels as txt finds them, and those of tables */

typedef struct {
    const att_read_options *options;
    const att_known_labels *tables;
} known_labels;

static bool is_known(const void *context, att_span label)
{
    const known_labels *known = context;

    return att_known_labels_hold(known->tables, label) ||
           (known->options->known_label && known->options->known_label(known->options->known_context, label));
}

static att_status turns_by_text(att_document *document, const att_flow *flow, const att_read_options *options,
                                const char *file, att_error *error)
{
    known_labels known = {options, &flow->known};
    att_read_options with_tables = *options;

    with_tables.known_label = is_known;
    with_tables.known_context = &known;
    return att_memory_text_add(document, (att_span){flow->text.data, flow->text.size}, &with_tables, file, error);
}

/* ---- Labels by their style */

/* A walk over the text with its marks. */
typedef struct {
    att_document *document;
    att_span text;
    att_span label;
    int64_t start_ms, end_ms; /* of a stamp at the label */
    size_t marks;             /* passed: they do not count in offsets */
    uint64_t line;
    bool labelled; /* a label has come */
} walk;

static att_span trimmed(att_span text)
{
    size_t from = att_white_skip(text.text, text.size, 0);

    return (att_span){text.text + from, att_white_trim(text.text, from, text.size) - from};
}

static void lines_count(walk *at, att_span passed)
{
    for (const char *end = passed.text; (end = memchr(end, '\n', (size_t)(passed.text + passed.size - end))); end++)
        at->line++;
}

static att_status speech_add(walk *at, att_span speech, bool opens, att_error *error)
{
    size_t white = att_white_skip(speech.text, speech.size, 0);
    att_piece piece = {
        .label = at->label,
        .text = trimmed(speech),
        .start_ms = opens ? at->start_ms : ATT_NO_TIME,
        .end_ms = opens ? at->end_ms : ATT_NO_TIME,
        .opens = opens,
    };

    lines_count(at, (att_span){speech.text, white});
    piece.line = at->line;
    piece.offset = (uint64_t)(speech.text + white - at->text.text) - at->marks;
    lines_count(at, (att_span){speech.text + white, speech.size - white});
    return att_document_add(at->document, &piece, error);
}

/* Before the first label paragraphs are turns. */
static att_status paragraphs_add(walk *at, att_span text, att_error *error)
{
    att_status status = ATT_OK;

    while (!status && text.size) {
        const char *end = memmem(text.text, text.size, "\n\n", 2);
        size_t size = end ? (size_t)(end - text.text) + 2 : text.size;
        if (att_white_skip(text.text, size, 0) < size)
            status = speech_add(at, (att_span){text.text, size}, true, error);
        else
            lines_count(at, (att_span){text.text, size});
        text.text += size;
        text.size -= size;
    }
    return status;
}

/* The label in what the style marks. *rest: speech that is marked too ("Ann: text" in the style of labels). */
static void label_take(walk *at, att_span marked, att_span *rest)
{
    att_span whole = trimmed(marked);
    att_label label;

    at->start_ms = at->end_ms = ATT_NO_TIME;
    at->label = whole;
    *rest = (att_span){marked.text + marked.size, 0};
    if (!att_label_find(&label, whole.text, whole.size, false))
        return;
    at->label = label.text;
    at->start_ms = label.start_ms;
    at->end_ms = label.end_ms;
    *rest = (att_span){whole.text + label.size, (size_t)(marked.text + marked.size - whole.text) - label.size};
}

/* A label and the speech up to the next; begin: where the label's mark stands. Moves *begin to the next mark. */
static att_status labelled_add(walk *at, const char **begin, const char *end, att_error *error)
{
    const char *label = *begin + 1;
    const char *speech = memchr(label, ATT_LABEL_END, (size_t)(end - label));
    att_status status = ATT_OK;
    att_span rest;

    if (!speech)
        speech = end;
    const char *next = speech < end ? memchr(speech, ATT_LABEL_BEGIN, (size_t)(end - speech)) : NULL;
    *begin = next ? next : end;
    att_span marked = {label, (size_t)(speech - label)};
    att_span said = {speech + (speech < end), (size_t)(*begin - speech) - (speech < end)};
    bool opens = att_white_skip(label, marked.size, 0) < marked.size;
    at->marks++;
    if (opens) {
        at->labelled = true;
        label_take(at, marked, &rest);
        lines_count(at, (att_span){label, (size_t)(rest.text - label)});
        opens = att_white_skip(rest.text, rest.size, 0) == rest.size;
        if (opens)
            lines_count(at, rest);
        else
            status = speech_add(at, rest, true, error);
    }
    at->marks++;
    if (status)
        return status;
    return at->labelled ? speech_add(at, said, opens, error) : paragraphs_add(at, said, error);
}

static att_status turns_by_style(att_document *document, const att_word *word, const char *file, att_error *error)
{
    const att_buffer *text = &word->flow.text;
    const char *end = text->size ? text->data + text->size : "";
    walk at = {.document = document, .line = 1, .start_ms = ATT_NO_TIME, .end_ms = ATT_NO_TIME};
    att_status status;

    at.text = (att_span){text->size ? text->data : "", text->size};
    const char *begin = memchr(at.text.text, ATT_LABEL_BEGIN, at.text.size);
    if (!begin)
        return att_word_styles_fail(&word->styles, file, error);
    status = paragraphs_add(&at, (att_span){at.text.text, (size_t)(begin - at.text.text)}, error);
    while (!status && begin < end)
        status = labelled_add(&at, &begin, end, error);
    return status;
}

att_status att_word_turns(att_document *document, att_word *word, const att_read_options *options, const char *file,
                          att_error *error)
{
    att_status status = att_flow_end(&word->flow, error);

    if (status)
        return status;
    return word->flow.styled ? turns_by_style(document, word, file, error)
                             : turns_by_text(document, &word->flow, options, file, error);
}
