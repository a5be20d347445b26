/* From the tiers of an EXMARaLDA transcription to turns. */
#include "read/exb.h"

#include "base/xml.h"

/* ---- Which tiers, and whose */

/* Two speakers with one abbreviation are still two. */
static bool find_shared(att_exb *exb)
{
    att_id_list names = {0};
    bool good = true;

    for (size_t i = 0; i < exb->speaker_count && good; i++)
        good = att_id_list_add(&names, exb->speakers[i].abbreviation, i);
    for (size_t i = 0; i < exb->speaker_count && good; i++) {
        size_t first = att_id_list_find(&names, exb->speakers[i].abbreviation);
        if (first != i)
            exb->speakers[i].shared = exb->speakers[first].shared = true;
    }
    att_id_list_clear(&names);
    return good;
}

static att_span speaker_label(const att_exb_speaker *speaker)
{
    return speaker->abbreviation.size && !speaker->shared ? speaker->abbreviation : speaker->id;
}

static att_span tier_label(att_exb *exb, const att_exb_tier *tier)
{
    size_t speaker = tier->speaker.size ? att_id_list_find(&exb->speaker_ids, tier->speaker) : ATT_NO_ID;

    if (speaker != ATT_NO_ID)
        return speaker_label(&exb->speakers[speaker]);
    return tier->speaker.size ? att_xml_trim(tier->speaker) : tier->name;
}

static att_status choose_tiers(att_exb *exb, const att_read_options *options, const char *file, att_error *error)
{
    att_buffer names = {0};
    bool any = false;

    for (size_t i = 0; i < exb->tier_count; i++) {
        att_exb_tier *tier = &exb->tiers[i];
        tier->chosen = options->tier_count
                           ? att_tier_is_asked(options, tier->id) || att_tier_is_asked(options, tier->name) ||
                                 att_tier_is_asked(options, tier->category)
                           : tier->spoken;
        any |= tier->chosen;
        att_buffer_text(&names, i ? ", " : "");
        att_buffer_span(&names, tier->name.size ? tier->name : tier->id);
    }
    att_status status = ATT_OK;
    if (names.failed)
        status = att_fail_memory(error);
    else if (!any && options->tier_count)
        status = att_tiers_missing("no tier that --tier asks for", &names, file, error);
    else if (!any && exb->event_count)
        status = att_tiers_missing("no tier of type t, which would hold speech", &names, file, error);
    att_buffer_clear(&names);
    return status;
}

/* ---- Turns */

static bool is_white(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Does the second event go on where the first ends? */
static bool follows(const att_exb_event *first, const att_exb_event *second)
{
    return first->text.size && second->text.size && first->end.size && att_span_equal(first->end, second->start);
}

static bool spaced(const att_exb_event *first, const att_exb_event *second)
{
    return is_white(first->text.text[first->text.size - 1]) || is_white(second->text.text[0]);
}

/* The text of a tier is cut into events wherever anybody begins to speak, also inside words. Where the tier has spaces
 * between most events that follow each other, those without go on with the word; else nobody has put spaces there. */
static bool cuts_words(const att_exb *exb, const att_exb_tier *tier)
{
    size_t with = 0, without = 0;

    for (size_t i = tier->first + 1; i < tier->first + tier->count; i++) {
        const att_exb_event *event = &exb->events[i];
        if (follows(event - 1, event)) {
            with += spaced(event - 1, event);
            without += !spaced(event - 1, event);
        }
    }
    return with >= without && with > 0;
}

/* The time of a place on the timeline, and which place it is. */
static int64_t find_time(att_exb *exb, att_span id, int64_t *place)
{
    size_t at = att_id_list_find(&exb->timeline, id);

    if (at == ATT_NO_ID)
        return ATT_NO_TIME;
    *place = (int64_t)at;
    return exb->times[at];
}

static bool add_tier_turns(att_exb *exb, const att_exb_tier *tier, att_tiers *tiers)
{
    bool glue = cuts_words(exb, tier), good = true;
    int64_t place = 0, end_place = 0;
    att_span label = tier_label(exb, tier);

    for (size_t i = tier->first, next; i < tier->first + tier->count && good; i = next) {
        const att_exb_event *event = &exb->events[i];
        exb->text.size = 0;
        att_xml_append(&exb->text, event->text);
        for (next = i + 1; glue && next < tier->first + tier->count; next++) {
            const att_exb_event *more = &exb->events[next];
            if (!follows(more - 1, more) || spaced(more - 1, more))
                break;
            att_xml_append(&exb->text, more->text);
        }
        att_piece piece = {
            .label = label, .text = att_xml_trim((att_span){exb->text.data, exb->text.size}), .line = event->line};
        piece.start_ms = find_time(exb, event->start, &place);
        piece.end_ms = find_time(exb, exb->events[next - 1].end, &end_place);
        good = !exb->text.failed && (!piece.text.size || att_tiers_add(tiers, &piece, place));
    }
    return good;
}

static att_status give_turns(att_exb *exb, att_document *document, att_error *error)
{
    att_tiers tiers = {0};
    bool good = true;

    for (size_t i = 0; i < exb->tier_count && good; i++)
        if (exb->tiers[i].chosen)
            good = add_tier_turns(exb, &exb->tiers[i], &tiers);
    att_status status = good ? att_tiers_give(&tiers, document, error) : att_fail_memory(error);
    att_tiers_clear(&tiers);
    return status;
}

att_status att_exb_give(att_exb *exb, att_document *document, const att_read_options *options, const char *file,
                        att_error *error)
{
    att_status status = choose_tiers(exb, options, file, error);

    if (!status && !find_shared(exb))
        status = att_fail_memory(error);
    if (!status && exb->title.size)
        status = att_document_title(document, exb->title, error);
    for (size_t i = 0; i < exb->fact_count && !status; i++) {
        const att_exb_fact *fact = &exb->facts[i];
        status =
            att_document_fact(document, speaker_label(&exb->speakers[fact->speaker]), fact->column, fact->value, error);
    }
    return status ? status : give_turns(exb, document, error);
}
