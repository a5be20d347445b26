/* ELAN annotation files (.eaf), versions 2.3 to 3.0:
 * https://www.mpi.nl/tools/elan/EAF_Annotation_Format_3.0_and_ELAN.pdf
 */
#include "read/eaf.h"

#include "base/xml.h"
#include "read/language_tag.h"
#include "read/tiers.h"

#include <stdlib.h>

typedef struct {
    att_eaf eaf;
    att_buffer text; /* of the annotation that is open */
    bool in_value;
    int64_t unit; /* of TIME_VALUE: so many thousandths of a millisecond */
} eaf_reader;

/* ---- What is in the file */

static bool add_slot(eaf_reader *reader, const att_xml_element *element)
{
    att_eaf *eaf = &reader->eaf;
    int64_t ms = att_seconds_ms(att_xml_get(element, "TIME_VALUE")); /* a thousandfold */

    if (!att_grow(&eaf->slots, &eaf->slot_capacity, eaf->slot_count + 1, sizeof *eaf->slots))
        return false;
    att_eaf_slot *slot = &eaf->slots[eaf->slot_count++];
    *slot = (att_eaf_slot){.ms = ms, .order = 0};
    if (ms != ATT_NO_TIME)
        slot->ms = ms > INT64_MAX / reader->unit ? ATT_NO_TIME : (ms * reader->unit / 1000 + 500) / 1000;
    return att_arena_keep(&reader->eaf.arena, &slot->id, att_xml_get(element, "TIME_SLOT_ID"));
}

static bool add_tier(eaf_reader *reader, const att_xml_element *element)
{
    att_eaf *eaf = &reader->eaf;

    if (!att_grow(&eaf->tiers, &eaf->tier_capacity, eaf->tier_count + 1, sizeof *eaf->tiers))
        return false;
    att_eaf_tier *tier = &eaf->tiers[eaf->tier_count++];
    *tier = (att_eaf_tier){.parent_index = ATT_NO_ID};
    return att_arena_keep(&reader->eaf.arena, &tier->id, att_xml_trim(att_xml_get(element, "TIER_ID"))) &&
           att_arena_keep(&reader->eaf.arena, &tier->participant, att_xml_trim(att_xml_get(element, "PARTICIPANT"))) &&
           att_arena_keep(&reader->eaf.arena, &tier->type, att_xml_get(element, "LINGUISTIC_TYPE_REF")) &&
           att_arena_keep(&reader->eaf.arena, &tier->parent, att_xml_trim(att_xml_get(element, "PARENT_REF"))) &&
           att_arena_keep(&reader->eaf.arena, &tier->language, att_xml_get(element, "LANG_REF"));
}

static bool add_annotation(eaf_reader *reader, const att_xml_element *element, uint64_t line)
{
    att_eaf *eaf = &reader->eaf;

    if (!eaf->tier_count)
        return true; /* outside any tier: nobody says it */
    if (!att_grow(&eaf->annotations, &eaf->annotation_capacity, eaf->annotation_count + 1, sizeof *eaf->annotations))
        return false;
    att_eaf_annotation *annotation = &eaf->annotations[eaf->annotation_count++];
    *annotation = (att_eaf_annotation){.tier = eaf->tier_count - 1, .line = line};
    return att_arena_keep(&reader->eaf.arena, &annotation->id, att_xml_get(element, "ANNOTATION_ID")) &&
           att_arena_keep(&reader->eaf.arena, &annotation->from, att_xml_get(element, "TIME_SLOT_REF1")) &&
           att_arena_keep(&reader->eaf.arena, &annotation->to, att_xml_get(element, "TIME_SLOT_REF2")) &&
           att_arena_keep(&reader->eaf.arena, &annotation->reference, att_xml_get(element, "ANNOTATION_REF"));
}

static bool add_type(eaf_reader *reader, const att_xml_element *element)
{
    att_span id;

    if (!att_xml_get(element, "CONTROLLED_VOCABULARY_REF").size)
        return true;
    return att_arena_keep(&reader->eaf.arena, &id, att_xml_get(element, "LINGUISTIC_TYPE_ID")) &&
           att_id_list_add(&reader->eaf.vocabularies, id, 0);
}

static void set_unit(eaf_reader *reader, att_span unit)
{
    if (att_span_equal(unit, att_span_of("PAL-frames")))
        reader->unit = 40000;
    else if (att_span_equal(unit, att_span_of("NTSC-frames")))
        reader->unit = 33367;
}

