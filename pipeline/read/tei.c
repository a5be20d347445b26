/* Transcriptions of speech in TEI (P4, P5, ISO 24624) and ParlaMint:
 * https://tei-c.org/release/doc/tei-p5-doc/en/html/TS.html and https://clarin-eric.github.io/ParlaMint/ */
#include "read/tei.h"

#include <stdlib.h>

/* A transcript has few languages, and says them with every line. */
bool att_tei_language_of(att_tei *tei, att_span *tag, att_span written)
{
    enum { MOST = sizeof tei->languages / sizeof *tei->languages };
    char text[ATT_TAG_ROOM];

    *tag = (att_span){0};
    for (size_t i = 0; i < tei->language_count; i++)
        if (att_span_equal(tei->languages[i].written, written)) {
            *tag = tei->languages[i].tag;
            return true;
        }
    if (tei->language_count == MOST)
        return true;
    att_tei_language *language = &tei->languages[tei->language_count];
    size_t size = att_language_tag(text, att_xml_trim(written));
    if (!att_arena_keep(&tei->arena, &language->written, written) ||
        !att_arena_keep(&tei->arena, &language->tag, (att_span){text, size}))
        return false;
    *tag = language->tag;
    tei->language_count++;
    return true;
}

/* ---- Outside utterances */

/* The title is that of type "main", else the first. */
static bool start_title(att_tei *tei, const att_xml_element *element)
{
    bool is_main = att_span_equal(att_xml_get(element, "type"), att_span_of("main"));

    tei->in_title = !tei->title.size || (is_main && !tei->main_title);
    tei->main_title |= is_main;
    tei->title_text.size = 0;
    return true;
}

static bool end_title(att_tei *tei)
{
    att_span title = att_xml_trim((att_span){tei->title_text.data, tei->title_text.size});

    tei->in_title = false;
    return !title.size || att_arena_keep(&tei->arena, &tei->title, title);
}

static bool start_block(att_tei *tei, const att_xml_element *element)
{
    return att_arena_keep(&tei->arena, &tei->block_who, att_xml_get(element, "who")) &&
           att_arena_keep(&tei->arena, &tei->block_start, att_xml_trim(att_xml_get(element, "start"))) &&
           att_arena_keep(&tei->arena, &tei->block_end, att_xml_trim(att_xml_get(element, "end")));
}

static bool note_language(att_tei *tei, const att_xml_element *element)
{
    att_span tag;

    if (!att_tei_language_of(tei, &tag, att_xml_get(element, "ident")))
        return false;
    if (!tag.size || (tei->language_uses && att_span_equal(tag, tei->only_language)))
        return true;
    tei->only_language = tag;
    tei->language_uses++;
    return true;
}

static bool start_outside(att_tei *tei, const att_xml_element *element, uint64_t line)
{
    const char *name = element->name;

    if (att_xml_is(name, "u"))
        return att_tei_speech_start(tei, element, line);
    if (att_xml_is(name, "text") && !tei->language_set) {
        tei->language = att_tei_top(tei)->language;
        tei->language_set = true;
    }
    if (att_xml_is(name, "annotationBlock"))
        return start_block(tei, element);
    if (att_xml_is(name, "timeline") || att_xml_is(name, "when"))
        return att_tei_point_add(tei, element);
    if (att_xml_is(name, "language") && att_xml_get(element, "ident").size)
        return note_language(tei, element);
    if (att_xml_is(name, "titleStmt"))
        tei->in_titles = !tei->title.size;
    if (att_xml_is(name, "title") && tei->in_titles)
        return start_title(tei, element);
    if (att_xml_is(name, "teiCorpus") || att_xml_is(name, "teiCorpus.2"))
        tei->is_corpus = true;
    if (att_xml_is(name, "include"))
        return att_arena_keep(&tei->arena, &tei->included, att_xml_trim(att_xml_get(element, "href")));
    return att_tei_people_start(&tei->people, element);
}

