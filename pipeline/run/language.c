#include "run/language.h"

#include <libexttextcat/textcat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef ATT_TEXTCAT_FOLDER
#define ATT_TEXTCAT_FOLDER "/usr/share/libexttextcat/"
#endif

/* More text makes the guess slower and hardly better. */
enum { SAMPLE = 8 * 1024 };

/* The fingerprints that are compared: the languages of many speakers or of a state. Small relatives of large languages
 * (Scots beside English, Low German beside German) would win on dialect and hesitation, and cost start-up time. Each is
 * a file of libexttextcat and the tag it stands for. */
static const char *const languages[] = {
    "af", "am", "ar", "az", "be", "bg", "bn", "ca", "cs", "da", "de", "el",      "en",      "es",      "et",
    "eu", "fa", "fi", "fr", "ga", "gu", "he", "hi", "hr", "hu", "hy", "id",      "is",      "it",      "ja",
    "ka", "kk", "km", "kn", "ko", "lg", "lo", "lt", "lv", "mk", "ml", "mn",      "mr",      "my",      "nb",
    "ne", "nl", "pa", "pl", "pt", "ro", "ru", "rw", "si", "sk", "sl", "so",      "sq",      "sv",      "sw",
    "ta", "th", "tl", "tr", "uk", "ur", "uz", "vi", "xh", "yo", "zu", "sr-Cyrl", "sr-Latn", "zh-Hans", "zh-Hant",
};

/* libexttextcat takes its list from a file only: one in memory. Returns its descriptor, -1 where that fails. */
static int make_list(void)
{
    int list = memfd_create("fingerprints", MFD_CLOEXEC);

    for (size_t i = 0; list >= 0 && i < sizeof languages / sizeof languages[0]; i++)
        if (dprintf(list, "%s.lm %s--utf8\n", languages[i], languages[i]) < 0) {
            close(list);
            return -1;
        }
    return list;
}

/* Not known to be safe in several threads at once. */
static void *load_fingerprints(void)
{
    void *textcat = NULL;

#pragma omp critical(att_textcat)
    {
        char path[64];
        int list = make_list();
        snprintf(path, sizeof path, "/proc/self/fd/%d", list);
        if (list >= 0) {
            textcat = special_textcat_Init(path, ATT_TEXTCAT_FOLDER);
            close(list);
        }
    }
    return textcat;
}

struct att_detector {
    void *textcat;
};

static att_status detector_new(att_detector **out, att_error *error)
{
    att_detector *detector = calloc(1, sizeof *detector);

    if (!detector)
        return att_fail_memory(error);
    detector->textcat = load_fingerprints();
    if (!detector->textcat) {
        free(detector);
        return att_fail(error, ATT_ENVIRONMENT, ATT_TEXTCAT_FOLDER, 0, 0,
                        "the language fingerprints cannot be read; install libexttextcat-data or name the language "
                        "with --lang");
    }
    *out = detector;
    return ATT_OK;
}

void att_detector_free(att_detector *detector)
{
    if (!detector)
        return;
    textcat_Done(detector->textcat);
    free(detector);
}

/* The answer reads "[en--utf8][sco--utf8]", or is a word in capitals where there is none. */
static void parse_answer(const char *answer, att_language_guess *guess)
{
    while (answer && *answer == '[' && guess->count < ATT_GUESSES) {
        const char *end = strchr(answer, ']');
        if (!end)
            return;
        size_t size = strcspn(answer + 1, "]");
        const char *encoding = strstr(answer + 1, "--");
        if (encoding && encoding < end)
            size = (size_t)(encoding - answer - 1);
        if (size && size < sizeof guess->tags[0]) {
            memcpy(guess->tags[guess->count], answer + 1, size);
            guess->tags[guess->count++][size] = '\0';
        }
        answer = end + 1;
    }
}

att_status att_detector_guess(att_detector **detector, att_span text, att_language_guess *guess, att_error *error)
{
    /* libexttextcat reads on to the end of a word, past the size that it is given. */
    char sample[SAMPLE + 64] = {0};
    size_t size = text.size < SAMPLE ? text.size : SAMPLE;
    att_status status = *detector ? ATT_OK : detector_new(detector, error);

    if (status)
        return status;
    if (size)
        memcpy(sample, text.text, size);
    guess->count = 0;
    parse_answer(textcat_Classify((*detector)->textcat, sample, size), guess);
    return ATT_OK;
}

att_status att_detector_sample(att_buffer *sample, const att_turn_batch *batch, att_error *error)
{
    for (size_t i = 0; i < batch->count && sample->size < SAMPLE; i++) {
        att_buffer_span(sample, batch->turns[i].text);
        att_buffer_char(sample, '\n');
    }
    return sample->failed ? att_fail_memory(error) : ATT_OK;
}

size_t att_language_primary(const char *tag)
{
    return strcspn(tag, "-_");
}

int att_language_same(const char *a, const char *b)
{
    size_t size = att_language_primary(a);

    return size == att_language_primary(b) && strncasecmp(a, b, size) == 0;
}
