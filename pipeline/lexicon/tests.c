/* The examples that a lexicon brings (`tests:`), read; run/lexicon_tests.c tries them. */
#include "lexicon/draft.h"

static att_status add_test(att_draft *draft, const att_yaml_node *text)
{
    if (text->kind != ATT_YAML_SCALAR || text->text.size == 0)
        return att_draft_refuse(draft, text, "a test needs a text; write a sentence in quotation marks");
    if (!att_grow(&draft->tests, &draft->test_capacity, draft->test_count + 1, sizeof *draft->tests))
        return att_fail_memory(draft->error);
    const char *copy = att_draft_copy(draft, text->text);
    if (!copy)
        return att_fail_memory(draft->error);
    draft->tests[draft->test_count++] = (att_lexicon_test){.text = {copy, text->text.size},
                                                           .first_claim = (uint32_t)draft->claim_count,
                                                           .line = text->line,
                                                           .column = text->column};
    return ATT_OK;
}

static att_status add_claim(att_draft *draft, att_test_claim claim)
{
    if (!att_grow(&draft->claims, &draft->claim_capacity, draft->claim_count + 1, sizeof *draft->claims))
        return att_fail_memory(draft->error);
    draft->claims[draft->claim_count++] = claim;
    draft->tests[draft->test_count - 1].claim_count++;
    return ATT_OK;
}

att_status att_draft_marker_tests(att_draft *draft, const att_yaml_node *list, uint32_t marker)
{
    att_status status = ATT_OK;

    if (list->kind != ATT_YAML_LIST)
        return att_draft_refuse(
            draft, list,
            "'tests' must be a list of examples; begin each with a dash (not: TEXT where nothing must be "
            "found)");
    for (const att_yaml_node *item = list->first; item && att_draft_goes_on(draft, status); item = item->next) {
        const att_yaml_node *miss = item->kind == ATT_YAML_MAP ? att_yaml_get(item, "not") : NULL;
        if (item->kind == ATT_YAML_MAP && (!miss || item->count != 1)) {
            status = att_draft_refuse(draft, item, "a marker's test is a text, or 'not:' with a text");
            continue;
        }
        status = add_test(draft, miss ? miss : item);
        if (status == ATT_OK)
            status = add_claim(draft, (att_test_claim){marker, miss ? 0 : 1, miss == NULL});
    }
    return att_draft_goes_on(draft, status) ? ATT_OK : status;
}

static att_status read_claim(att_draft *draft, const att_yaml_node *value)
{
    att_buffer several = {0};
    uint32_t marker = att_draft_find_marker(draft, value->key->text, &several), hits = 0;
    bool number = value->kind == ATT_YAML_SCALAR && value->text.size > 0 && value->text.size < 7;
    att_status status = ATT_OK;

    for (size_t i = 0; number && i < value->text.size; i++) {
        number = value->text.text[i] >= '0' && value->text.text[i] <= '9';
        hits = hits * 10 + (uint32_t)(value->text.text[i] - '0');
    }
    if (marker == ATT_NO_NODE)
        status = att_draft_refuse(draft, value->key,
                                  several.size ? "several markers are called '%s'; write more of the path"
                                               : "there is no marker '%s'; write its path",
                                  att_excerpt_of(value->key->text).text);
    else if (!number)
        status = att_draft_refuse(draft, value, "a test needs a number of hits; write 0 where there must be none");
    else
        status = add_claim(draft, (att_test_claim){marker, hits, false});
    att_buffer_clear(&several);
    return status;
}

static att_status read_test(att_draft *draft, const att_yaml_node *item)
{
    const att_yaml_node *text = item->kind == ATT_YAML_MAP ? att_yaml_get(item, "text") : NULL;
    const att_yaml_node *hits = item->kind == ATT_YAML_MAP ? att_yaml_get(item, "hits") : NULL;

    if (!text || !hits || item->count != 2 || hits->kind != ATT_YAML_MAP)
        return att_draft_refuse(draft, item,
                                "a test of the lexicon has 'text:' and 'hits:', with numbers for markers below it");
    att_status status = add_test(draft, text);
    for (const att_yaml_node *value = hits->first; value && status == ATT_OK; value = value->next)
        status = read_claim(draft, value);
    return status;
}

att_status att_draft_tests(att_draft *draft, const att_yaml_node *list)
{
    att_status status = ATT_OK;

    if (list->kind != ATT_YAML_LIST)
        return att_draft_refuse(draft, list, "'tests' must be a list; begin each test with a dash");
    for (const att_yaml_node *item = list->first; item && att_draft_goes_on(draft, status); item = item->next)
        status = read_test(draft, item);
    return att_draft_goes_on(draft, status) ? ATT_OK : status;
}
