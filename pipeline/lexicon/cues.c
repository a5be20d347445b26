#include "lexicon/cues.h"

#include <stddef.h>
#include <string.h>

const char att_cue_lists[] = "negators (with before, after or either), only, contrast, relativisers, metalanguage, "
                             "reporting, hearsay, speaker, speaker_after, others and first_person";

uint32_t att_cue_kinds_of(const char *path)
{
    static const struct {
        const char *path;
        uint32_t kinds;
    } lists[] = {
        {"negators.before", ATT_CUE_NEGATES_BEHIND},
        {"negators.after", ATT_CUE_NEGATES_BEFORE},
        {"negators.either", ATT_CUE_NEGATES_BEHIND | ATT_CUE_NEGATES_BEFORE},
        {"only", ATT_CUE_ONLY},
        {"contrast", ATT_CUE_CONTRAST},
        {"relativisers", ATT_CUE_RELATIVISER},
        {"metalanguage", ATT_CUE_METALANGUAGE},
        {"reporting", ATT_CUE_REPORTING},
        {"hearsay", ATT_CUE_HEARSAY},
        {"speaker", ATT_CUE_SPEAKER},
        {"speaker_after", ATT_CUE_SPEAKER_AFTER},
        {"others", ATT_CUE_OTHERS},
        {"first_person", ATT_CUE_FIRST_PERSON},
    };

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (strcmp(lists[i].path, path) == 0)
            return lists[i].kinds;
    return 0;
}
