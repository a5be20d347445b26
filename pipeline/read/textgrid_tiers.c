#include "read/textgrid_tiers.h"

#include "base/buffer.h"
#include "base/glob.h"

#include <stdlib.h>

/* What a tier is for, as far as its name tells. */
typedef enum {
    KIND_NONE,       /* a name */
    KIND_UTTERANCES, /* "Mary - utterances" */
    KIND_WORDS,      /* "Mary - words": speech where nothing larger holds the same */
    KIND_ANNOTATION  /* "Mary - phones" */
} tier_kind;

typedef struct {
    const char *word;
    tier_kind kind;
} kind_word;

static const kind_word kind_words[] = {
    {"accent", KIND_ANNOTATION},
    {"accents", KIND_ANNOTATION},
    {"annotation", KIND_ANNOTATION},
    {"annotations", KIND_ANNOTATION},
    {"breaks", KIND_ANNOTATION},
    {"code", KIND_ANNOTATION},
    {"codes", KIND_ANNOTATION},
    {"comment", KIND_ANNOTATION},
    {"comments", KIND_ANNOTATION},
    {"error", KIND_ANNOTATION},
    {"errors", KIND_ANNOTATION},
    {"event", KIND_ANNOTATION},
    {"events", KIND_ANNOTATION},
    {"f0", KIND_ANNOTATION},
    {"gesture", KIND_ANNOTATION},
    {"gestures", KIND_ANNOTATION},
    {"gloss", KIND_ANNOTATION},
    {"glosses", KIND_ANNOTATION},
    {"intonation", KIND_ANNOTATION},
    {"ipa", KIND_ANNOTATION},
    {"ipu", KIND_UTTERANCES},
    {"ipus", KIND_UTTERANCES},
    {"lemma", KIND_ANNOTATION},
    {"lemmas", KIND_ANNOTATION},
    {"mau", KIND_ANNOTATION},
    {"morphemes", KIND_ANNOTATION},
    {"noise", KIND_ANNOTATION},
    {"note", KIND_ANNOTATION},
    {"notes", KIND_ANNOTATION},
    {"ort", KIND_WORDS},
    {"orthography", KIND_UTTERANCES},
    {"pauses", KIND_ANNOTATION},
    {"phone", KIND_ANNOTATION},
    {"phoneme", KIND_ANNOTATION},
    {"phonemes", KIND_ANNOTATION},
    {"phones", KIND_ANNOTATION},
    {"phonetic", KIND_ANNOTATION},
    {"phons", KIND_ANNOTATION},
    {"phrase", KIND_UTTERANCES},
    {"phrases", KIND_UTTERANCES},
    {"pitch", KIND_ANNOTATION},
    {"points", KIND_ANNOTATION},
    {"pos", KIND_ANNOTATION},
    {"prosody", KIND_ANNOTATION},
    {"sampa", KIND_ANNOTATION},
    {"segment", KIND_ANNOTATION},
    {"segments", KIND_ANNOTATION},
    {"sentence", KIND_UTTERANCES},
    {"sentences", KIND_UTTERANCES},
    {"silence", KIND_ANNOTATION},
    {"silences", KIND_ANNOTATION},
    {"stress", KIND_ANNOTATION},
    {"syllable", KIND_ANNOTATION},
    {"syllables", KIND_ANNOTATION},
    {"text", KIND_UTTERANCES},
    {"tobi", KIND_ANNOTATION},
    {"tones", KIND_ANNOTATION},
    {"transcript", KIND_UTTERANCES},
    {"transcription", KIND_UTTERANCES},
    {"translation", KIND_ANNOTATION},
    {"turn", KIND_UTTERANCES},
    {"turns", KIND_UTTERANCES},
    {"utterance", KIND_UTTERANCES},
    {"utterances", KIND_UTTERANCES},
    {"vowel", KIND_ANNOTATION},
    {"vowels", KIND_ANNOTATION},
    {"word", KIND_WORDS},
    {"words", KIND_WORDS},
};

/* Of a name. */
typedef struct {
    tier_kind kind;
    att_buffer base; /* what is left without the words of kinds: whose tier it is */
} tier_meaning;

