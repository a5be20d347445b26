/* From what was read of a TEI file to turns: times, languages, facts. */
#include "read/stamps.h"
#include "read/tei.h"
#include "read/tiers.h"

/* ---- The timeline: points at a clock time, or so long since another */

static int64_t unit_of(att_span unit)
{
    if (att_span_equal(unit, att_span_of("ms")))
        return 1;
    if (att_span_equal(unit, att_span_of("min")))
        return 60000;
    return unit.size == 0 || att_span_equal(unit, att_span_of("s")) ? 1000 : 0;
}

static int64_t read_absolute(att_span text)
{
    att_stamp stamp;

    return text.size && att_stamp_bare(&stamp, text.text, text.size, true) && stamp.size == text.size ? stamp.start_ms
                                                                                                      : ATT_NO_TIME;
}

static int64_t read_interval(att_span text, int64_t unit)
{
    int64_t thousandths = att_seconds_ms(text);

    if (thousandths == ATT_NO_TIME || !unit || thousandths > INT64_MAX / 60000)
        return ATT_NO_TIME;
    return thousandths * unit / 1000;
}

bool att_tei_point_add(att_tei *tei, const att_xml_element *element)
{
    att_tei_point point = {.ms = ATT_NO_TIME};
    att_span unit = att_xml_get(element, "unit");

    if (att_xml_is(element->name, "timeline")) {
        tei->unit = unit_of(unit);
        return true;
    }
    point.ms = read_absolute(att_xml_trim(att_xml_get(element, "absolute")));
    point.absolute = point.ms != ATT_NO_TIME;
    if (!point.absolute)
        point.ms = read_interval(att_xml_get(element, "interval"), unit.size ? unit_of(unit) : tei->unit);
    if (!att_grow(&tei->points, &tei->point_capacity, tei->point_count + 1, sizeof *tei->points) ||
        !att_arena_keep(&tei->arena, &point.id, att_tei_id(element)) ||
        !att_arena_keep(&tei->arena, &point.since, att_tei_target(att_xml_trim(att_xml_get(element, "since")))))
        return false;
    tei->points[tei->point_count++] = point;
    return true;
}

/* Makes all times those since the beginning. A point refers to one before it; the first one is the beginning if it says
 * nothing. */
static bool resolve_points(att_tei *tei, att_id_list *ids)
{
    bool good = true;

    for (size_t i = 0; i < tei->point_count && good; i++)
        good = att_id_list_add(ids, tei->points[i].id, i);
    for (size_t i = 0; i < tei->point_count && good; i++) {
        att_tei_point *point = &tei->points[i];
        if (i == 0 && point->ms == ATT_NO_TIME && !point->since.size)
            point->ms = 0;
        if (point->absolute || i == 0 || point->ms == ATT_NO_TIME)
            continue;
        size_t since = point->since.size ? att_id_list_find(ids, point->since) : i - 1;
        if (since >= i || tei->points[since].ms == ATT_NO_TIME || tei->points[since].ms > INT64_MAX / 4 ||
            point->ms > INT64_MAX / 4)
            point->ms = ATT_NO_TIME;
        else
            point->ms += tei->points[since].ms;
    }
    return good;
}

static int64_t find_time(const att_tei *tei, att_id_list *points, att_span id)
{
    size_t at = id.size ? att_id_list_find(points, id) : ATT_NO_ID;

    return at == ATT_NO_ID ? ATT_NO_TIME : tei->points[at].ms;
}

/* ---- Facts */

/* The role of the first utterance that says one; that of the list of persons comes before it. */
static att_status give_roles(att_tei *tei, att_document *document, att_error *error)
{
    att_status status = ATT_OK;
    size_t given = 0;

    for (size_t i = 0; i < tei->role_count && !status && given < ATT_TEI_FACTS_MOST; i++) {
        const att_tei_role *item = &tei->role_items[i];
        if (att_id_list_find(&tei->roles, item->label) != i)
            continue;
        given++;
        status = att_document_fact(document, item->label, att_span_of("role"), item->role, error);
    }
    return status;
}

/* ---- Turns */

static att_status give_parts(att_tei *tei, att_document *document, att_error *error)
{
    att_id_list points = {0};
    att_status status = resolve_points(tei, &points) ? ATT_OK : att_fail_memory(error);

    for (size_t i = 0; i < tei->part_count && !status; i++) {
        const att_tei_part *part = &tei->parts[i];
        att_piece piece = {.label = part->label, .text = part->text, .line = part->line, .opens = part->opens};
        if (!att_span_equal(part->language, tei->language))
            piece.language = part->language;
        piece.start_ms = find_time(tei, &points, part->start);
        piece.end_ms = find_time(tei, &points, part->end);
        status = att_document_add(document, &piece, error);
    }
    att_id_list_clear(&points);
    return status;
}

static att_status refuse(const att_tei *tei, att_error *error)
{
    if (tei->is_corpus && tei->included.size)
        return att_fail(error, ATT_BAD_INPUT, tei->file, 0, 0,
                        "is the root of a corpus and holds no utterances (<u>) of its own; give the files it includes, "
                        "such as %.*s",
                        tei->included.size < 200 ? (int)tei->included.size : 200, tei->included.text);
    return att_fail(error, ATT_BAD_INPUT, tei->file, 0, 0,
                    "is TEI without utterances (<u>); of TEI only transcriptions of speech are read: leave it out, or "
                    "export it as plain text with `Name: text` lines");
}

att_status att_tei_give(att_tei *tei, att_document *document, att_error *error)
{
    att_status status = tei->utterance_count ? ATT_OK : refuse(tei, error);

    if (!tei->language.size && tei->language_uses == 1)
        tei->language = tei->only_language;
    att_document_notes(document, tei->notes);
    if (!status)
        status = att_document_language(document, tei->language, error);
    if (!status)
        status = att_document_title(document, tei->title, error);
    if (!status)
        status = att_document_date(document, tei->people.date, error);
    if (!status)
        status = att_tei_people_give(&tei->people, &tei->labels, document, error);
    if (!status)
        status = give_roles(tei, document, error);
    return status ? status : give_parts(tei, document, error);
}
