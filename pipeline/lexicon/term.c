/* Terms into elements: an entry is cut into tokens and folded by the code that does it to the text. */
#include "base/hash.h"
#include "base/utf8.h"
#include "lexicon/ways.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#define TERM_BYTES (1u << 20)

static bool is_glob(char c)
{
    return c == '*' || c == '?';
}

static bool has_glob(att_span text)
{
    for (size_t i = 0; i < text.size; i++)
        if (is_glob(text.text[i]))
            return true;
    return false;
}

/* Of a script in which ICU finds words with a dictionary. */
static bool is_dictionary_letter(UChar32 c)
{
    UErrorCode code = U_ZERO_ERROR;

    if (c < 0x300)
        return false;
    UScriptCode script = uscript_getScript(c, &code);
    return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
           u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
}

/* Must two tokens of a piece with globs that touch at this byte stay together? Yes at a glob, because only the letter
 * in its place is of another script than its neighbour; and between letters that a dictionary has cut, because it would
 * cut the whole word, of which the piece is a part, elsewhere. */
static bool is_joint(att_span piece, size_t at)
{
    size_t before = at;
    size_t left = at;

    if (is_glob(piece.text[at]) || is_glob(piece.text[at - 1]))
        return true;
    while (left > 0 && ((unsigned char)piece.text[--left] & 0xC0) == 0x80)
        ;
    return is_dictionary_letter((UChar32)att_utf8_next(piece.text, piece.size, &left)) &&
           is_dictionary_letter((UChar32)att_utf8_next(piece.text, piece.size, &before));
}

/* One way to write each glob: in a run of glob characters the question marks first, then one asterisk. */
static void tidy_globs(att_buffer *text)
{
    size_t used = 0;

    for (size_t i = 0; i < text->size;) {
        bool star = false;
        if (!is_glob(text->data[i])) {
            text->data[used++] = text->data[i++];
            continue;
        }
        for (; i < text->size && is_glob(text->data[i]); i++) {
            if (text->data[i] == '?')
                text->data[used++] = '?';
            else
                star = true;
        }
        if (star)
            text->data[used++] = '*';
    }
    text->size = used;
}

/* One token of a term, with its globs in place, becomes an element. */
static att_status add_token(att_draft *draft, const att_yaml_node *node, att_span token, bool exact, uint32_t length)
{
    bool glob = has_glob(token);
    att_buffer *folded = &draft->folded;

    att_draft_fold(draft, folded, token, exact);
    if (folded->failed)
        return att_fail_memory(draft->error);
    if (glob)
        tidy_globs(folded);
    if (folded->size == 0) /* a soft hyphen and the like */
        return ATT_OK;
    if (folded->size > ATT_ELEMENT_BYTES)
        return att_draft_refuse(draft, node, "a word of more than 1,000 bytes; shorten it");
    if (length == ATT_ENTRY_ELEMENTS)
        return att_draft_refuse(draft, node, "more than 64 words in one entry; shorten it");
    att_element_kind kind = glob ? (exact ? ATT_GLOB_EXACT : ATT_GLOB) : exact ? ATT_LITERAL_EXACT : ATT_LITERAL;
    return att_draft_element(draft, kind, (att_span){folded->data, folded->size});
}

/* The tokens of a piece between white space. A glob is a letter as far as word boundaries go. */
static att_status cut_piece(att_draft *draft, att_span piece)
{
    draft->masked.size = 0;
    att_buffer_span(&draft->masked, piece);
    if (draft->masked.failed)
        return att_fail_memory(draft->error);
    for (size_t i = 0; i < draft->masked.size; i++)
        if (is_glob(draft->masked.data[i]))
            draft->masked.data[i] = 'a';
    return att_tokenise(draft->tokeniser, (att_span){draft->masked.data, draft->masked.size}, &draft->tokens,
                        draft->error);
}

static att_status add_piece(att_draft *draft, const att_yaml_node *node, att_span piece, bool exact, size_t first)
{
    bool glob = has_glob(piece);
    att_status status = cut_piece(draft, piece);

    for (size_t i = 0; status == ATT_OK && i < draft->tokens.count; i++) {
        size_t start = draft->tokens.start[i];
        while (glob && i + 1 < draft->tokens.count && draft->tokens.end[i] == draft->tokens.start[i + 1] &&
               is_joint(piece, draft->tokens.end[i]))
            i++;
        att_span token = {piece.text + start, draft->tokens.end[i] - start};
        status = add_token(draft, node, token, exact, (uint32_t)(draft->sequence_count - first));
    }
    return status;
}

/* The next piece without white space at *at; false: there is none. */
static bool next_piece(att_span text, size_t *at, att_span *piece)
{
    size_t start = *at;

    piece->size = 0;
    while (*at < text.size) {
        size_t before = *at;
        uint32_t c = att_utf8_next(text.text, text.size, at);
        if (!u_isUWhiteSpace((UChar32)c))
            continue;
        if (before > start) {
            *piece = (att_span){text.text + start, before - start};
            return true;
        }
        start = *at;
    }
    *piece = (att_span){text.text + start, *at - start};
    return piece->size > 0;
}

/* Appends the elements of a term that is written out one way. *starts, *ends: the text where its first and its last
 * word stand. */
static att_status cut_way(att_draft *draft, const att_yaml_node *node, att_span text, bool exact, size_t *starts,
                          size_t *ends)
{
    size_t first = draft->sequence_count;
    att_status status = ATT_OK;
    att_span piece;

    *starts = *ends = SIZE_MAX;
    for (size_t at = 0; status == ATT_OK && next_piece(text, &at, &piece);) {
        size_t before = draft->sequence_count;
        status = add_piece(draft, node, piece, exact, first);
        if (draft->sequence_count == before)
            continue;
        *ends = (size_t)(piece.text - text.text);
        if (before == first)
            *starts = *ends;
    }
    return status;
}

