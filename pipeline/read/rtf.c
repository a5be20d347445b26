/* Rich text files (.rtf): their text, read as plain text. */
#include "read/rtf_text.h"
#include "read/word_turns.h"

/* A row of a table, whose cells have a tab between. */
static void row_put(att_flow *flow, att_span line)
{
    const char *end = line.text + line.size;

    att_flow_row_begin(flow);
    for (const char *cell = line.text; cell;) {
        const char *tab = memchr(cell, '\t', (size_t)(end - cell));
        att_buffer_append(att_flow_paragraph(flow), cell, (size_t)((tab ? tab : end) - cell));
        att_flow_paragraph_end(flow);
        att_flow_cell_end(flow);
        cell = tab ? tab + 1 : NULL;
    }
}

static att_span next_line(att_span *rest)
{
    const char *end = rest->size ? memchr(rest->text, '\n', rest->size) : NULL;
    att_span line = {rest->text, end ? (size_t)(end - rest->text) : rest->size};

    rest->text += line.size + (end ? 1 : 0);
    rest->size -= line.size + (end ? 1 : 0);
    return line;
}

/* Something stands before a tab. */
static bool is_row(att_span line)
{
    return line.size && line.text[0] != '\t' && memchr(line.text, '\t', line.size);
}

/* Lines with tabs are rows where there are two or more one after the other. */
static void lines_put(att_flow *flow, att_span text)
{
    while (text.size) {
        att_span line = next_line(&text);
        att_span ahead = text;
        if (is_row(line) && (flow->table.depth || is_row(next_line(&ahead)))) {
            if (!flow->table.depth)
                att_flow_table_begin(flow);
            row_put(flow, line);
            continue;
        }
        att_flow_table_end(flow);
        att_buffer_span(att_flow_paragraph(flow), line);
        att_flow_paragraph_end(flow);
    }
}

static att_status rtf_parse(att_document *document, att_span content, const att_read_options *options, const char *file,
                            att_error *error)
{
    att_buffer text = {0};
    uint64_t ill_formed = 0;
    att_word word;

    if (options->speaker_style)
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                        "is a rich text file, whose styles are not read; save it as .docx or .odt, or leave out "
                        "--speaker-style");
    att_word_start(&word, options);
    att_status status = att_rtf_text(&text, content, &ill_formed, file, error);
    if (!status) {
        lines_put(&word.flow, (att_span){text.data, text.size});
        att_document_ill_formed(document, ill_formed);
        status = att_word_turns(document, &word, options, file, error);
    }
    att_word_clear(&word);
    att_buffer_clear(&text);
    return status;
}

static att_status rtf_open(void **reader, const void *plan, att_source *source, uint64_t from, uint64_t to,
                           att_error *error)
{
    (void)from, (void)to;
    return att_document_open(reader, plan, source, rtf_parse, error);
}

static int rtf_sniff(att_span probe, bool complete, const char *file_name)
{
    (void)complete, (void)file_name;
    return att_rtf_looks(probe) ? 95 : 0;
}

const att_format att_format_rtf = {
    .name = "rtf",
    .description = "rich text files",
    .extensions = "rtf",
    .binary = true,
    .sniff = rtf_sniff,
    .plan = att_document_plan,
    .forget = att_document_forget,
    .open = rtf_open,
    .next = att_document_next,
    .counts = att_document_counts,
    .info = att_document_info,
    .close = att_document_close,
};
