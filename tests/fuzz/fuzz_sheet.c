/* libFuzzer target: spreadsheets on arbitrary bytes. The first byte chooses what the rest is: a file as it is, or the
 * XML of one of its parts, the others being sound (a checksum would keep mutations of a packed part out). What comes
 * out must be a table of text. Seeds in tests/fuzz/corpus/sheet/. */
#include "base/csv.h"
#include "read/sheet.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
    const char *name, *content;
} sound[] = {
    {"xl/workbook.xml", "<workbook><sheets><sheet name=\"s\" r:id=\"a\" xmlns:r=\"r\"/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     "<r><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"s.xml\"/><Relationship Id=\"b\" "
     "Type=\"/sharedStrings\" Target=\"t.xml\"/><Relationship Id=\"c\" Type=\"/styles\" "
     "Target=\"f.xml\"/></r>"},
    {"xl/s.xml",
     "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" s=\"1\"><v>45356.5</v></c>"
     "</row></sheetData></worksheet>"},
    {"xl/t.xml", "<sst><si><t>label</t></si></sst>"},
    {"xl/f.xml", "<styleSheet><cellXfs><xf/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"},
};
enum { PARTS = sizeof sound / sizeof sound[0], ROOM = 1 << 20 };

static void write_part(struct archive *zip, const char *name, const void *content, size_t size)
{
    struct archive_entry *entry = archive_entry_new();

    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, (int64_t)size);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(zip, entry);
    archive_write_data(zip, content, size);
    archive_entry_free(entry);
}

static size_t pack(char *room, size_t part, const uint8_t *data, size_t size)
{
    struct archive *zip = archive_write_new();
    size_t used = 0;

    archive_write_set_format_zip(zip);
    archive_write_zip_set_compression_store(zip);
    archive_write_open_memory(zip, room, ROOM, &used);
    for (size_t i = 0; i < PARTS; i++)
        write_part(zip, sound[i].name, i == part ? (const void *)data : sound[i].content,
                   i == part ? size : strlen(sound[i].content));
    archive_write_close(zip);
    archive_write_free(zip);
    return used;
}

static void look_at(att_span file)
{
    att_buffer csv = {0};
    att_error error = {0};
    att_csv table;

    if (att_sheet_read(&csv, file, "fuzz.xlsx", &error) == ATT_OK) {
        att_csv_open(&table, (att_span){csv.size ? csv.data : "", csv.size});
        int more;
        while ((more = att_csv_next(&table)) == 1)
            ;
        if (more < 0)
            abort();
        att_csv_close(&table);
    }
    att_buffer_clear(&csv);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size || size > ROOM / 2)
        return 0;
    if (*data % (PARTS + 1) == PARTS) {
        look_at((att_span){(const char *)data + 1, size - 1});
        return 0;
    }
    char *room = malloc(ROOM);
    if (room)
        look_at((att_span){room, pack(room, *data % (PARTS + 1), data + 1, size - 1)});
    free(room);
    return 0;
}
