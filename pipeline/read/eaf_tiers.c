/* Which tiers of an ELAN file are speech.
 *
 * Unless --tier says: those at the top. What depends on them says the same again, word by word, morph by morph or in
 * another language: whatever their constraint is (Time_Subdivision, Included_In, Symbolic_Subdivision,
 * Symbolic_Association). A tier at the top that holds nothing but numbers and references ("s12.003"), as in files that
 * come from Toolbox, is a frame: the first tier below it that holds words stands for it. Tiers of a type with a
 * controlled vocabulary hold codes (gestures, parts of speech) and are no speech. */
#include "read/eaf.h"

#include "read/tiers.h"

/* Tiers below tiers below tiers, at most. */
enum { MOST_LEVELS = 64 };

bool att_eaf_is_words(att_span text)
{
    bool letter = false, digit = false, white = false;

    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.text[i];
        letter |= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
        digit |= c >= '0' && c <= '9';
        white |= c == ' ' || (c >= '\t' && c <= '\r');
    }
    return letter && (white || !digit);
}

static att_status find_parents(att_eaf *eaf, att_error *error)
{
    att_id_list ids = {0};
    bool good = true;

    for (size_t i = 0; i < eaf->tier_count && good; i++)
        good = att_id_list_add(&ids, eaf->tiers[i].id, i);
    for (size_t i = 0; i < eaf->tier_count && good; i++) {
        att_eaf_tier *tier = &eaf->tiers[i];
        tier->parent_index = tier->parent.size ? att_id_list_find(&ids, tier->parent) : ATT_NO_ID;
        tier->coded = att_id_list_find(&eaf->vocabularies, tier->type) != ATT_NO_ID;
    }
    att_id_list_clear(&ids);
    return good ? ATT_OK : att_fail_memory(error);
}

/* Are all tiers above this one frames for which no other stands yet? Then, with `take`, this one does. */
static bool climb(att_eaf *eaf, size_t index, bool *taken, bool take)
{
    for (unsigned level = 0; eaf->tiers[index].parent_index != ATT_NO_ID; level++) {
        index = eaf->tiers[index].parent_index;
        if (level == MOST_LEVELS || eaf->tiers[index].coded || eaf->tiers[index].holds_words || taken[index])
            return false;
        if (take)
            taken[index] = true;
    }
    return true;
}

static void choose_top(att_eaf *eaf, bool *taken)
{
    for (size_t i = 0; i < eaf->tier_count; i++) {
        att_eaf_tier *tier = &eaf->tiers[i];
        tier->is_speech = tier->holds_words && !tier->coded && climb(eaf, i, taken, false);
        if (tier->is_speech)
            climb(eaf, i, taken, true);
    }
}

static att_status refuse(const att_eaf *eaf, const char *what, const char *file, att_error *error)
{
    att_buffer names = {0};

    for (size_t i = 0; i < eaf->tier_count; i++) {
        att_buffer_text(&names, i ? ", " : "");
        att_buffer_span(&names, eaf->tiers[i].id);
    }
    att_status status = names.failed ? att_fail_memory(error) : att_tiers_missing(what, &names, file, error);
    att_buffer_clear(&names);
    return status;
}

att_status att_eaf_choose(att_eaf *eaf, const att_read_options *options, const char *file, att_error *error)
{
    bool *taken = att_arena_take(&eaf->arena, eaf->tier_count + 1);
    bool any = false, text = false;
    att_status status = taken ? find_parents(eaf, error) : att_fail_memory(error);

    if (status)
        return status;
    memset(taken, 0, eaf->tier_count + 1);
    if (options->tier_count)
        for (size_t i = 0; i < eaf->tier_count; i++)
            eaf->tiers[i].is_speech = att_tier_is_asked(options, eaf->tiers[i].id);
    else
        choose_top(eaf, taken);
    for (size_t i = 0; i < eaf->tier_count; i++) {
        any |= eaf->tiers[i].is_speech;
        text |= eaf->tiers[i].holds_text;
    }
    if (!any && options->tier_count)
        return refuse(eaf, "no tier that --tier asks for", file, error);
    /* Nothing was said in a file without any text. */
    return any || !text ? ATT_OK : refuse(eaf, "no tier that is known to hold speech", file, error);
}
