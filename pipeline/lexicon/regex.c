/* Regular expressions: over one token each, in the dialect of Hyperscan (the Perl-like syntax without look-around and
 * back-references), or over a whole turn, in that of PCRE2. */
#include "lexicon/databases.h"
#include "lexicon/draft.h"
#include "lexicon/turn_regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* Only an author wants to hear of all bad expressions, in the order of the file; in a run they are known to be sound
 * where their databases are in the cache, and are checked where they are not (compile.c). */
static att_status check_syntax(att_draft *draft, const att_yaml_node *node, const char *expression)
{
    char reason[256];

    if (!draft->check || att_regex_is_sound(expression, reason))
        return ATT_OK;
    return att_draft_refuse(draft, node, "bad regex: %s; mend it (see docs/lexicon-format.md)", reason);
}

static att_status add_alone(att_draft *draft, att_element_kind kind, att_span expression, att_sequences *list)
{
    size_t first = draft->sequence_count;
    att_status status = att_draft_element(draft, kind, expression);

    if (status == ATT_OK && !att_sequences_add(list, (att_sequence){(uint32_t)first, 1}))
        status = att_fail_memory(draft->error);
    return status;
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
    return status == ATT_OK ? add_alone(draft, ATT_REGEX, expression, list) : status;
}

att_status att_draft_turn_regex(att_draft *draft, const att_yaml_node *node, bool exact, att_sequences *list)
{
    char reason[256];

    /* The text is met as it was typed, so the expression stays as it was written. */
    if (node->text.size == 0)
        return att_draft_refuse(draft, node, "an empty regex; write an expression or delete the entry");
    if (node->text.size > ATT_ELEMENT_BYTES)
        return att_draft_refuse(draft, node, "a regex of more than 1,000 bytes; shorten it or split the entry");
    pcre2_code *code = att_turn_regex_compile(node->text.text, node->text.size, exact, reason);
    if (!code && reason[0])
        return att_draft_refuse(draft, node, "bad regex: %s; mend it (see docs/lexicon-format.md)", reason);
    if (!code)
        return att_fail_memory(draft->error);
    pcre2_code_free(code);
    return add_alone(draft, exact ? ATT_TURN_REGEX_EXACT : ATT_TURN_REGEX, node->text, list);
}
