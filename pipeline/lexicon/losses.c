/* What a conversion could not keep, by kind. */
#include "base/yaml.h"
#include "lexicon/dictionary.h"

#include <stdio.h>
#include <string.h>

void att_losses_add(att_losses *losses, const char *what, const char *remedy, att_span example, uint64_t line)
{
    size_t i = 0;

    while (i < losses->count && strcmp(losses->items[i].what, what) != 0)
        i++;
    if (i == ATT_MOST_LOSSES)
        i--;
    if (i == losses->count) {
        att_excerpt shown = att_excerpt_of(example);
        losses->items[i] = (att_loss){.what = what, .remedy = remedy, .line = line};
        memcpy(losses->items[i].example, shown.text, sizeof losses->items[i].example);
        losses->count++;
    }
    losses->items[i].count++;
}

void att_losses_tell(const att_losses *losses, const char *file, const char *target, att_diagnostics *diagnostics)
{
    for (size_t i = 0; i < losses->count; i++) {
        const att_loss *loss = &losses->items[i];
        char many[64] = "", first[128] = "";
        if (loss->count > 1)
            (void)snprintf(many, sizeof many, " %llu, the first is", (unsigned long long)loss->count);
        if (*loss->example)
            (void)snprintf(first, sizeof first, ":%s '%s'", many, loss->example);
        att_diagnose(diagnostics, ATT_WARNING, file, loss->line, 0, "%s%s%s%s%s%s", target ? target : "",
                     target ? " does not hold " : "", loss->what, first, loss->remedy ? "; " : "",
                     loss->remedy ? loss->remedy : "");
    }
}
