/* Terms into elements: an entry is cut into tokens and folded by the code that does it to the text. */
#include "base/utf8.h"
#include "lexicon/draft.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#define TERM_BYTES (ATT_ENTRY_ELEMENTS * (ATT_ELEMENT_BYTES + 8u))

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

    att_fold(draft->folder, folded, token, exact);
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

att_status att_draft_term(att_draft *draft, const att_yaml_node *node, bool exact, att_sequence *out)
{
    size_t first = draft->sequence_count;
    att_status status = ATT_OK;
    att_span piece;

    if (att_yaml_is_blank(node))
        return att_draft_refuse(draft, node, "empty entry; quote it or delete the line");
    if (node->text.size > TERM_BYTES)
        return att_draft_refuse(draft, node, "an entry of more than 64 words of 1,000 bytes; shorten it");
    for (size_t at = 0; status == ATT_OK && next_piece(node->text, &at, &piece);)
        status = add_piece(draft, node, piece, exact, first);
    if (status == ATT_OK && draft->sequence_count == first)
        status = att_draft_refuse(draft, node, "'%s' can never match: it holds no word; write a word, or delete it",
                                  att_excerpt_of(node->text).text);
    if (status != ATT_OK) {
        draft->sequence_count = first;
        return status;
    }
    *out = (att_sequence){(uint32_t)first, (uint32_t)(draft->sequence_count - first)};
    return ATT_OK;
}
