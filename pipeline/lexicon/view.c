/* What a lexicon shows to those who only know include/attune/lexicon.h. */
#include "lexicon/databases.h"

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

const char *att_lexicon_name(const att_lexicon *lexicon)
{
    return lexicon->name;
}

const char *att_lexicon_language(const att_lexicon *lexicon)
{
    return lexicon->language;
}

const char *att_lexicon_version(const att_lexicon *lexicon)
{
    return lexicon->version;
}

const char *att_lexicon_licence(const att_lexicon *lexicon)
{
    return lexicon->licence;
}

const char *att_lexicon_citation(const att_lexicon *lexicon)
{
    return lexicon->citation;
}

const char *att_lexicon_description(const att_lexicon *lexicon)
{
    return lexicon->description;
}

const char *att_lexicon_spelling(const att_lexicon *lexicon)
{
    return lexicon->spelling_text;
}

uint64_t att_lexicon_hash(const att_lexicon *lexicon)
{
    return lexicon->hash;
}

att_lexicon_cache att_lexicon_cached(const att_lexicon *lexicon)
{
    return lexicon->databases->cache;
}

size_t att_lexicon_marker_count(const att_lexicon *lexicon)
{
    return lexicon->marker_count;
}

size_t att_lexicon_entry_count(const att_lexicon *lexicon)
{
    return lexicon->entry_count;
}

const char *att_lexicon_exclusive(const att_lexicon *lexicon, size_t group, size_t index)
{
    if (group >= lexicon->group_count || index >= lexicon->groups[group].count)
        return NULL;
    return lexicon->markers[lexicon->groups[group].markers[index]].path;
}

att_marker_view att_lexicon_marker(const att_lexicon *lexicon, size_t index)
{
    static const char *const poles[] = {
        [ATT_NO_POLE] = "", [ATT_TECHNICAL] = "technical", [ATT_APPRECIATIVE] = "appreciative"};
    const att_marker *marker = &lexicon->markers[index];

    return (att_marker_view){
        .path = marker->path,
        .label = or_empty(marker->label),
        .definition = or_empty(marker->definition),
        .note = or_empty(marker->note),
        .pole = poles[marker->pole],
        .depth = marker->depth,
        .first_entry = marker->first_entry,
        .entry_count = marker->entry_count,
    };
}

att_entry_view att_lexicon_entry(const att_lexicon *lexicon, size_t index)
{
    const att_entry *entry = &lexicon->entries[index];

    return (att_entry_view){
        .term = entry->term,
        .note = or_empty(entry->note),
        .source = or_empty(entry->source),
        .weight = (double)entry->weight / (double)ATT_WEIGHT_ONE,
        .line = entry->line,
    };
}
