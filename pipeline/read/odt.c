/* OpenDocument texts (.odt, .fodt): their content, read as plain text or by the style of its labels. */
#include "read/odt_text.h"
#include "read/package.h"

#define KIND     "an OpenDocument text"
#define MIMETYPE "application/vnd.oasis.opendocument."

static att_span span_of(const att_buffer *buffer)
{
    return (att_span){buffer->size ? buffer->data : "", buffer->size};
}

/* Reads a part under the name "FILE (PART)" for messages. */
static att_status part_read(att_status (*read)(att_word *, att_span, const char *, att_error *), att_word *word,
                            const att_package_member *member, const char *file, att_error *error)
{
    att_buffer name = {0};

    att_buffer_format(&name, "%s (%s)", file, member->name);
    att_status status = name.failed ? att_fail_memory(error) : read(word, span_of(&member->content), name.data, error);
    att_buffer_clear(&name);
    return status;
}

static bool holds(const att_buffer *content, const char *text)
{
    return content->size && memmem(content->data, content->size, text, strlen(text));
}

/* Is the package one of a text that can be read? */
static att_status check(const att_package_member *content, const att_package_member *manifest,
                        const att_package_member *mimetype, const char *file, att_error *error)
{
    if (holds(&manifest->content, "encryption-data"))
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                        "is protected by a password; save it without one in the program that made it");
    if (holds(&mimetype->content, MIMETYPE "spreadsheet"))
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0, "is a spreadsheet; save the sheet of turns as CSV");
    if (!content->found || (mimetype->content.size && !holds(&mimetype->content, MIMETYPE "text")))
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                        "is no OpenDocument text; if it is an archive of transcripts, unpack it");
    return ATT_OK;
}

static att_status package_read(att_word *word, att_span package, const char *file, att_error *error)
{
    att_package_member members[] = {
        {.name = "content.xml"}, {.name = "META-INF/manifest.xml"}, {.name = "mimetype"}, {.name = "styles.xml"}};
    att_status status = att_package_read(package, members, word->flow.styled ? 4 : 3, KIND, file, error);

    if (!status)
        status = check(&members[0], &members[1], &members[2], file, error);
    if (!status && members[3].found)
        status = part_read(att_odt_styles, word, &members[3], file, error);
    if (!status)
        status = part_read(att_odt_text, word, &members[0], file, error);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        att_buffer_clear(&members[i].content);
    return status;
}

static bool is_flat(att_span content)
{
    size_t size = content.size < 8192 ? content.size : 8192;

    return size && content.text[0] != 'P' && memmem(content.text, size, MIMETYPE "text", sizeof MIMETYPE "text" - 1);
}

static att_status odt_parse(att_document *document, att_span content, const att_read_options *options, const char *file,
                            att_error *error)
{
    att_word word;

    att_word_start(&word, options);
    att_status status =
        is_flat(content) ? att_odt_text(&word, content, file, error) : package_read(&word, content, file, error);
    if (!status)
        status = att_word_turns(document, &word, options, file, error);
    att_word_clear(&word);
    return status;
}

static att_status odt_open(void **reader, const void *plan, att_source *source, uint64_t from, uint64_t to,
                           att_error *error)
{
    (void)from, (void)to;
    return att_document_open(reader, plan, source, odt_parse, error);
}

/* The type stands in plain text near the beginning (ODF 1.3 part 2, 3.3), unless a program did not care. */
static int odt_sniff(att_span probe, bool complete, const char *file_name)
{
    const char *dot = file_name ? strrchr(file_name, '.') : NULL;
    size_t size = probe.size < 128 ? probe.size : 128;

    (void)complete;
    if (is_flat(probe))
        return 95;
    if (probe.size < 4 || memcmp(probe.text, "PK\3\4", 4) != 0)
        return 0;
    if (memmem(probe.text, size, MIMETYPE "text", sizeof MIMETYPE "text" - 1))
        return 95;
    return dot && strcmp(dot, ".odt") == 0 ? 60 : 0;
}

const att_format att_format_odt = {
    .name = "odt",
    .description = "OpenDocument texts",
    .extensions = "odt fodt",
    .binary = true,
    .sniff = odt_sniff,
    .plan = att_document_plan,
    .forget = att_document_forget,
    .open = odt_open,
    .next = att_document_next,
    .counts = att_document_counts,
    .info = att_document_info,
    .close = att_document_close,
};