/* The sequences of one term, to find those that are equal. */
typedef struct {
    uint32_t *slots; /* in the list + 1; 0: free */
    size_t count;
} distinct;

static bool distinct_open(distinct *table, size_t sequences)
{
    table->count = 16;
    while (table->count < sequences * 2)
        table->count *= 2;
    table->slots = calloc(table->count, sizeof *table->slots);
    return table->slots != NULL;
}

/* Is it the first of its kind? `number` is what it will have in the list. */
static bool is_first(distinct *table, const att_draft *draft, const att_sequences *list, att_sequence sequence,
                     size_t number)
{
    const uint32_t *elements = draft->sequence + sequence.first;
    size_t size = sequence.length * sizeof *elements;
    size_t slot = (size_t)att_hash64(elements, size) & (table->count - 1);

    for (; table->slots[slot]; slot = (slot + 1) & (table->count - 1)) {
        att_sequence other = list->items[table->slots[slot] - 1];
        if (other.length == sequence.length && memcmp(draft->sequence + other.first, elements, size) == 0)
            return false;
    }
    table->slots[slot] = (uint32_t)number + 1;
    return true;
}

/* What all ways of an entry may come to, and what all such entries of a lexicon may: their bytes bound the time too. */
enum { MOST_ELEMENTS = 100000, MOST_WORK = 8 << 20, ALL_WORK = 256 << 20, ALL_ELEMENTS = 4000000 };

static att_status add_way(att_draft *draft, const att_yaml_node *node, const att_way *way, bool exact, distinct *table,
                          att_sequences *list)
{
    size_t first = draft->sequence_count, starts, ends;
    att_status status = cut_way(draft, node, (att_span){way->text->data, way->text->size}, exact, &starts, &ends);

    if (status != ATT_OK)
        return status;
    att_excerpt term = att_excerpt_of(node->text);
    if (draft->sequence_count == first)
        return att_draft_refuse(draft, node,
                                "'%s' can be written out with no word at all and would match nothing; put a word "
                                "outside of the brackets, or delete it",
                                term.text);
    if (starts == way->first_gap || ends == way->last_gap)
        return att_draft_refuse(draft, node,
                                "'%s' has a gap that can come first or last; put it between two words that are always "
                                "there",
                                term.text);
    att_sequence sequence = {(uint32_t)first, (uint32_t)(draft->sequence_count - first)};
    if (!is_first(table, draft, list, sequence, list->count))
        draft->sequence_count = first;
    else if (!att_sequences_add(list, sequence))
        return att_fail_memory(draft->error);
    return ATT_OK;
}

static att_status add_ways(att_draft *draft, const att_yaml_node *node, const att_ways *ways, bool exact,
                           att_sequences *list)
{
    size_t first = draft->sequence_count;
    att_way way = {.text = &draft->written};
    distinct table = {0};
    att_status status = distinct_open(&table, ways->count) ? ATT_OK : att_fail_memory(draft->error);

    for (uint32_t i = 0; i < ways->count && status == ATT_OK; i++) {
        att_ways_write(ways, i, &way);
        if (way.text->failed)
            status = att_fail_memory(draft->error);
        else if (draft->sequence_count - first > MOST_ELEMENTS || way.steps > MOST_WORK)
            status = att_draft_refuse(draft, node,
                                      "'%s' comes to more than 100,000 words or 8 MiB when all its ways are written "
                                      "out; write several entries",
                                      att_excerpt_of(node->text).text);
        else
            status = add_way(draft, node, &way, exact, &table, list);
    }
    draft->work += way.steps;
    if (status == ATT_OK && (draft->work > ALL_WORK || draft->sequence_count > ALL_ELEMENTS))
        status = att_draft_refuse(draft, node,
                                  "up to '%s' the entries of the lexicon come to more than 4,000,000 words or 256 MiB "
                                  "when all their ways are written out; make several lexicons of it",
                                  att_excerpt_of(node->text).text);
    free(table.slots);
    return status;
}

/* One way only, as nearly all terms have. */
static att_status add_plain(att_draft *draft, const att_yaml_node *node, bool exact, att_sequences *list)
{
    size_t first = draft->sequence_count, starts, ends;
    att_status status = cut_way(draft, node, node->text, exact, &starts, &ends);

    if (status == ATT_OK && draft->sequence_count == first)
        return att_draft_refuse(draft, node, "'%s' can never match: it holds no word; write a word, or delete it",
                                att_excerpt_of(node->text).text);
    att_sequence sequence = {(uint32_t)first, (uint32_t)(draft->sequence_count - first)};
    if (status == ATT_OK && !att_sequences_add(list, sequence))
        status = att_fail_memory(draft->error);
    return status;
}

att_status att_draft_term(att_draft *draft, const att_yaml_node *node, bool exact, att_sequences *list)
{
    size_t first = draft->sequence_count, listed = list->count;
    att_ways ways = {0};
    att_status status;

    if (att_yaml_is_blank(node))
        return att_draft_refuse(draft, node, "empty entry; quote it or delete the line");
    if (node->text.size > TERM_BYTES)
        return att_draft_refuse(draft, node, "an entry of more than 1 MiB; write several entries");
    if (att_ways_are_needed(node->text)) {
        status = att_ways_read(&ways, draft, node);
        if (status == ATT_OK)
            status = add_ways(draft, node, &ways, exact, list);
    } else {
        status = add_plain(draft, node, exact, list);
    }
    att_ways_clear(&ways);
    if (status != ATT_OK) {
        draft->sequence_count = first;
        list->count = listed;
    }
    return status;
}