static att_status eaf_start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    eaf_reader *reader = context;
    const char *name = element->name;
    bool good = true;

    if (att_xml_is(name, "ANNOTATION_VALUE")) {
        reader->text.size = 0;
        reader->in_value = true;
    } else if (att_xml_is(name, "ALIGNABLE_ANNOTATION") || att_xml_is(name, "REF_ANNOTATION")) {
        good = add_annotation(reader, element, att_xml_line(xml));
    } else if (att_xml_is(name, "TIME_SLOT")) {
        good = add_slot(reader, element);
    } else if (att_xml_is(name, "TIER")) {
        good = add_tier(reader, element);
    } else if (att_xml_is(name, "LINGUISTIC_TYPE")) {
        good = add_type(reader, element);
    } else if (att_xml_is(name, "HEADER")) {
        set_unit(reader, att_xml_get(element, "TIME_UNITS"));
    }
    return good ? ATT_OK : att_fail_memory(error);
}

static att_status eaf_text(void *context, const att_xml *xml, att_span text, att_error *error)
{
    eaf_reader *reader = context;

    (void)xml;
    if (reader->in_value)
        att_xml_append(&reader->text, text);
    return reader->text.failed ? att_fail_memory(error) : ATT_OK;
}

static att_status eaf_end(void *context, const att_xml *xml, const char *name, att_error *error)
{
    eaf_reader *reader = context;
    att_eaf *eaf = &reader->eaf;
    att_span text = att_xml_trim((att_span){reader->text.data, reader->text.size});

    (void)xml;
    if (!att_xml_is(name, "ANNOTATION_VALUE"))
        return ATT_OK;
    reader->in_value = false;
    if (!eaf->annotation_count || !text.size)
        return ATT_OK;
    att_eaf_annotation *annotation = &eaf->annotations[eaf->annotation_count - 1];
    att_eaf_tier *tier = &eaf->tiers[annotation->tier];
    tier->holds_text = true;
    tier->holds_words |= att_eaf_is_words(text);
    return att_arena_keep(&reader->eaf.arena, &annotation->text, text) ? ATT_OK : att_fail_memory(error);
}

/* ---- When it was said */

/* Slots are in the order of time. Those without a time are spread between their neighbours, as ELAN shows them. */
static void order_slots(att_eaf *eaf)
{
    int64_t before = 0;

    for (size_t i = 0; i < eaf->slot_count;) {
        size_t end = i;
        while (end < eaf->slot_count && eaf->slots[end].ms == ATT_NO_TIME)
            end++;
        int64_t after = end < eaf->slot_count && eaf->slots[end].ms > before ? eaf->slots[end].ms : before;
        int64_t step = (after - before) / (int64_t)(end - i + 1);
        for (size_t at = i; at < end; at++)
            eaf->slots[at].order = before + step * (int64_t)(at - i + 1);
        if (end < eaf->slot_count)
            before = eaf->slots[end].order = eaf->slots[end].ms;
        i = end + 1;
    }
}

typedef struct {
    att_id_list slots;
    att_id_list annotations;
} eaf_index;

static bool make_index(eaf_index *index, const att_eaf *eaf)
{
    bool good = true;

    for (size_t i = 0; i < eaf->slot_count && good; i++)
        good = att_id_list_add(&index->slots, eaf->slots[i].id, i);
    for (size_t i = 0; i < eaf->annotation_count && good; i++)
        good = att_id_list_add(&index->annotations, eaf->annotations[i].id, i);
    return good;
}

/* An annotation has the time of the one it refers to; so many steps, at most. */
static const att_eaf_annotation *find_aligned(const att_eaf *eaf, eaf_index *index, const att_eaf_annotation *from)
{
    for (unsigned step = 0; step < 64 && !from->from.size; step++) {
        size_t at = att_id_list_find(&index->annotations, from->reference);
        if (at == ATT_NO_ID)
            break;
        from = &eaf->annotations[at];
    }
    return from;
}

static int64_t slot_time(const att_eaf *eaf, eaf_index *index, att_span id, int64_t *order)
{
    size_t at = att_id_list_find(&index->slots, id);

    if (at == ATT_NO_ID)
        return ATT_NO_TIME;
    *order = eaf->slots[at].order;
    return eaf->slots[at].ms;
}

/* ---- Turns */

