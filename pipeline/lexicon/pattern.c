#include "lexicon/pattern.h"

#include "base/glob.h"

static bool is_literal(const att_element *element)
{
    return element->kind == ATT_LITERAL || element->kind == ATT_LITERAL_EXACT;
}

bool att_elements_meet(const att_element *a, const att_element *b)
{
    if (is_literal(a) && is_literal(b))
        return att_span_equal(a->text, b->text);
    if (att_is_turn_regex(a->kind) || att_is_turn_regex(b->kind))
        return true;
    if (a->kind == ATT_REGEX || b->kind == ATT_REGEX || (!is_literal(a) && !is_literal(b)))
        return true;
    return is_literal(a) ? att_glob_matches(b->text, a->text) : att_glob_matches(a->text, b->text);
}
