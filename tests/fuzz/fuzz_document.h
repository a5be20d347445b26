/* A format that is read as a whole, on arbitrary bytes: it must end in turns of bounded size, or in an error that says
 * something. The first byte chooses whether tiers are asked for. */
#ifndef FUZZ_DOCUMENT_H
#define FUZZ_DOCUMENT_H

#include "read/format.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void fuzz_document(const att_format *format, const uint8_t *data, size_t size)
{
    static const char *const tiers[] = {"*a*", "t?"};
    const att_read_options options = {.tiers = tiers, .tier_count = size && data[0] == '1' ? 2 : 0};
    const att_turn_batch *batch = NULL;
    void *plan = NULL, *reader = NULL;
    att_error error = {ATT_OK, ""};

    if (size < 1)
        return;
    att_span left = {(const char *)data + 1, size - 1};
    att_source source = att_source_of_span(&left);
    (void)format->sniff(left, true, "fuzz");
    if (format->plan(&plan, left, true, "fuzz", &options, &error) != ATT_OK)
        abort();
    if (format->open(&reader, plan, &source, 0, UINT64_MAX, &error) == ATT_OK) {
        do {
            if (format->next(reader, &batch, &error) != ATT_OK)
                abort();
            for (size_t i = 0; i < batch->count; i++)
                if (batch->turns[i].text.size > ATT_TURN_PIECE)
                    abort();
        } while (batch->count > 0);
        format->close(reader);
    } else if (!error.message[0]) {
        abort();
    }
    format->forget(plan);
}

#endif