static att_span tier_language(eaf_reader *reader, const att_eaf_tier *tier)
{
    char tag[ATT_TAG_ROOM];
    att_span language = {tag, att_language_tag(tag, tier->language)};

    return language.size && att_arena_keep(&reader->eaf.arena, &language, language) ? language : (att_span){0};
}

/* The first tier of speech says the transcript's language; those in other languages say theirs. */
static att_status set_languages(eaf_reader *reader, att_document *document, att_error *error)
{
    att_eaf *eaf = &reader->eaf;
    att_span first = {0};
    att_status status = ATT_OK;

    for (size_t i = 0; i < eaf->tier_count && !status; i++) {
        att_eaf_tier *tier = &eaf->tiers[i];
        if (!tier->is_speech)
            continue;
        tier->language = tier_language(reader, tier);
        if (!first.size && tier->language.size) {
            first = tier->language;
            status = att_document_language(document, first, error);
        }
        if (att_span_equal(first, tier->language))
            tier->language = (att_span){0};
    }
    return status;
}

static att_status give_turns(eaf_reader *reader, eaf_index *index, att_document *document, att_error *error)
{
    att_eaf *eaf = &reader->eaf;
    att_tiers tiers = {0};
    size_t last_tier = ATT_NO_ID;
    int64_t order = 0;
    bool good = true;

    for (size_t i = 0; i < eaf->annotation_count && good; i++) {
        const att_eaf_annotation *annotation = &eaf->annotations[i];
        const att_eaf_tier *tier = &eaf->tiers[annotation->tier];
        if (!tier->is_speech || !annotation->text.size)
            continue;
        const att_eaf_annotation *aligned = find_aligned(eaf, index, annotation);
        int64_t end_order = 0;
        if (annotation->tier != last_tier)
            order = 0; /* else one without a time stays behind the one before it */
        last_tier = annotation->tier;
        att_piece piece = {.label = tier->participant.size ? tier->participant : tier->id,
                           .text = annotation->text,
                           .language = tier->language,
                           .line = annotation->line};
        piece.start_ms = slot_time(eaf, index, aligned->from, &order);
        piece.end_ms = slot_time(eaf, index, aligned->to, &end_order);
        good = att_tiers_add(&tiers, &piece, order);
    }
    att_status status = good ? att_tiers_give(&tiers, document, error) : att_fail_memory(error);
    att_tiers_clear(&tiers);
    return status;
}

static att_status eaf_finish(eaf_reader *reader, att_document *document, const att_read_options *options,
                             const char *file, att_error *error)
{
    eaf_index index = {0};
    att_status status = att_eaf_choose(&reader->eaf, options, file, error);

    if (!status)
        status = set_languages(reader, document, error);
    order_slots(&reader->eaf);
    if (!status && !make_index(&index, &reader->eaf))
        status = att_fail_memory(error);
    if (!status)
        status = give_turns(reader, &index, document, error);
    att_id_list_clear(&index.slots);
    att_id_list_clear(&index.annotations);
    return status;
}

static att_status eaf_parse(att_document *document, att_span content, const att_read_options *options, const char *file,
                            att_error *error)
{
    static const att_xml_handler handler = {eaf_start, eaf_end, eaf_text};
    eaf_reader reader = {.unit = 1000};
    att_status status = att_xml_parse(content, file, &handler, &reader, error);

    if (!status)
        status = eaf_finish(&reader, document, options, file, error);
    att_arena_clear(&reader.eaf.arena);
    free(reader.eaf.tiers);
    free(reader.eaf.annotations);
    free(reader.eaf.slots);
    att_id_list_clear(&reader.eaf.vocabularies);
    att_buffer_clear(&reader.text);
    return status;
}

static att_status eaf_open(void **reader, const void *plan, att_source *source, uint64_t from, uint64_t to,
                           att_error *error)
{
    (void)from, (void)to;
    return att_document_open(reader, plan, source, eaf_parse, error);
}

static int eaf_sniff(att_span probe, bool complete, const char *file_name)
{
    char root[64];

    (void)complete, (void)file_name;
    return att_xml_root(root, sizeof root, probe) && att_xml_is(root, "ANNOTATION_DOCUMENT") ? 95 : 0;
}

const att_format att_format_eaf = {
    .name = "eaf",
    .description = "ELAN annotations",
    .extensions = "eaf",
    .binary = true,
    .sniff = eaf_sniff,
    .plan = att_document_plan,
    .forget = att_document_forget,
    .open = eaf_open,
    .next = att_document_next,
    .counts = att_document_counts,
    .info = att_document_info,
    .close = att_document_close,
};
