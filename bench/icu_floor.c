/* icu_floor LANGUAGE FILE...: nothing but ICU's word iterator over the lines of the files, and how many words it found.
 * What a tool that asks ICU for every word cannot be faster than. */
#include <stdio.h>
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

int main(int count, char **arguments)
{
    UErrorCode code = U_ZERO_ERROR;
    UBreakIterator *iterator = ubrk_open(UBRK_WORD, count > 1 ? arguments[1] : "en", NULL, 0, &code);
    UText text = UTEXT_INITIALIZER;
    char *line = NULL;
    size_t room = 0;
    ssize_t size;
    unsigned long words = 0;

    for (int i = 2; i < count; i++) {
        FILE *file = fopen(arguments[i], "rb");
        if (!file) {
            perror(arguments[i]);
            return 1;
        }
        while ((size = getline(&line, &room, file)) > 0) {
            utext_openUTF8(&text, line, size, &code);
            ubrk_setUText(iterator, &text, &code);
            while (ubrk_next(iterator) != UBRK_DONE)
                words += ubrk_getRuleStatus(iterator) >= UBRK_WORD_NONE_LIMIT;
        }
        fclose(file);
    }
    printf("%lu\n", words);
    free(line);
    utext_close(&text);
    ubrk_close(iterator);
    return U_FAILURE(code) ? 1 : 0;
}
