/* EXMARaLDA basic transcriptions (.exb): https://exmaralda.org/en/ (DTD basic-transcription). A speaker has one tier of
 * type t with what was said; tiers of type a (annotations, translations) and d (descriptions) say something about it.
 */
#include "read/exb.h"

#include "base/xml.h"

#include <stdlib.h>

/* ---- What is in the file */

static void read_text(att_exb *reader)
{
    reader->text.size = 0;
    reader->reading = true;
}

static bool add_speaker(att_exb *reader, const att_xml_element *element)
{
    if (!att_grow(&reader->speakers, &reader->speaker_capacity, reader->speaker_count + 1, sizeof *reader->speakers))
        return false;
    att_exb_speaker *speaker = &reader->speakers[reader->speaker_count];
    *speaker = (att_exb_speaker){.shared = false};
    reader->in_speaker = true;
    return att_arena_keep(&reader->arena, &speaker->id, att_xml_get(element, "id")) &&
           att_id_list_add(&reader->speaker_ids, speaker->id, reader->speaker_count++);
}

static bool add_fact(att_exb *reader, att_span column, att_span value)
{
    if (!reader->speaker_count || !column.size || !value.size || reader->fact_count == ATT_EXB_FACTS)
        return true;
    if (!att_grow(&reader->facts, &reader->fact_capacity, reader->fact_count + 1, sizeof *reader->facts))
        return false;
    att_exb_fact *fact = &reader->facts[reader->fact_count++];
    fact->speaker = reader->speaker_count - 1;
    return att_arena_keep(&reader->arena, &fact->column, column) && att_arena_keep(&reader->arena, &fact->value, value);
}

static bool add_time(att_exb *reader, const att_xml_element *element)
{
    att_span id;

    if (!att_grow(&reader->times, &reader->time_capacity, reader->time_count + 1, sizeof *reader->times))
        return false;
    reader->times[reader->time_count] = att_seconds_ms(att_xml_get(element, "time"));
    return att_arena_keep(&reader->arena, &id, att_xml_get(element, "id")) &&
           att_id_list_add(&reader->timeline, id, reader->time_count++);
}

static bool add_tier(att_exb *reader, const att_xml_element *element)
{
    if (!att_grow(&reader->tiers, &reader->tier_capacity, reader->tier_count + 1, sizeof *reader->tiers))
        return false;
    att_exb_tier *tier = &reader->tiers[reader->tier_count++];
    *tier = (att_exb_tier){.first = reader->event_count};
    tier->spoken = att_span_equal(att_xml_get(element, "type"), att_span_of("t"));
    return att_arena_keep(&reader->arena, &tier->id, att_xml_get(element, "id")) &&
           att_arena_keep(&reader->arena, &tier->name, att_xml_trim(att_xml_get(element, "display-name"))) &&
           att_arena_keep(&reader->arena, &tier->category, att_xml_trim(att_xml_get(element, "category"))) &&
           att_arena_keep(&reader->arena, &tier->speaker, att_xml_get(element, "speaker"));
}

static bool add_event(att_exb *reader, const att_xml_element *element, uint64_t line)
{
    if (!reader->tier_count)
        return true;
    if (!att_grow(&reader->events, &reader->event_capacity, reader->event_count + 1, sizeof *reader->events))
        return false;
    att_exb_event *event = &reader->events[reader->event_count++];
    *event = (att_exb_event){.line = line};
    reader->tiers[reader->tier_count - 1].count++;
    reader->in_event = true;
    read_text(reader);
    return att_arena_keep(&reader->arena, &event->start, att_xml_get(element, "start")) &&
           att_arena_keep(&reader->arena, &event->end, att_xml_get(element, "end"));
}

static bool start_in_speaker(att_exb *reader, const att_xml_element *element)
{
    const char *name = element->name;

    read_text(reader);
    if (att_xml_is(name, "sex"))
        return add_fact(reader, att_span_of("sex"), att_xml_trim(att_xml_get(element, "value")));
    if (att_xml_is(name, "l1") || att_xml_is(name, "l2") || att_xml_is(name, "languages-used"))
        return att_arena_keep(&reader->arena, &reader->column, att_span_of(name));
    if (att_xml_is(name, "language"))
        return add_fact(reader, reader->column, att_xml_trim(att_xml_get(element, "lang")));
    if (att_xml_is(name, "ud-information"))
        return att_arena_keep(&reader->arena, &reader->column, att_xml_trim(att_xml_get(element, "attribute-name")));
    return true;
}

