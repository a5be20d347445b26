/* Transcriber (.trs), DTD trans-13 and trans-14: http://trans.sourceforge.net/en/presentation.php
 *
 * A <Turn> names its speakers; <Sync> cuts it into segments with a time; where two speak at once, <Who nb="2"/> says
 * whose the text behind it is. Events, comments and background noise are elements without text. */
#include "base/xml.h"
#include "read/document.h"
#include "read/ids.h"
#include "read/language_tag.h"
#include "read/tiers.h"

#include <stdlib.h>

/* So many speakers have facts; so many may speak in a turn; so many bytes may name them. */
enum { MOST_FACTS = 1000, MOST_WHO = 64, MOST_SAID_BY = 4096 };

/* What is said about a speaker. */
enum { FACTS = 3 };
static const char *const fact_columns[FACTS] = {"type", "dialect", "accent"};

typedef struct {
    att_span id;
    att_span name;
    att_span facts[FACTS];
    bool shared; /* another speaker has the same name */
} trs_speaker;

typedef struct {
    att_document *document;
    att_arena arena; /* of the speakers and the title */
    trs_speaker *speakers;
    size_t speaker_count, speaker_capacity;
    att_id_list ids;
    bool began; /* a turn was seen: there come no more speakers */
    /* The turn that is open: */
    bool in_turn;
    bool opens;         /* nothing of it was added yet */
    unsigned inside;    /* so many elements in it */
    att_buffer said_by; /* its speakers, as written */
    att_buffer text;    /* behind the last Sync or Who */
    att_span label;
    uint64_t line;
    int64_t start_ms; /* of the segment */
    int64_t end_ms;   /* of the turn */
    /* Parts of the segment, whose end is not known yet: */
    att_arena segment;
    att_piece *parts;
    size_t part_count, part_capacity;
} trs_reader;

/* ---- Speakers */

static att_span speaker_label(const trs_speaker *speaker)
{
    return speaker->name.size && !speaker->shared ? speaker->name : speaker->id;
}

static bool add_speaker(trs_reader *reader, const att_xml_element *element)
{
    if (reader->began)
        return true;
    if (!att_grow(&reader->speakers, &reader->speaker_capacity, reader->speaker_count + 1, sizeof *reader->speakers))
        return false;
    trs_speaker *speaker = &reader->speakers[reader->speaker_count];
    *speaker = (trs_speaker){.shared = false};
    for (size_t i = 0; i < FACTS; i++)
        if (!att_arena_keep(&reader->arena, &speaker->facts[i], att_xml_trim(att_xml_get(element, fact_columns[i]))))
            return false;
    return att_arena_keep(&reader->arena, &speaker->id, att_xml_trim(att_xml_get(element, "id"))) &&
           att_arena_keep(&reader->arena, &speaker->name, att_xml_trim(att_xml_get(element, "name"))) &&
           att_id_list_add(&reader->ids, speaker->id, reader->speaker_count++);
}

/* Two speakers of one name are still two. */
static bool find_shared(trs_reader *reader)
{
    att_id_list names = {0};
    bool good = true;

    for (size_t i = 0; i < reader->speaker_count && good; i++)
        good = att_id_list_add(&names, reader->speakers[i].name, i);
    for (size_t i = 0; i < reader->speaker_count && good; i++) {
        size_t first = att_id_list_find(&names, reader->speakers[i].name);
        if (first != i)
            reader->speakers[i].shared = reader->speakers[first].shared = true;
    }
    att_id_list_clear(&names);
    return good;
}

/* Before the first turn: all speakers are known. */
static att_status give_facts(trs_reader *reader, att_error *error)
{
    att_status status = find_shared(reader) ? ATT_OK : att_fail_memory(error);

    for (size_t i = 0; i < reader->speaker_count && i < MOST_FACTS; i++)
        for (size_t at = 0; at < FACTS && !status; at++)
            status = att_document_fact(reader->document, speaker_label(&reader->speakers[i]),
                                       att_span_of(fact_columns[at]), reader->speakers[i].facts[at], error);
    return status;
}

/* The label of the turn's speaker with this number, from 1; none where it has fewer. */
static att_span find_label(trs_reader *reader, size_t number)
{
    att_span ids = {reader->said_by.data, reader->said_by.size};

    for (size_t at = 0; at < ids.size;) {
        const char *space = memchr(ids.text + at, ' ', ids.size - at);
        size_t end = space ? (size_t)(space - ids.text) : ids.size;
        if (end > at && --number == 0) {
            att_span id = {ids.text + at, end - at};
            size_t speaker = att_id_list_find(&reader->ids, id);
            return speaker == ATT_NO_ID ? id : speaker_label(&reader->speakers[speaker]);
        }
        at = end + 1;
    }
    return (att_span){0};
}

/* ---- Turns */

/* What was said since the last Sync or Who is a part of the segment. */
static bool end_part(trs_reader *reader)
{
    att_piece part = {.label = reader->label, .line = reader->line, .start_ms = reader->start_ms};
    att_span text = att_xml_trim((att_span){reader->text.data, reader->text.size});

    if (reader->text.failed)
        return false;
    if (text.size) {
        if (!att_arena_keep(&reader->segment, &part.text, text) ||
            !att_grow(&reader->parts, &reader->part_capacity, reader->part_count + 1, sizeof *reader->parts))
            return false;
        reader->parts[reader->part_count++] = part;
    }
    reader->text.size = 0;
    return true;
}

