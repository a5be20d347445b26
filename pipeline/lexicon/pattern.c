#include "lexicon/pattern.h"

#include "base/utf8.h"

/* Back to the last asterisk on a mismatch: linear for one asterisk, never worse than the product of both sizes. */
bool att_glob_fits(att_span glob, att_span token)
{
    size_t g = 0;
    size_t t = 0;
    size_t star = SIZE_MAX; /* behind the last asterisk */
    size_t retry = 0;       /* where its match ends for now */

    while (t < token.size) {
        if (g < glob.size && glob.text[g] == '*') {
            star = ++g;
            retry = t;
        } else if (g < glob.size && glob.text[g] == '?') {
            g++;
            (void)att_utf8_next(token.text, token.size, &t);
        } else if (g < glob.size && glob.text[g] == token.text[t]) {
            g++;
            t++;
        } else if (star != SIZE_MAX) {
            g = star;
            (void)att_utf8_next(token.text, token.size, &retry);
            t = retry;
        } else {
            return false;
        }
    }
    while (g < glob.size && glob.text[g] == '*')
        g++;
    return g == glob.size;
}

static bool is_literal(const att_element *element)
{
    return element->kind == ATT_LITERAL || element->kind == ATT_LITERAL_EXACT;
}

bool att_elements_meet(const att_element *a, const att_element *b)
{
    if (is_literal(a) && is_literal(b))
        return att_span_equal(a->text, b->text);
    if (a->kind == ATT_REGEX || b->kind == ATT_REGEX || (!is_literal(a) && !is_literal(b)))
        return true;
    return is_literal(a) ? att_glob_fits(b->text, a->text) : att_glob_fits(a->text, b->text);
}
