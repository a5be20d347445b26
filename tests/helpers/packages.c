#include "packages.h"

#include "base/buffer.h"
#include "turns.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define WORD_SPACE "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define RELATIONS  "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define OASIS      "urn:oasis:names:tc:opendocument:xmlns:"

static ptrdiff_t keep(struct archive *archive, void *context, const void *data, size_t size)
{
    (void)archive;
    att_buffer_append(context, data, size);
    return (ptrdiff_t)size;
}

att_span test_zip(const test_member *members, size_t count, bool stored)
{
    struct archive *zip = archive_write_new();
    att_buffer out = {0};

    assert_int_equal(archive_write_set_format_zip(zip), ARCHIVE_OK);
    assert_int_equal(archive_write_set_options(zip, stored ? "compression=store" : "compression=deflate"), ARCHIVE_OK);
    archive_write_set_bytes_in_last_block(zip, 1);
    assert_int_equal(archive_write_open(zip, &out, NULL, keep, NULL), ARCHIVE_OK);
    for (size_t i = 0; i < count; i++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, members[i].name);
        archive_entry_set_size(entry, (int64_t)members[i].content.size);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0600);
        assert_int_equal(archive_write_header(zip, entry), ARCHIVE_OK);
        archive_write_data(zip, members[i].content.text, members[i].content.size);
        archive_entry_free(entry);
    }
    assert_int_equal(archive_write_free(zip), ARCHIVE_OK);
    assert_false(out.failed);
    return (att_span){out.data, out.size};
}

att_span test_docx(const char *body, const char *styles)
{
    att_buffer document = {0}, style_part = {0};

    att_buffer_text(&document, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"" WORD_SPACE
                               "\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
                               "xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><w:body>");
    att_buffer_text(&document, body);
    att_buffer_text(&document, "</w:body></w:document>");
    att_buffer_text(&style_part, "<w:styles xmlns:w=\"" WORD_SPACE "\">");
    att_buffer_text(&style_part, styles ? styles : "");
    att_buffer_text(&style_part, "</w:styles>");
    test_member members[] = {
        {"[Content_Types].xml", att_span_of("<Types/>")},
        {"_rels/.rels", att_span_of("<Relationships><Relationship Type=\"" RELATIONS
                                    "officeDocument\" Target=\"word/document.xml\"/></Relationships>")},
        {"word/document.xml", {document.data, document.size}},
        {"word/styles.xml", {style_part.data, style_part.size}},
    };
    att_span zip = test_zip(members, 4, false);
    att_buffer_clear(&document);
    att_buffer_clear(&style_part);
    return zip;
}

att_span test_odt(const char *text, const char *automatic_styles)
{
    att_buffer content = {0};

    att_buffer_text(&content, "<office:document-content xmlns:office=\"" OASIS "office:1.0\" xmlns:text=\"" OASIS
                              "text:1.0\" xmlns:table=\"" OASIS "table:1.0\" xmlns:draw=\"" OASIS
                              "drawing:1.0\" xmlns:style=\"" OASIS "style:1.0\" xmlns:svg=\"" OASIS
                              "svg-compatible:1.0\"><office:automatic-styles>");
    att_buffer_text(&content, automatic_styles ? automatic_styles : "");
    att_buffer_text(&content, "</office:automatic-styles><office:body><office:text>");
    att_buffer_text(&content, text);
    att_buffer_text(&content, "</office:text></office:body></office:document-content>");
    test_member members[] = {
        {"mimetype", att_span_of("application/vnd.oasis.opendocument.text")},
        {"content.xml", {content.data, content.size}},
        {"styles.xml", att_span_of("<office:document-styles xmlns:office=\"" OASIS "office:1.0\" xmlns:style=\"" OASIS
                                   "style:1.0\"><style:style style:name=\"Who_20_speaks\" "
                                   "style:display-name=\"Who speaks\"/></office:document-styles>")},
    };
    att_span zip = test_zip(members, 3, true);
    att_buffer_clear(&content);
    return zip;
}

att_span test_file(const char *folder, const char *name)
{
    att_buffer content = {0};
    char path[512], block[4096];
    size_t got;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *stream = fopen(path, "rb");
    if (!stream)
        return (att_span){NULL, 0};
    att_buffer_text(&content, "");
    while ((got = fread(block, 1, sizeof block, stream)) > 0)
        att_buffer_append(&content, block, got);
    fclose(stream);
    return (att_span){content.data, content.size};
}

void expect_package(const att_format *format, att_span content, const att_read_options *options, const char *turns)
{
    char *got = test_turns(format, content, "test", options, 0);
    char *again = test_turns(format, content, "test", options, 7);

    assert_string_equal(got, turns);
    assert_string_equal(again, turns);
    free(got);
    free(again);
    free((char *)(uintptr_t)content.text);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

void each_case(const char *folder, size_t least, void (*check)(const char *path))
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_visible, alphasort);

    assert_true(count >= (int)least);
    for (int i = 0; i < count; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        check(path);
        free(entries[i]);
    }
    free(entries);
}