static att_status end_segment(trs_reader *reader, int64_t end_ms, att_error *error)
{
    att_status status = end_part(reader) ? ATT_OK : att_fail_memory(error);

    for (size_t i = 0; i < reader->part_count && !status; i++) {
        reader->parts[i].end_ms = end_ms;
        reader->parts[i].opens = reader->opens;
        reader->opens = false;
        status = att_document_add(reader->document, &reader->parts[i], error);
    }
    reader->part_count = 0;
    att_arena_reset(&reader->segment);
    return status;
}

static att_status start_turn(trs_reader *reader, const att_xml_element *element, uint64_t line, att_error *error)
{
    att_status status = reader->began ? ATT_OK : give_facts(reader, error);
    att_span said_by = att_xml_get(element, "speaker");

    if (status)
        return status;
    reader->began = reader->in_turn = reader->opens = true;
    reader->line = line;
    reader->inside = 0;
    reader->text.size = reader->said_by.size = 0;
    said_by.size = said_by.size < MOST_SAID_BY ? said_by.size : MOST_SAID_BY;
    att_xml_append(&reader->said_by, said_by);
    reader->label = find_label(reader, 1);
    reader->start_ms = att_seconds_ms(att_xml_get(element, "startTime"));
    reader->end_ms = att_seconds_ms(att_xml_get(element, "endTime"));
    return reader->said_by.failed ? att_fail_memory(error) : ATT_OK;
}

static size_t read_number(att_span text)
{
    size_t number = 0;

    for (size_t i = 0; i < text.size && i < 6 && text.text[i] >= '0' && text.text[i] <= '9'; i++)
        number = number * 10 + (size_t)(text.text[i] - '0');
    return number;
}

static att_status start_in_turn(trs_reader *reader, const att_xml_element *element, uint64_t line, att_error *error)
{
    att_status status = ATT_OK;

    reader->inside++;
    if (att_xml_is(element->name, "Sync")) {
        int64_t time = att_seconds_ms(att_xml_get(element, "time"));
        status = end_segment(reader, time, error);
        reader->start_ms = time;
        reader->label = find_label(reader, 1);
        reader->line = line;
    } else if (att_xml_is(element->name, "Who")) {
        size_t number = read_number(att_xml_trim(att_xml_get(element, "nb")));
        if (!end_part(reader))
            return att_fail_memory(error);
        reader->label = number && number <= MOST_WHO ? find_label(reader, number) : (att_span){0};
        reader->line = line;
    } else {
        att_xml_append(&reader->text, att_span_of(" "));
    }
    return status;
}

static att_status trs_start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    trs_reader *reader = context;
    const char *name = element->name;

    if (reader->in_turn)
        return start_in_turn(reader, element, att_xml_line(xml), error);
    if (att_xml_is(name, "Turn"))
        return start_turn(reader, element, att_xml_line(xml), error);
    if (att_xml_is(name, "Speaker"))
        return add_speaker(reader, element) ? ATT_OK : att_fail_memory(error);
    if (att_xml_is(name, "Episode"))
        return att_document_title(reader->document, att_xml_trim(att_xml_get(element, "program")), error);
    if (att_xml_is(name, "Trans")) {
        char tag[ATT_TAG_ROOM];
        size_t size = att_language_tag(tag, att_xml_trim(att_xml_get(element, "xml:lang")));
        return att_document_language(reader->document, (att_span){tag, size}, error);
    }
    return ATT_OK;
}

static att_status trs_text(void *context, const att_xml *xml, att_span text, att_error *error)
{
    trs_reader *reader = context;

    (void)xml;
    if (reader->in_turn && !reader->inside)
        att_xml_append(&reader->text, text);
    return reader->text.failed ? att_fail_memory(error) : ATT_OK;
}

static att_status trs_end(void *context, const att_xml *xml, const char *name, att_error *error)
{
    trs_reader *reader = context;

    (void)xml, (void)name;
    if (!reader->in_turn)
        return ATT_OK;
    if (reader->inside) {
        reader->inside--;
        return ATT_OK;
    }
    reader->in_turn = false;
    return end_segment(reader, reader->end_ms, error);
}

static att_status trs_parse(att_document *document, att_span content, const att_read_options *options, const char *file,
                            att_error *error)
{
    static const att_xml_handler handler = {trs_start, trs_end, trs_text};
    trs_reader reader = {.document = document};

    (void)options;
    att_status status = att_xml_parse(content, file, &handler, &reader, error);
    att_arena_clear(&reader.arena);
    att_arena_clear(&reader.segment);
    free(reader.speakers);
    free(reader.parts);
    att_id_list_clear(&reader.ids);
    att_buffer_clear(&reader.said_by);
    att_buffer_clear(&reader.text);
    return status;
}

static att_status trs_open(void **reader, const void *plan, att_source *source, uint64_t from, uint64_t to,
                           att_error *error)
{
    (void)from, (void)to;
    return att_document_open(reader, plan, source, trs_parse, error);
}

static int trs_sniff(att_span probe, bool complete, const char *file_name)
{
    char root[64];

    (void)complete, (void)file_name;
    return att_xml_root(root, sizeof root, probe) && att_xml_is(root, "Trans") ? 90 : 0;
}

const att_format att_format_trs = {
    .name = "trs",
    .description = "Transcriber",
    .extensions = "trs",
    .binary = true,
    .sniff = trs_sniff,
    .plan = att_document_plan,
    .forget = att_document_forget,
    .open = trs_open,
    .next = att_document_next,
    .counts = att_document_counts,
    .info = att_document_info,
    .close = att_document_close,
};
