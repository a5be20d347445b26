/* Regular expressions: one token each, in the dialect of Hyperscan (the Perl-like syntax without look-around and
 * back-references). */
#include "lexicon/draft.h"

#include <hs.h>

#include "lexicon/expression.h"

#include <stdlib.h>
#include <string.h>

/* Hyperscan's reason, without its full stop. */
static const char *reason_of(const hs_compile_error_t *failure, char room[256])
{
    size_t size = failure && failure->message ? strlen(failure->message) : 0;

    if (size == 0)
        return "not an expression";
    if (size > 255)
        size = 255;
    memcpy(room, failure->message, size);
    while (size > 0 && room[size - 1] == '.')
        size--;
    room[size] = '\0';
    return room;
}

/* The syntax alone: an expression must be whole by itself, not only within the matcher's brackets. */
static att_status check_syntax(att_draft *draft, const att_yaml_node *node, const char *expression)
{
    hs_expr_info_t *info = NULL;
    hs_compile_error_t *failure = NULL;
    char room[256];
    att_status status = ATT_OK;

    if (hs_expression_info(expression, ATT_EXPRESSION_FLAGS, &info, &failure) != HS_SUCCESS)
        status = att_draft_refuse(draft, node, "bad regex: %s; mend it (see docs/lexicon-format.md)",
                                  reason_of(failure, room));
    free(info);
    hs_free_compile_error(failure);
    return status;
}

att_status att_draft_regex(att_draft *draft, const att_yaml_node *node, att_sequence *out)
{
    att_buffer *text = &draft->folded;

    /* Normalised like the tokens it meets, but \S must not become \s: the case stays. */
    att_fold(draft->folder, text, node->text, true);
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
    if (status == ATT_OK)
        *out = (att_sequence){(uint32_t)first, 1};
    return status;
}

/* Compiles all at once, as the matcher does: between anchors and brackets. *bad: the element at fault. */
static att_status compile_all(att_draft *draft, const char *const *patterns, const unsigned *flags,
                              const unsigned *elements, unsigned count)
{
    hs_database_t *database = NULL;
    hs_compile_error_t *failure = NULL;
    char room[256];
    att_status status = ATT_OK;

    if (hs_compile_ext_multi(patterns, flags, elements, NULL, count, HS_MODE_BLOCK, NULL, &database, &failure) !=
        HS_SUCCESS) {
        att_yaml_node node = {.line = 1, .column = 1};
        for (size_t i = 0; failure && failure->expression >= 0 && i < draft->entry_count; i++) {
            const att_entry *entry = &draft->entries[i];
            if (draft->sequence[entry->first] == elements[failure->expression]) {
                node = (att_yaml_node){.line = entry->line, .column = entry->column};
                break;
            }
        }
        status = att_draft_refuse(draft, &node, "bad regex: %s; mend it (see docs/lexicon-format.md)",
                                  reason_of(failure, room));
    }
    hs_free_compile_error(failure);
    hs_free_database(database);
    return status;
}

att_status att_draft_check_regexes(att_draft *draft)
{
    size_t count = 0;

    for (size_t i = 0; i < draft->element_count; i++)
        count += draft->elements[i].kind == ATT_REGEX;
    if (count == 0)
        return ATT_OK;
    const char **patterns = malloc(count * sizeof *patterns);
    unsigned *flags = malloc(count * sizeof *flags);
    unsigned *elements = malloc(count * sizeof *elements);
    att_arena arena = {0};
    bool good = patterns && flags && elements;
    for (size_t i = 0, n = 0; good && i < draft->element_count; i++) {
        if (draft->elements[i].kind != ATT_REGEX)
            continue;
        att_buffer wrapped = {0};
        att_expression_put(&wrapped, draft->elements[i].text);
        patterns[n] = att_arena_copy(&arena, (att_span){wrapped.data, wrapped.size});
        good = !wrapped.failed && patterns[n];
        flags[n] = ATT_EXPRESSION_FLAGS;
        elements[n++] = (unsigned)i;
        att_buffer_clear(&wrapped);
    }
    att_status status =
        good ? compile_all(draft, patterns, flags, elements, (unsigned)count) : att_fail_memory(draft->error);
    att_arena_clear(&arena);
    free(patterns);
    free(flags);
    free(elements);
    return status;
}
