/* Word processor files and QDA projects on arbitrary bytes. The first byte chooses what the rest is: a file as it is,
 * or the XML that is packed into one (a checksum would keep mutations of a packed one out). A turn's text must stay
 * within its bounds. */
#include "read/format.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct {
    const att_format *format;
    const char *member;
} way;

static const way ways[] = {
    {&att_format_docx, NULL}, {&att_format_docx, "word/document.xml"}, {&att_format_docx, "word/styles.xml"},
    {&att_format_odt, NULL},  {&att_format_odt, "content.xml"},        {&att_format_qdpx, NULL},
    {&att_format_rtf, NULL},
};

static void member_write(struct archive *zip, const char *name, const void *data, size_t size)
{
    struct archive_entry *entry = archive_entry_new();

    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, (int64_t)size);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(zip, entry);
    archive_write_data(zip, data, size);
    archive_entry_free(entry);
}

static att_span pack(const char *name, const uint8_t *data, size_t size)
{
    static const char document[] =
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:pPr>"
        "<w:pStyle w:val=\"Speaker\"/></w:pPr><w:r><w:t>Anna</w:t></w:r></w:p></w:body></w:document>";
    struct archive *zip = archive_write_new();
    size_t room = size + 4096, used = 0;
    char *out = malloc(room);

    archive_write_set_format_zip(zip);
    archive_write_set_options(zip, "compression=store");
    archive_write_set_bytes_in_last_block(zip, 1);
    archive_write_open_memory(zip, out, room, &used);
    member_write(zip, name, data, size);
    if (strcmp(name, "word/styles.xml") == 0)
        member_write(zip, "word/document.xml", document, sizeof document - 1);
    archive_write_free(zip);
    return (att_span){out, used};
}

static void read_all(const att_format *format, att_span bytes, const att_read_options *options)
{
    att_span probe = {bytes.text, bytes.size < ATT_PROBE ? bytes.size : ATT_PROBE};
    att_span left = bytes;
    att_source source = att_source_of_span(&left);
    const att_turn_batch *batch = NULL;
    void *plan = NULL, *reader = NULL;
    att_error error = {0};

    (void)format->sniff(probe, probe.size == bytes.size, "fuzz");
    if (format->plan(&plan, probe, probe.size == bytes.size, "fuzz", options, &error))
        abort();
    att_status status = format->open(&reader, plan, &source, 0, UINT64_MAX, &error);
    if (status == ATT_BAD_INPUT && !error.message[0])
        abort();
    while (!status && format->next(reader, &batch, &error) == ATT_OK && batch->count > 0)
        for (size_t i = 0; i < batch->count; i++)
            if (batch->turns[i].text.size > ATT_TURN_PIECE)
                abort();
    if (!status)
        format->close(reader);
    format->forget(plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const att_read_options options[] = {{.speaker_style = NULL}, {.speaker_style = "Speaker*"}};

    if (size == 0)
        return 0;
    const way *chosen = &ways[(data[0] & 0x0F) % (sizeof ways / sizeof *ways)];
    att_span bytes = {(const char *)data + 1, size - 1};
    if (chosen->member)
        bytes = pack(chosen->member, data + 1, size - 1);
    read_all(chosen->format, bytes, &options[data[0] >> 7]);
    if (chosen->member)
        free((void *)(uintptr_t)bytes.text);
    return 0;
}
