/* Utterances of TEI: what in them is speech, and where words end. */
#include "read/tei.h"

static const char *const blocks[] = {"seg", "s", "p", "ab", "l", "lg", "div", "item", "list", "label", "quote", NULL};
static const char *const breaks[] = {"lb", "pb", "cb", "gb", "milestone", NULL};
static const char *const words[] = {"w", "pc", NULL};
/* What happens beside speech, and what others say or write about it. Interjections in notes are other people's. */
static const char *const notes[] = {"note",  "noteGrp", "incident", "kinesic", "vocal", "event", "gap",
                                    "pause", "shift",   "writing",  "desc",    "head",  "stage", NULL};
/* Annotations of words, and what does not belong to a text. */
static const char *const silent[] = {"spanGrp", "span",    "interp",   "interpGrp", "linkGrp", "link",      "fs",
                                     "fvLib",   "figure",  "fw",       "media",     "index",   "certainty", "respons",
                                     "join",    "joinGrp", "standOff", "teiHeader", "alt",     "altGrp",    NULL};
/* What was written or said first; beside it, in a choice, stands what was meant. */
static const char *const unedited[] = {"sic", "orig", "abbr", NULL};

static att_tei_kind kind_of(const char *name)
{
    return att_xml_is(name, "u")          ? ATT_TEI_SPEECH
           : att_xml_is_any(name, words)  ? ATT_TEI_WORD
           : att_xml_is_any(name, blocks) ? ATT_TEI_BLOCK
           : att_xml_is_any(name, breaks) ? ATT_TEI_BREAK
           : att_xml_is_any(name, notes)  ? ATT_TEI_NOTE
           : att_xml_is_any(name, silent) ? ATT_TEI_SILENT
           : att_xml_is(name, "choice")   ? ATT_TEI_CHOICE
                                          : ATT_TEI_PLAIN;
}

/* ---- Parts */

static att_tei_utterance *utterance_of(att_tei *tei)
{
    return &tei->utterances[tei->speaking - 1];
}

/* What was read so far is a part; the next has another language or speaker. */
static bool end_part(att_tei *tei)
{
    att_tei_utterance *utterance = utterance_of(tei);
    att_span text = att_xml_trim((att_span){tei->text.data, tei->text.size});
    att_tei_part part = {.label = utterance->label,
                         .language = tei->text_language,
                         .start = utterance->start,
                         .end = utterance->end,
                         .line = utterance->line,
                         .opens = utterance->opens};

    tei->text.size = 0;
    tei->glue = false;
    if (tei->text.failed)
        return false;
    if (!text.size)
        return true;
    if (!att_grow(&tei->parts, &tei->part_capacity, tei->part_count + 1, sizeof *tei->parts) ||
        !att_arena_keep(&tei->arena, &part.text, text))
        return false;
    utterance->opens = false;
    tei->parts[tei->part_count++] = part;
    return true;
}

/* "#A #B" said something together: "A B". */
static bool read_label(att_tei *tei, att_span *label, att_span who)
{
    tei->text.size = 0;
    for (att_span list = who, word; (word = att_tei_next_word(&list)).size;) {
        att_buffer_text(&tei->text, tei->text.size ? " " : "");
        att_buffer_span(&tei->text, att_tei_target(word));
    }
    bool good = !tei->text.failed && att_arena_keep(&tei->arena, label, (att_span){tei->text.data, tei->text.size});
    tei->text.size = 0;
    return good;
}

static bool keep_role(att_tei *tei, att_span label, att_span ana)
{
    att_span role = att_tei_target(att_tei_next_word(&ana));

    if (!role.size || !label.size)
        return true;
    if (!att_grow(&tei->role_items, &tei->role_capacity, tei->role_count + 1, sizeof *tei->role_items))
        return false;
    att_tei_role *item = &tei->role_items[tei->role_count];
    item->label = label;
    return att_arena_keep(&tei->arena, &item->role, role) && att_id_list_add(&tei->roles, label, tei->role_count++);
}

static att_span or_else(att_span value, att_span other)
{
    return value.size ? value : other;
}

