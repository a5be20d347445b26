/* Which forms the entries of a lexicon catch: the hits of a corpus, counted by entry and folded text. */
#include "base/arena.h"
#include "base/buffer.h"
#include "lexicon/lexicon.h"
#include "tally/names.h"
#include "tokenise/fold.h"

#include <attune/kwic.h>
#include <stdlib.h>
#include <string.h>

/* Keys: marker NUL entry, and the number of such a key (4 bytes) before a form. */
typedef struct {
    att_names entries;
    att_names forms;
    uint64_t *counts; /* by form */
    size_t count_room;
    att_folder *folder;
    att_buffer key, folded;
} harvest;

static void clear_harvest(harvest *h)
{
    att_names_clear(&h->entries);
    att_names_clear(&h->forms);
    free(h->counts);
    att_folder_free(h->folder);
    att_buffer_clear(&h->key);
    att_buffer_clear(&h->folded);
}

static att_span entry_key(att_buffer *key, const char *marker, const char *entry)
{
    key->size = 0;
    att_buffer_text(key, marker);
    att_buffer_char(key, '\0');
    att_buffer_text(key, entry);
    return (att_span){key->data, key->size};
}

static att_status gather(void *context, const att_kwic_row *row, att_error *error)
{
    harvest *h = context;
    uint32_t entry = att_names_add(&h->entries, entry_key(&h->key, row->marker, row->entry));

    att_fold(h->folder, &h->folded, row->match, false);
    h->key.size = 0;
    att_buffer_append(&h->key, &entry, sizeof entry);
    att_buffer_append(&h->key, h->folded.data, h->folded.size);
    if (entry == ATT_NO_NAME || h->key.failed || h->folded.failed)
        return att_fail_memory(error);
    size_t known = h->forms.count;
    uint32_t form = att_names_add(&h->forms, (att_span){h->key.data, h->key.size});
    if (form == ATT_NO_NAME || !att_grow(&h->counts, &h->count_room, (size_t)form + 1, sizeof *h->counts))
        return att_fail_memory(error);
    if (form == known)
        h->counts[form] = 0;
    h->counts[form]++;
    return ATT_OK;
}

/* The forms of one entry. */
typedef struct {
    att_caught_form *items;
    size_t count, room;
    uint64_t hits;
} form_list;

static bool add_form(form_list *list, const char *form, uint64_t count)
{
    if (!att_grow(&list->items, &list->room, list->count + 1, sizeof *list->items))
        return false;
    list->items[list->count++] = (att_caught_form){form, count};
    list->hits += count;
    return true;
}

static int compare_forms(const void *a, const void *b)
{
    const att_caught_form *x = a, *y = b;

    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return strcmp(x->form, y->form);
}

static att_status sort_out(const harvest *h, form_list *lists, att_error *error)
{
    for (size_t i = 0; i < h->forms.count; i++) {
        uint32_t entry;
        memcpy(&entry, h->forms.items[i].text, sizeof entry);
        if (!add_form(&lists[entry], h->forms.items[i].text + sizeof entry, h->counts[i]))
            return att_fail_memory(error);
    }
    for (size_t i = 0; i < h->entries.count; i++)
        if (lists[i].count > 1)
            qsort(lists[i].items, lists[i].count, sizeof *lists[i].items, compare_forms);
    return ATT_OK;
}

static att_status tell(harvest *h, const att_lexicon *lexicon, const form_list *lists, att_caught_function *receive,
                       void *context, att_error *error)
{
    att_status status = ATT_OK;

    for (uint32_t i = 0; i < lexicon->entry_count && !status; i++) {
        const att_entry *entry = &lexicon->entries[i];
        const char *marker = lexicon->markers[entry->marker].path;
        uint32_t known = att_names_find(&h->entries, entry_key(&h->key, marker, entry->term));
        if (h->key.failed)
            return att_fail_memory(error);
        const form_list none = {NULL, 0, 0, 0}, *list = known == ATT_NO_NAME ? &none : &lists[known];
        const att_caught caught = {marker,     entry->term, entry->line, entry->column,
                                   list->hits, list->items, list->count};
        status = receive(context, &caught, error);
    }
    return status;
}

static bool is_done(att_status status)
{
    return status == ATT_OK || status == ATT_SKIPPED;
}

att_status att_lexicon_caught(const char *name, const att_lexicon_options *wish, const att_study *study,
                              att_caught_function *receive, void *context, att_diagnostics *diagnostics,
                              att_error *error)
{
    char *names[] = {(char *)(uintptr_t)name};
    const att_kwic_options all = {.context = 0};
    const att_run_options options = {.threads = 0};
    att_study own = *study;
    att_lexicon *lexicon = NULL;
    harvest h = {.count_room = 0};

    own.lexicons = (att_strings){names, 1};
    own.language = (char *)(uintptr_t)wish->language;
    att_status status = att_lexicon_load_as(&lexicon, name, wish, NULL, error);
    if (!status)
        status = att_folder_new(&h.folder, error);
    if (!status)
        status = att_kwic(&own, &options, &all, gather, &h, NULL, diagnostics, error);
    form_list *lists = is_done(status) ? calloc(h.entries.count + 1, sizeof *lists) : NULL;
    if (is_done(status)) {
        att_status told = lists ? sort_out(&h, lists, error) : att_fail_memory(error);
        if (!told)
            told = tell(&h, lexicon, lists, receive, context, error);
        status = told ? told : status;
    }
    for (size_t i = 0; lists && i < h.entries.count; i++)
        free(lists[i].items);
    free(lists);
    clear_harvest(&h);
    att_lexicon_free(lexicon);
    return status;
}
