#include "read/format.h"

#include "read/foreign.h"

#include <attune/format.h>
#include <string.h>

const att_format *const att_formats[] = {
    &att_format_txt,
    NULL,
};

const att_format *att_format_find(const char *name)
{
    for (const att_format *const *format = att_formats; *format; format++) {
        if (strcmp((*format)->name, name) == 0)
            return *format;
    }
    return NULL;
}

att_status att_format_detect(const att_format **format, att_span probe, bool complete, const char *file,
                             att_error *error)
{
    const char *foreign = att_foreign_look(probe, complete);
    const att_format *best = NULL;
    int most = 0;

    if (foreign)
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0, "%s", foreign);
    for (const att_format *const *each = att_formats; *each; each++) {
        int sure = (*each)->sniff(probe, complete, file);
        if (sure > most) {
            most = sure;
            best = *each;
        }
    }
    if (!best)
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0, "is in no format known here; name one with --format NAME");
    *format = best;
    return ATT_OK;
}

size_t att_reader_count(void)
{
    size_t count = 0;

    while (att_formats[count])
        count++;
    return count;
}

att_format_view att_reader_get(size_t index)
{
    const att_format *format = att_formats[index];

    return (att_format_view){format->name, format->description, format->extensions};
}
