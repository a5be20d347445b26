#include "read/document.h"

#include "read/facts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char *file;
    att_read_options options;
} document_plan;

struct att_document {
    att_pieces pieces;
    att_facts facts;
    bool given; /* all turns have been handed out */
};

att_status att_document_add(att_document *document, const att_piece *piece, att_error *error)
{
    return att_pieces_add(&document->pieces, piece, error);
}

att_status att_document_language(att_document *document, att_span language, att_error *error)
{
    return att_facts_language(&document->facts, language) ? ATT_OK : att_fail_memory(error);
}

att_status att_document_title(att_document *document, att_span title, att_error *error)
{
    return att_facts_title(&document->facts, title) ? ATT_OK : att_fail_memory(error);
}

att_status att_document_date(att_document *document, att_span date, att_error *error)
{
    return att_facts_date(&document->facts, date) ? ATT_OK : att_fail_memory(error);
}

att_status att_document_fact(att_document *document, att_span label, att_span column, att_span value, att_error *error)
{
    return att_facts_add(&document->facts, label, column, value) ? ATT_OK : att_fail_memory(error);
}

void att_document_ill_formed(att_document *document, uint64_t count)
{
    document->pieces.counts.ill_formed += count;
}

void att_document_notes(att_document *document, uint64_t notes)
{
    document->pieces.counts.notes += notes;
}

att_status att_document_plan(void **out, att_span probe, bool complete, const char *file,
                             const att_read_options *options, att_error *error)
{
    document_plan *plan = calloc(1, sizeof *plan);

    (void)probe;
    (void)complete;
    if (!plan || !(plan->file = strdup(file))) {
        free(plan);
        return att_fail_memory(error);
    }
    if (options)
        plan->options = *options;
    *out = plan;
    return ATT_OK;
}

void att_document_forget(void *context)
{
    document_plan *plan = context;

    if (!plan)
        return;
    free(plan->file);
    free(plan);
}

const char *att_document_file(const void *plan)
{
    return ((const document_plan *)plan)->file;
}

const att_read_options *att_document_options(const void *plan)
{
    return &((const document_plan *)plan)->options;
}

static att_status read_whole(att_buffer *content, att_source *source, const char *file, att_error *error)
{
    ptrdiff_t got;

    do {
        if (content->size >= ATT_DOCUMENT_MOST)
            return att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                            "is larger than 1 GiB, more than a file of this format may be; split it");
        if (!att_buffer_reserve(content, (size_t)64 << 10))
            return att_fail_memory(error);
        got = source->read(source, content->data + content->size, (size_t)64 << 10);
        if (got < 0)
            return att_fail(error, ATT_ENVIRONMENT, file, 0, 0, "cannot be read: %s; check the disk and try again",
                            strerror(errno));
        content->size += (size_t)got;
    } while (got > 0);
    return ATT_OK;
}

att_status att_document_open(void **reader, const void *plan, att_source *source, att_document_parser *parse,
                             att_error *error)
{
    att_buffer content = {0};
    att_document *document = calloc(1, sizeof *document);
    const char *file = att_document_file(plan);

    if (!document)
        return att_fail_memory(error);
    att_status status = read_whole(&content, source, file, error);
    if (!status) {
        document->pieces.counts.bytes = content.size;
        att_span whole = {content.data ? content.data : "", content.size};
        status = parse(document, whole, att_document_options(plan), file, error);
    }
    if (!status)
        status = att_pieces_end(&document->pieces, error);
    att_buffer_clear(&content);
    if (status) {
        att_document_close(document);
        return status;
    }
    *reader = document;
    return ATT_OK;
}

att_status att_document_next(void *reader, const att_turn_batch **batch, att_error *error)
{
    att_document *document = reader;

    (void)error;
    *batch = att_pieces_take(&document->pieces);
    if (document->given)
        document->pieces.batch.count = 0;
    document->given = true;
    return ATT_OK;
}

att_read_counts att_document_counts(const void *reader)
{
    return ((const att_document *)reader)->pieces.counts;
}

const att_transcript_info *att_document_info(const void *reader)
{
    return &((const att_document *)reader)->facts.info;
}

void att_document_close(void *reader)
{
    att_document *document = reader;

    if (!document)
        return;
    att_pieces_clear(&document->pieces);
    att_facts_clear(&document->facts);
    free(document);
}
