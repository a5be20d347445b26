#include "lexicon/draft.h"

#include "base/hash.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

att_status att_draft_open(att_draft *draft, const char *language)
{
    att_status status = att_word_rules_new(&draft->rules, language, draft->error);

    if (status == ATT_OK)
        status = att_tokeniser_new(&draft->tokeniser, draft->rules, draft->error);
    if (status == ATT_OK)
        status = att_folder_new(&draft->folder, draft->error);
    return status;
}

void att_draft_close(att_draft *draft)
{
    att_tokens_clear(&draft->tokens);
    att_tokeniser_free(draft->tokeniser);
    att_word_rules_free(draft->rules);
    att_folder_free(draft->folder);
    att_buffer_clear(&draft->masked);
    att_buffer_clear(&draft->folded);
    att_buffer_clear(&draft->written);
    free(draft->markers);
    free(draft->entries);
    free(draft->elements);
    free(draft->sequence);
    free(draft->tests);
    free(draft->claims);
    free(draft->pending);
    free(draft->rule_list);
    free(draft->parts);
    free(draft->rule_terms);
    free(draft->rule_conditions);
    free(draft->rule_entries);
    free(draft->groups);
    att_marker_names_clear(&draft->names);
    free(draft->forms.items);
    free(draft->exceptions.items);
    free(draft->slots);
}

att_status att_draft_refuse(att_draft *draft, const att_yaml_node *node, const char *format, ...)
{
    char text[900];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (!draft->check)
        return att_fail(draft->error, ATT_BAD_INPUT, draft->file, node->line, node->column, "%s", text);
    draft->errors++;
    att_diagnose(draft->diagnostics, ATT_ERROR, draft->file, node->line, node->column, "%s", text);
    return ATT_BAD_INPUT;
}

bool att_draft_goes_on(const att_draft *draft, att_status status)
{
    return status == ATT_OK || (status == ATT_BAD_INPUT && draft->check);
}

void att_draft_find(att_draft *draft, uint64_t line, uint64_t column, const char *format, ...)
{
    char text[900];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (draft->check)
        draft->errors++;
    att_diagnose(draft->diagnostics, draft->check ? ATT_ERROR : ATT_WARNING, draft->file, line, column, "%s", text);
}

const char *att_draft_copy(att_draft *draft, att_span text)
{
    return att_arena_copy(draft->arena, text);
}

bool att_sequences_add(att_sequences *list, att_sequence sequence)
{
    if (!att_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items))
        return false;
    list->items[list->count++] = sequence;
    return true;
}

static size_t first_slot(const att_draft *draft, att_element_kind kind, att_span text)
{
    uint64_t hash = (att_hash64(text.text, text.size) + (uint64_t)kind) * UINT64_C(0x9E3779B97F4A7C15);

    return (size_t)(hash >> 32) & (draft->slot_count - 1);
}

/* Twice the slots, kept at most half full. */
static bool grow_slots(att_draft *draft)
{
    size_t count = draft->slot_count ? draft->slot_count * 2 : 1024;
    uint32_t *slots = calloc(count, sizeof *slots);

    if (!slots)
        return false;
    free(draft->slots);
    draft->slots = slots;
    draft->slot_count = count;
    for (size_t i = 0; i < draft->element_count; i++) {
        size_t slot = first_slot(draft, draft->elements[i].kind, draft->elements[i].text);
        while (slots[slot])
            slot = (slot + 1) & (count - 1);
        slots[slot] = (uint32_t)i + 1;
    }
    return true;
}

/* The element's slot, or the free one where it belongs. */
static uint32_t *find_slot(const att_draft *draft, att_element_kind kind, att_span text)
{
    size_t slot = first_slot(draft, kind, text);

    while (draft->slots[slot]) {
        const att_element *element = &draft->elements[draft->slots[slot] - 1];
        if (element->kind == kind && att_span_equal(element->text, text))
            break;
        slot = (slot + 1) & (draft->slot_count - 1);
    }
    return &draft->slots[slot];
}

att_status att_draft_element(att_draft *draft, att_element_kind kind, att_span text)
{
    if (draft->element_count * 2 >= draft->slot_count && !grow_slots(draft))
        return att_fail_memory(draft->error);
    uint32_t *slot = find_slot(draft, kind, text);
    if (!*slot) {
        char *copy = att_arena_copy(draft->arena, text);
        if (!copy ||
            !att_grow(&draft->elements, &draft->element_capacity, draft->element_count + 1, sizeof *draft->elements))
            return att_fail_memory(draft->error);
        draft->elements[draft->element_count++] = (att_element){kind, {copy, text.size}, 0};
        *slot = (uint32_t)draft->element_count;
    }
    if (!att_grow(&draft->sequence, &draft->sequence_capacity, draft->sequence_count + 1, sizeof *draft->sequence))
        return att_fail_memory(draft->error);
    draft->sequence[draft->sequence_count++] = *slot - 1;
    return ATT_OK;
}