static att_status exb_start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    att_exb *reader = context;
    const char *name = element->name;
    bool good = true;

    reader->reading = false;
    if (reader->in_event)
        reader->inside++;
    else if (reader->in_speaker)
        good = start_in_speaker(reader, element);
    else if (att_xml_is(name, "speaker"))
        good = add_speaker(reader, element);
    else if (att_xml_is(name, "tli"))
        good = add_time(reader, element);
    else if (att_xml_is(name, "tier"))
        good = add_tier(reader, element);
    else if (att_xml_is(name, "event"))
        good = add_event(reader, element, att_xml_line(xml));
    else if (att_xml_is(name, "transcription-name"))
        read_text(reader);
    return good ? ATT_OK : att_fail_memory(error);
}

static att_status exb_text(void *context, const att_xml *xml, att_span text, att_error *error)
{
    att_exb *reader = context;

    (void)xml;
    if (reader->reading)
        att_buffer_span(&reader->text, text);
    return reader->text.failed ? att_fail_memory(error) : ATT_OK;
}

static bool end_in_speaker(att_exb *reader, const char *name, att_span text)
{
    if (att_xml_is(name, "abbreviation"))
        return att_arena_keep(&reader->arena, &reader->speakers[reader->speaker_count - 1].abbreviation, text);
    if (att_xml_is(name, "ud-information"))
        return add_fact(reader, reader->column, text);
    if (att_xml_is(name, "speaker"))
        reader->in_speaker = false;
    return true;
}

static att_status exb_end(void *context, const att_xml *xml, const char *name, att_error *error)
{
    att_exb *reader = context;
    att_span text = {reader->text.data ? reader->text.data : "", reader->text.size};
    bool good = true;

    (void)xml;
    if (reader->inside) {
        reader->reading = --reader->inside == 0;
        return ATT_OK;
    }
    if (reader->in_speaker) {
        good = end_in_speaker(reader, name, att_xml_trim(text));
    } else if (att_xml_is(name, "event") && reader->in_event) {
        good = att_arena_keep(&reader->arena, &reader->events[reader->event_count - 1].text, text);
        reader->in_event = false;
    } else if (att_xml_is(name, "transcription-name")) {
        good = att_arena_keep(&reader->arena, &reader->title, att_xml_trim(text));
    }
    reader->reading = false;
    reader->text.size = 0;
    return good ? ATT_OK : att_fail_memory(error);
}

/* ---- The format */

static att_status exb_parse(att_document *document, att_span content, const att_read_options *options, const char *file,
                            att_error *error)
{
    static const att_xml_handler handler = {exb_start, exb_end, exb_text};
    att_exb reader = {.reading = false};
    att_status status = att_xml_parse(content, file, &handler, &reader, error);

    if (!status)
        status = att_exb_give(&reader, document, options, file, error);
    att_arena_clear(&reader.arena);
    free(reader.speakers);
    free(reader.tiers);
    free(reader.events);
    free(reader.facts);
    free(reader.times);
    att_id_list_clear(&reader.timeline);
    att_id_list_clear(&reader.speaker_ids);
    att_buffer_clear(&reader.text);
    return status;
}

static att_status exb_open(void **reader, const void *plan, att_source *source, uint64_t from, uint64_t to,
                           att_error *error)
{
    (void)from, (void)to;
    return att_document_open(reader, plan, source, exb_parse, error);
}

static int exb_sniff(att_span probe, bool complete, const char *file_name)
{
    char root[64];

    (void)complete, (void)file_name;
    return att_xml_root(root, sizeof root, probe) && att_xml_is(root, "basic-transcription") ? 95 : 0;
}

const att_format att_format_exb = {
    .name = "exb",
    .description = "EXMARaLDA basic transcriptions",
    .extensions = "exb",
    .binary = true,
    .sniff = exb_sniff,
    .plan = att_document_plan,
    .forget = att_document_forget,
    .open = exb_open,
    .next = att_document_next,
    .counts = att_document_counts,
    .info = att_document_info,
    .close = att_document_close,
};
