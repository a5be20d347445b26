/* Regular expressions: one token each, in the dialect of Hyperscan (the Perl-like syntax without look-around and
 * back-references). */
#include "lexicon/databases.h"
#include "lexicon/draft.h"

/* Only an author wants to hear of all bad expressions, in the order of the file; in a run they are known to be sound
 * where their databases are in the cache, and are checked where they are not (compile.c). */
static att_status check_syntax(att_draft *draft, const att_yaml_node *node, const char *expression)
{
    char reason[256];

    if (!draft->check || att_regex_is_sound(expression, reason))
        return ATT_OK;
    return att_draft_refuse(draft, node, "bad regex: %s; mend it (see docs/lexicon-format.md)", reason);
}

att_status att_draft_regex(att_draft *draft, const att_yaml_node *node, att_sequences *list)
{
    att_buffer *text = &draft->folded;

    /* Normalised like the tokens it meets, but \S must not become \s: the case stays. */
    att_draft_fold(draft, text, node->text, true);
    att_buffer_char(text, '\0');
    if (text->failed)
        return att_fail_memory(draft->error);
    att_span expression = {text->data, text->size - 1};
    if (expression.size == 0)
        return att_draft_refuse(draft, node, "an empty regex; write an expression or delete the entry");
    if (expression.size > ATT_ELEMENT_BYTES)
        return att_draft_refuse(draft, node, "a regex of more than 1,000 bytes; shorten it or split the entry");
    att_status status = check_syntax(draft, node, expression.text);
    size_t first = draft->sequence_count;
    if (status == ATT_OK)
        status = att_draft_element(draft, ATT_REGEX, expression);
    if (status == ATT_OK && !att_sequences_add(list, (att_sequence){(uint32_t)first, 1}))
        status = att_fail_memory(draft->error);
    return status;
}
