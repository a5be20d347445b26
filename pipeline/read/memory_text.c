#include "read/memory_text.h"

att_status att_memory_text_read(att_span text, const att_read_options *options, const char *file, att_text_visit *visit,
                                void *context, uint64_t *notes, att_error *error)
{
    att_span probe = {text.size ? text.text : "", text.size < ATT_PROBE ? text.size : ATT_PROBE};
    att_span left = text;
    att_source source = att_source_of_span(&left);
    const att_turn_batch *batch = NULL;
    void *plan = NULL, *reader = NULL;
    att_status status;

    status = att_format_txt.plan(&plan, probe, probe.size == text.size, file, options, error);
    if (!status)
        status = att_format_txt.open(&reader, plan, &source, 0, UINT64_MAX, error);
    while (!status && !(status = att_format_txt.next(reader, &batch, error)) && batch->count)
        for (size_t i = 0; !status && i < batch->count; i++)
            status = visit(context, &batch->turns[i], error);
    if (!status)
        *notes += att_format_txt.counts(reader).notes;
    if (reader)
        att_format_txt.close(reader);
    if (plan)
        att_format_txt.forget(plan);
    return status;
}

typedef struct {
    att_document *document;
    bool continues; /* the turn before was a piece of the one to come */
} adding;

static att_status turn_add(void *context, const att_turn *turn, att_error *error)
{
    adding *to = context;
    att_piece piece = {
        .label = turn->label,
        .text = turn->text,
        .offset = turn->offset,
        .line = turn->line,
        .start_ms = turn->start_ms,
        .end_ms = turn->end_ms,
        .opens = !to->continues,
    };

    to->continues = turn->continues;
    return att_document_add(to->document, &piece, error);
}

att_status att_memory_text_add(att_document *document, att_span text, const att_read_options *options, const char *file,
                               att_error *error)
{
    adding to = {document, false};
    uint64_t notes = 0;
    att_status status = att_memory_text_read(text, options, file, turn_add, &to, &notes, error);

    att_document_notes(document, notes);
    return status;
}