static bool end_outside(att_tei *tei, const char *name)
{
    if (att_xml_is(name, "annotationBlock"))
        tei->block_who = tei->block_start = tei->block_end = (att_span){0};
    if (att_xml_is(name, "titleStmt"))
        tei->in_titles = false;
    if (tei->in_title && att_xml_is(name, "title"))
        return end_title(tei);
    return att_tei_people_end(&tei->people, name);
}

/* ---- All of the file */

static att_status tei_start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    att_tei *tei = context;
    att_span written = att_xml_get(element, "xml:lang");
    att_tei_frame frame = {.kind = ATT_TEI_PLAIN, .language = att_tei_top(tei)->language};
    bool is_speech = att_xml_is(element->name, "u"), good = true;

    if (tei->skip) {
        tei->skip++;
        return ATT_OK;
    }
    if (written.size && (is_speech || !tei->speaking))
        good = att_tei_language_of(tei, &frame.language, written);
    tei->frames[++tei->depth] = frame;
    if (good)
        good = tei->speaking && !is_speech ? att_tei_speech_in(tei, element)
                                           : start_outside(tei, element, att_xml_line(xml));
    return good ? ATT_OK : att_fail_memory(error);
}

static att_status tei_text(void *context, const att_xml *xml, att_span text, att_error *error)
{
    att_tei *tei = context;
    bool good = true;

    (void)xml;
    if (tei->skip)
        return ATT_OK;
    if (tei->speaking)
        good = att_tei_speech_text(tei, text);
    else if (tei->in_title)
        att_xml_append(&tei->title_text, text);
    else
        good = att_tei_people_text(&tei->people, text);
    return good && !tei->title_text.failed ? ATT_OK : att_fail_memory(error);
}

static att_status tei_end(void *context, const att_xml *xml, const char *name, att_error *error)
{
    att_tei *tei = context;

    (void)xml;
    if (tei->skip > 1) {
        tei->skip--;
        return ATT_OK;
    }
    tei->skip = 0;
    att_tei_frame ended = tei->frames[tei->depth--];
    bool good = tei->speaking ? att_tei_speech_end(tei, &ended) : end_outside(tei, name);
    return good ? ATT_OK : att_fail_memory(error);
}

static att_status tei_parse(att_document *document, att_span content, const att_read_options *options, const char *file,
                            att_error *error)
{
    static const att_xml_handler handler = {tei_start, tei_end, tei_text};
    att_tei *tei = calloc(1, sizeof *tei);

    (void)options;
    if (!tei)
        return att_fail_memory(error);
    tei->file = file;
    tei->unit = 1000;
    att_status status = att_xml_parse(content, file, &handler, tei, error);
    if (!status)
        status = att_tei_give(tei, document, error);
    att_tei_people_clear(&tei->people);
    att_arena_clear(&tei->arena);
    att_buffer_clear(&tei->text);
    att_buffer_clear(&tei->title_text);
    att_id_list_clear(&tei->labels);
    att_id_list_clear(&tei->roles);
    free(tei->parts);
    free(tei->points);
    free(tei->role_items);
    free(tei);
    return status;
}

static att_status tei_open(void **reader, const void *plan, att_source *source, uint64_t from, uint64_t to,
                           att_error *error)
{
    (void)from, (void)to;
    return att_document_open(reader, plan, source, tei_parse, error);
}

static int tei_sniff(att_span probe, bool complete, const char *file_name)
{
    static const char *const roots[] = {"TEI", "TEI.2", "teiCorpus", "teiCorpus.2", NULL};
    char root[64];

    (void)complete, (void)file_name;
    return att_xml_root(root, sizeof root, probe) && att_xml_is_any(root, roots) ? 90 : 0;
}

const att_format att_format_tei = {
    .name = "tei",
    .description = "TEI transcriptions of speech, ParlaMint",
    .extensions = "xml tei",
    .binary = true,
    .sniff = tei_sniff,
    .plan = att_document_plan,
    .forget = att_document_forget,
    .open = tei_open,
    .next = att_document_next,
    .counts = att_document_counts,
    .info = att_document_info,
    .close = att_document_close,
};