static int compare_words(const void *key, const void *item)
{
    return strcmp(key, ((const kind_word *)item)->word);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_joint(char c)
{
    return (unsigned char)c < 0x80 && !(c >= '0' && c <= '9') && !is_upper(c) && !is_upper((char)(c & ~0x20));
}

/* Behind the word at `at`: it ends at white space and signs, and before a capital letter behind a small one. */
static size_t word_end(att_span name, size_t at)
{
    size_t from = at;

    while (at < name.size && !is_joint(name.text[at]) &&
           !(at > from && is_upper(name.text[at]) && !is_upper(name.text[at - 1])))
        at++;
    return at;
}

static tier_kind kind_of(att_span word)
{
    char folded[16];

    if (word.size >= sizeof folded)
        return KIND_NONE;
    for (size_t i = 0; i < word.size; i++)
        folded[i] = lower(word.text[i]);
    folded[word.size] = '\0';
    const kind_word *found =
        bsearch(folded, kind_words, sizeof kind_words / sizeof *kind_words, sizeof *kind_words, compare_words);
    return found ? found->kind : KIND_NONE;
}

static void understand(tier_meaning *meaning, att_span name)
{
    for (size_t at = 0; at < name.size;) {
        size_t end = word_end(name, at);
        tier_kind kind = kind_of((att_span){name.text + at, end - at});
        if (kind > meaning->kind)
            meaning->kind = kind;
        if (kind == KIND_NONE && end > at) {
            for (size_t i = at; i < end; i++)
                att_buffer_char(&meaning->base, lower(name.text[i]));
            att_buffer_char(&meaning->base, ' ');
        }
        at = end > at ? end : at + 1;
    }
}

static bool same_base(const tier_meaning *a, const tier_meaning *b)
{
    return att_span_equal((att_span){a->base.data, a->base.size}, (att_span){b->base.data, b->base.size});
}

/* Is what this tier says said by a tier of larger parts too? A tier that names nobody ("words") stands for all. */
static bool is_repeated(const att_textgrid_tier *tiers, const tier_meaning *meanings, size_t count, size_t tier)
{
    const tier_meaning *meaning = &meanings[tier];

    for (size_t i = 0; i < count; i++)
        if (!tiers[i].points && meanings[i].kind < meaning->kind &&
            (same_base(&meanings[i], meaning) || (meaning->kind == KIND_WORDS && meaning->base.size == 0)))
            return true;
    return false;
}

static bool choose_by_meaning(att_textgrid_tier *tiers, size_t count)
{
    tier_meaning *meanings = calloc(count + 1, sizeof *meanings);
    bool fine = meanings != NULL;

    for (size_t i = 0; fine && i < count; i++) {
        understand(&meanings[i], tiers[i].name);
        fine = !meanings[i].base.failed;
    }
    for (size_t i = 0; fine && i < count; i++)
        tiers[i].speech =
            !tiers[i].points && meanings[i].kind != KIND_ANNOTATION && !is_repeated(tiers, meanings, count, i);
    for (size_t i = 0; meanings && i < count; i++)
        att_buffer_clear(&meanings[i].base);
    free(meanings);
    return fine;
}

static void choose_by_glob(att_textgrid_tier *tiers, size_t count, const att_read_options *options)
{
    for (size_t i = 0; i < count; i++)
        for (size_t glob = 0; glob < options->tier_count; glob++)
            if (att_glob_matches(att_span_of(options->tiers[glob]), tiers[i].name))
                tiers[i].speech = true;
}

/* None was chosen: the message lists what there is to choose from. */
static att_status fail_names(const att_textgrid_tier *tiers, size_t count, bool asked, const char *file,
                             att_error *error)
{
    att_buffer names = {0};

    for (size_t i = 0; i < count && names.size < 400; i++) {
        att_buffer_text(&names, i ? ", \"" : "\"");
        att_buffer_span(&names, tiers[i].name);
        att_buffer_text(&names, "\"");
    }
    att_fail(error, ATT_BAD_INPUT, file, 0, 0, "has no tier %s; its tiers are %s: choose with --tier NAME",
             asked ? "that --tier names" : "of speech, only annotations", names.failed ? "?" : names.data);
    att_buffer_clear(&names);
    return ATT_BAD_INPUT;
}

att_status att_textgrid_choose(att_textgrid_tier *tiers, size_t count, const att_read_options *options,
                               const char *file, att_error *error)
{
    bool asked = options->tier_count > 0;
    bool any = count == 0;

    if (asked)
        choose_by_glob(tiers, count, options);
    else if (!choose_by_meaning(tiers, count))
        return att_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        any = any || tiers[i].speech;
    return any ? ATT_OK : fail_names(tiers, count, asked, file, error);
}
