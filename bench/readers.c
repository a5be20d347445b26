/* readers FORMAT FILE RUNS [PART]: what reading alone costs, from a file to its turns (opening, unpacking, decoding,
 * labels, notes, but no tokens), by CPU time (user and system) of one thread. Prints a line, separated by tabs: CPU
 * seconds, the largest resident set in MB, the limit it is held against, and that limit's CPU seconds. Medians of RUNS
 * passes after a warm-up.
 *
 * The limits are the least that can be done about the same bytes with the same libraries, measured in the same process:
 * copying the file out of the kernel and checking it as UTF-8; for XML, unpacking and libxml2's parser with nobody
 * listening; for JSON, yajl with nobody listening. PART: the member of the archive that holds the text. */
#include "must.h"

#include "read/scan.h"
#include "run/opened.h"

#include <archive.h>
#include <archive_entry.h>
#include <attune/attune.h>
#include <fcntl.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <yajl/yajl_parse.h>

enum { MOST_RUNS = 100, BLOCK = 256 * 1024 };

static struct rusage usage(void)
{
    struct rusage now;

    getrusage(RUSAGE_SELF, &now);
    return now;
}

static double cpu(void)
{
    struct rusage now = usage();

    return (double)(now.ru_utime.tv_sec + now.ru_stime.tv_sec) +
           (double)(now.ru_utime.tv_usec + now.ru_stime.tv_usec) / 1e6;
}

/* ---- reading ---- */

typedef struct {
    size_t turns, bytes; /* of speech */
} seen;

static seen read_all(const char *format, const char *file)
{
    static char probe[ATT_PROBE];
    att_study study = {.format = (char *)(uintptr_t)format};
    att_input input = {.id = (char *)(uintptr_t) "talk", .path = (char *)(uintptr_t)file};
    att_reading reading;
    att_opened opened;
    att_error error;
    const att_turn_batch *batch;
    seen all = {0};

    must(att_reading_of(&reading, &study, &error), &error);
    must(att_opened_open(&opened, &input, &study, &reading, NULL, probe, &error), &error);
    do {
        must(opened.format->next(opened.reader, &batch, &error), &error);
        all.turns += batch->count;
        for (size_t i = 0; i < batch->count; i++)
            all.bytes += batch->turns[i].text.size;
    } while (batch->count);
    att_opened_close(&opened);
    att_reading_clear(&reading);
    return all;
}

/* ---- limits ---- */

static void check_text(const char *file, const char *part)
{
    static char block[BLOCK];
    const att_scan *scan = att_scan_choose();
    uint64_t ill_formed = 0, controls = 0;
    int descriptor = open(file, O_RDONLY);
    ssize_t size;

    (void)part;
    must_hold(descriptor >= 0, file);
    while ((size = read(descriptor, block, sizeof block)) > 0)
        att_text_check(scan, block, (size_t)size, &ill_formed, &controls);
    close(descriptor);
    if (ill_formed > 1u << 20)
        puts(""); /* never: so that no compiler leaves it out */
}

static void parse_xml(const char *file, const char *part)
{
    static char block[BLOCK];
    xmlSAXHandler nobody = {.initialized = XML_SAX2_MAGIC};
    xmlParserCtxt *parser = xmlCreatePushParserCtxt(&nobody, NULL, NULL, 0, NULL);
    struct archive *archive = archive_read_new();
    struct archive_entry *entry;
    ssize_t size;

    must_hold(parser && archive, "memory");
    xmlCtxtUseOptions(parser, XML_PARSE_HUGE | XML_PARSE_NONET);
    archive_read_support_format_zip(archive);
    archive_read_support_format_raw(archive);
    must_hold(archive_read_open_filename(archive, file, BLOCK) == ARCHIVE_OK, file);
    while (archive_read_next_header(archive, &entry) == ARCHIVE_OK)
        if (!part || strcmp(archive_entry_pathname(entry), part) == 0)
            while ((size = archive_read_data(archive, block, sizeof block)) > 0)
                xmlParseChunk(parser, block, (int)size, 0);
    must_hold(xmlParseChunk(parser, block, 0, 1) == 0, "libxml2");
    archive_read_free(archive);
    xmlFreeDoc(parser->myDoc);
    xmlFreeParserCtxt(parser);
}

static void parse_json(const char *file, const char *part)
{
    static char block[BLOCK];
    static const yajl_callbacks nobody;
    yajl_handle parser = yajl_alloc(&nobody, NULL, NULL);
    int descriptor = open(file, O_RDONLY);
    ssize_t size;

    (void)part;
    must_hold(parser && descriptor >= 0, file);
    yajl_config(parser, yajl_allow_multiple_values, 1);
    while ((size = read(descriptor, block, sizeof block)) > 0)
        must_hold(yajl_parse(parser, (unsigned char *)block, (size_t)size) == yajl_status_ok, "yajl");
    must_hold(yajl_complete_parse(parser) == yajl_status_ok, "yajl");
    close(descriptor);
    yajl_free(parser);
}

typedef struct {
    const char *format;
    const char *name;
    void (*pass)(const char *file, const char *part);
} limit;

static const limit limits[] = {
    {"docx", "libxml2 alone", parse_xml},    {"odt", "libxml2 alone", parse_xml}, {"eaf", "libxml2 alone", parse_xml},
    {"tei", "libxml2 alone", parse_xml},     {"jsonl", "yajl alone", parse_json}, {"json", "yajl alone", parse_json},
    {"", "read(), UTF-8 check", check_text},
};

/* ---- report ---- */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

int main(int count, char **arguments)
{
    static double spent[MOST_RUNS], least[MOST_RUNS];
    int runs = count >= 4 ? atoi(arguments[3]) : 0;
    const limit *against = limits;

    if (runs < 1 || runs > MOST_RUNS) {
        fprintf(stderr, "usage: readers FORMAT FILE RUNS [PART]\n");
        return 2;
    }
    const char *format = arguments[1], *file = arguments[2], *part = count > 4 ? arguments[4] : NULL;
    while (*against->format && strcmp(against->format, format) != 0)
        against++;
    seen all = read_all(format, file);
    double peak = (double)usage().ru_maxrss * 1024 / 1e6;
    for (int i = 0; i < runs; i++) {
        double began = cpu();
        read_all(format, file);
        double between = cpu();
        against->pass(file, part);
        least[i] = cpu() - between;
        spent[i] = between - began;
    }
    qsort(spent, (size_t)runs, sizeof *spent, compare);
    qsort(least, (size_t)runs, sizeof *least, compare);
    printf("%.4f\t%.1f\t%s\t%.4f\n", spent[runs / 2], peak, against->name, least[runs / 2]);
    fprintf(stderr, "readers: %s: %zu turns, %zu bytes of speech\n", format, all.turns, all.bytes);
    return 0;
}
