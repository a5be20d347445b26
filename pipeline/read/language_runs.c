#include "read/language_runs.h"

#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

bool att_language_is_runs(att_span field)
{
    return field.size && memchr(field.text, '@', field.size);
}

/* The code point at which the next part begins, behind the first '@' of the field; SIZE_MAX: that is no number. */
static size_t next_place(att_span field)
{
    const char *mark = memchr(field.text, '@', field.size);
    const char *end = field.text + field.size;
    size_t place = 0;
    const char *digit = mark ? mark + 1 : end;

    if (digit == end || *digit == ' ')
        return SIZE_MAX;
    for (; digit < end && *digit != ' '; digit++) {
        if (*digit < '0' || *digit > '9' || place > SIZE_MAX / 16)
            return SIZE_MAX;
        place = place * 10 + (size_t)(*digit - '0');
    }
    return place;
}

/* The bytes of the text before code point `place`; SIZE_MAX: it is not that long. */
static size_t bytes_before(const att_language_runs *runs, size_t place)
{
    size_t at = 0, count = runs->at;

    while (count < place && at < runs->text.size) {
        att_utf8_next(runs->text.text, runs->text.size, &at);
        count++;
    }
    return count == place ? at : SIZE_MAX;
}

bool att_language_runs_next(att_language_runs *runs, att_language_run *run)
{
    const char *space = runs->field.size ? memchr(runs->field.text, ' ', runs->field.size) : NULL;
    size_t size = space ? (size_t)(space - runs->field.text) : runs->field.size;
    const char *mark = size ? memchr(runs->field.text, '@', size) : NULL;

    run->tag = (att_span){runs->field.text, mark ? (size_t)(mark - runs->field.text) : size};
    run->text = runs->text;
    run->last = !space;
    if (!run->tag.size || (runs->at == 0) == (mark != NULL))
        return false;
    if (att_span_equal(run->tag, att_span_of("und")))
        run->tag.size = 0;
    if (!space)
        return true;
    runs->field = (att_span){space + 1, runs->field.size - size - 1};
    size_t place = next_place(runs->field);
    size_t bytes = place == SIZE_MAX || place <= runs->at ? SIZE_MAX : bytes_before(runs, place);
    if (bytes == SIZE_MAX || runs->text.text[bytes - 1] != ' ')
        return false;
    run->text.size = bytes - 1;
    runs->text = (att_span){runs->text.text + bytes, runs->text.size - bytes};
    runs->at = place;
    return true;
}
