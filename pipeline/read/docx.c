/* Word documents (.docx, .docm): the text of the main part, read as plain text or by the style of its labels. */
#include "read/docx_text.h"
#include "read/package.h"

#define KIND      "a Word document"
#define ROOT_PART "_rels/.rels"
#define USUAL     "word/document.xml"

static att_span span_of(const att_buffer *buffer)
{
    return (att_span){buffer->size ? buffer->data : "", buffer->size};
}

/* "FILE (PART)", for messages. */
static att_status part_name(att_buffer *name, const char *file, const char *part, att_error *error)
{
    name->size = 0;
    att_buffer_format(name, "%s (%s)", file, part);
    return name->failed ? att_fail_memory(error) : ATT_OK;
}

/* The path of the main part. */
static att_status main_find(att_buffer *path, att_span package, const char *file, att_error *error)
{
    att_package_member members[] = {{.name = ROOT_PART}};
    att_buffer name = {0};
    att_status status = att_package_read(package, members, 1, KIND, file, error);

    if (!status)
        status = part_name(&name, file, ROOT_PART, error);
    if (!status && members[0].found)
        status =
            att_docx_relation(path, span_of(&members[0].content), "officeDocument", (att_span){0}, name.data, error);
    if (!status && !path->size)
        att_buffer_text(path, USUAL);
    if (!status && path->failed)
        status = att_fail_memory(error);
    att_buffer_clear(&members[0].content);
    att_buffer_clear(&name);
    return status;
}

static att_status fail_other(const char *path, const char *file, att_error *error)
{
    const char *what = strncmp(path, "xl/", 3) == 0    ? "is a spreadsheet (.xlsx); save the sheet of turns as CSV"
                       : strncmp(path, "ppt/", 4) == 0 ? "is a presentation (.pptx); save its text as a document"
                                                       : NULL;

    if (what)
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0, "%s", what);
    return att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                    "is no Word document: %s is not in it; if it is an archive of transcripts, unpack it", path);
}

/* The main part and the styles that belong to it; where those are is fixed by custom, and whoever does otherwise has
 * styles without names. */
static att_status parts_read(att_word *word, att_span package, const char *path, const char *styles_path,
                             const char *file, att_error *error)
{
    att_package_member members[] = {{.name = path}, {.name = styles_path}};
    size_t count = word->flow.styled ? 2 : 1;
    att_buffer name = {0};
    att_status status = att_package_read(package, members, count, KIND, file, error);

    if (!status && !members[0].found)
        status = fail_other(path, file, error);
    if (!status && members[1].found)
        status = part_name(&name, file, styles_path, error);
    if (!status && members[1].found)
        status = att_docx_styles(&word->styles, span_of(&members[1].content), name.data, error);
    if (!status)
        status = part_name(&name, file, path, error);
    if (!status)
        status = att_docx_text(word, span_of(&members[0].content), name.data, error);
    att_buffer_clear(&members[0].content);
    att_buffer_clear(&members[1].content);
    att_buffer_clear(&name);
    return status;
}

static att_status docx_parse(att_document *document, att_span content, const att_read_options *options,
                             const char *file, att_error *error)
{
    att_buffer path = {0}, styles_path = {0};
    att_word word;

    att_word_start(&word, options);
    att_status status = main_find(&path, content, file, error);
    if (!status) {
        const char *slash = strrchr(path.data, '/');
        att_buffer_append(&styles_path, path.data, slash ? (size_t)(slash - path.data) + 1 : 0);
        att_buffer_text(&styles_path, "styles.xml");
        status = styles_path.failed ? att_fail_memory(error) : ATT_OK;
    }
    if (!status)
        status = parts_read(&word, content, path.data, styles_path.data, file, error);
    if (!status)
        status = att_word_turns(document, &word, options, file, error);
    att_word_clear(&word);
    att_buffer_clear(&path);
    att_buffer_clear(&styles_path);
    return status;
}

static att_status docx_open(void **reader, const void *plan, att_source *source, uint64_t from, uint64_t to,
                            att_error *error)
{
    (void)from, (void)to;
    return att_document_open(reader, plan, source, docx_parse, error);
}

/* A document with a password is taken too, to say so. */
static int docx_sniff(att_span probe, bool complete, const char *file_name)
{
    const char *dot = file_name ? strrchr(file_name, '.') : NULL;

    (void)complete;
    if (att_package_is_locked(probe))
        return 60;
    if (probe.size < 4 || memcmp(probe.text, "PK\3\4", 4) != 0)
        return 0;
    if (att_package_shows(probe, "word/", NULL))
        return 95;
    return dot && (strcmp(dot, ".docx") == 0 || strcmp(dot, ".docm") == 0) ? 60 : 0;
}

const att_format att_format_docx = {
    .name = "docx",
    .description = "Word documents",
    .extensions = "docx docm",
    .binary = true,
    .sniff = docx_sniff,
    .plan = att_document_plan,
    .forget = att_document_forget,
    .open = docx_open,
    .next = att_document_next,
    .counts = att_document_counts,
    .info = att_document_info,
    .close = att_document_close,
};
