#include "read/tiers.h"

#include "base/glob.h"
#include "base/xml.h"
#include "base/yaml.h"

#include <stdlib.h>
#include <string.h>

struct att_waiting {
    att_piece piece;
    int64_t order;
    size_t number;
};

void att_tiers_clear(att_tiers *tiers)
{
    att_arena_clear(&tiers->arena);
    free(tiers->items);
    *tiers = (att_tiers){0};
}

bool att_tiers_add(att_tiers *tiers, const att_piece *piece, int64_t order)
{
    const char *text = att_arena_copy(&tiers->arena, piece->text);

    if (!text || !att_grow(&tiers->items, &tiers->capacity, tiers->count + 1, sizeof *tiers->items))
        return false;
    tiers->items[tiers->count] = (struct att_waiting){*piece, order, tiers->count};
    tiers->items[tiers->count++].piece.text.text = text;
    return true;
}

static int compare(const void *left, const void *right)
{
    const struct att_waiting *a = left, *b = right;

    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

att_status att_tiers_give(att_tiers *tiers, att_document *document, att_error *error)
{
    att_status status = ATT_OK;

    if (tiers->count)
        qsort(tiers->items, tiers->count, sizeof *tiers->items, compare);
    for (size_t i = 0; i < tiers->count && !status; i++)
        status = att_document_add(document, &tiers->items[i].piece, error);
    return status;
}

bool att_tier_is_asked(const att_read_options *options, att_span name)
{
    for (size_t i = 0; i < options->tier_count; i++)
        if (att_glob_matches(att_span_of(options->tiers[i]), name))
            return true;
    return false;
}

att_status att_tiers_missing(const char *what, const att_buffer *names, const char *file, att_error *error)
{
    /* Some of many: the message has an end. */
    const char *more = names->size > 600 ? " …" : "";
    size_t shown = names->size > 600 ? 600 : names->size;

    while (shown && shown < names->size && ((unsigned char)names->data[shown] & 0xC0) == 0x80)
        shown--;
    if (!shown)
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0, "has no tiers; check that it was saved");
    return att_fail(error, ATT_BAD_INPUT, file, 0, 0, "has %s; choose of its tiers with --tier: %.*s%s", what,
                    (int)shown, names->data, more);
}

/* Digits as a number. Those beyond the most are passed over; *digits says how many were taken. */
static int64_t read_digits(att_span text, size_t *at, unsigned most, unsigned *digits)
{
    int64_t number = 0;

    *digits = 0;
    for (; *at < text.size && text.text[*at] >= '0' && text.text[*at] <= '9'; (*at)++)
        if (*digits < most) {
            number = number * 10 + (text.text[*at] - '0');
            (*digits)++;
        }
    return number;
}

int64_t att_seconds_ms(att_span seconds)
{
    att_span text = att_xml_trim(seconds);
    unsigned digits, decimals = 0;
    size_t at = 0;
    int64_t fraction = 0;
    int64_t whole = read_digits(text, &at, 13, &digits);

    if (at < text.size && text.text[at] == '.') {
        at++;
        fraction = read_digits(text, &at, 4, &decimals);
    }
    if (digits && text.size - at > 2 && memcmp(text.text + at, "E-", 2) == 0)
        return 0; /* as Java writes what is less than a millisecond */
    if (at != text.size || digits + decimals == 0 || whole > INT64_C(315360000000))
        return ATT_NO_TIME;
    for (; decimals < 4; decimals++)
        fraction *= 10;
    return whole * 1000 + (fraction + 5) / 10;
}