bool att_tei_speech_start(att_tei *tei, const att_xml_element *element, uint64_t line)
{
    att_tei_utterance utterance = {.line = line, .opens = true};

    if (tei->speaking && !end_part(tei))
        return false;
    if (!read_label(tei, &utterance.label, or_else(att_xml_get(element, "who"), tei->block_who)) ||
        !att_arena_keep(&tei->arena, &utterance.start,
                        att_tei_target(or_else(att_xml_trim(att_xml_get(element, "start")), tei->block_start))) ||
        !att_arena_keep(&tei->arena, &utterance.end,
                        att_tei_target(or_else(att_xml_trim(att_xml_get(element, "end")), tei->block_end))))
        return false;
    att_tei_top(tei)->kind = ATT_TEI_SPEECH;
    tei->utterances[tei->speaking++] = utterance;
    return att_id_list_add(&tei->labels, utterance.label, tei->utterance_count++) &&
           keep_role(tei, utterance.label, att_xml_get(element, "ana"));
}

/* ---- Elements */

static void put_space(att_tei *tei)
{
    if (!tei->words && !tei->glue)
        att_xml_append(&tei->text, att_span_of(" "));
}

static void start_word(att_tei *tei, const att_xml_element *element)
{
    att_span join = att_xml_get(element, "join");
    bool both = att_span_equal(join, att_span_of("both"));

    if (both || att_span_equal(join, att_span_of("left"))) {
        if (tei->text.size && tei->text.data[tei->text.size - 1] == ' ')
            tei->text.size--;
    } else if (att_xml_is(element->name, "w")) {
        put_space(tei);
    }
    tei->words++;
    att_tei_top(tei)->joins = both || att_span_equal(join, att_span_of("right"));
}

static bool is_passed_over(att_tei *tei, const char *name, const att_tei_frame *around)
{
    att_tei_frame *frame = att_tei_top(tei);
    bool second = around->kind == ATT_TEI_CHOICE && (around->taken || att_xml_is_any(name, unedited));

    if (!second && frame->kind != ATT_TEI_NOTE && frame->kind != ATT_TEI_SILENT)
        return false;
    tei->notes += !second && frame->kind == ATT_TEI_NOTE;
    frame->kind = ATT_TEI_SILENT;
    return true;
}

bool att_tei_speech_in(att_tei *tei, const att_xml_element *element)
{
    att_tei_frame *frame = att_tei_top(tei), *around = frame - 1;
    att_span language;

    frame->kind = kind_of(element->name);
    if (is_passed_over(tei, element->name, around)) {
        put_space(tei);
        tei->skip = 1;
        return !tei->text.failed;
    }
    if (around->kind == ATT_TEI_CHOICE)
        around->taken = true;
    /* Words of another language inside a sentence stay with it. */
    if (frame->kind == ATT_TEI_BLOCK && att_xml_get(element, "xml:lang").size) {
        if (!att_tei_language_of(tei, &language, att_xml_get(element, "xml:lang")))
            return false;
        frame->language = language;
    }
    if (frame->kind == ATT_TEI_WORD)
        start_word(tei, element);
    else if (frame->kind == ATT_TEI_BLOCK ||
             (frame->kind == ATT_TEI_BREAK && !att_span_equal(att_xml_get(element, "break"), att_span_of("no"))))
        put_space(tei);
    return !tei->text.failed;
}

bool att_tei_speech_text(att_tei *tei, att_span text)
{
    att_span language = att_tei_top(tei)->language;
    size_t white = 0;

    if (tei->glue)
        while (white < text.size && strchr(" \t\r\n", text.text[white]))
            white++;
    text = (att_span){text.text + white, text.size - white};
    if (!text.size)
        return true;
    tei->glue = false;
    if (!att_span_equal(language, tei->text_language) && att_xml_trim(text).size) {
        if (!end_part(tei))
            return false;
        tei->text_language = language;
    }
    att_xml_append(&tei->text, text);
    return !tei->text.failed;
}

bool att_tei_speech_end(att_tei *tei, const att_tei_frame *ended)
{
    bool good = true;

    switch (ended->kind) {
    case ATT_TEI_WORD:
        tei->words--;
        tei->glue = ended->joins;
        break;
    case ATT_TEI_BLOCK:
        tei->glue = false;
        put_space(tei);
        break;
    case ATT_TEI_SPEECH:
        good = end_part(tei);
        tei->speaking--;
        break;
    default:
        break;
    }
    return good && !tei->text.failed;
}
