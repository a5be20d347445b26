/* libFuzzer target: any bytes as a lexicon file. Seeds in tests/fuzz/corpus/lexicon/. */
#include <attune/lexicon.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    att_lexicon *lexicon = NULL;
    att_error error;
    att_diagnostics *diagnostics = att_diagnostics_new();

    if (att_lexicon_parse(&lexicon, "fuzz.yml", (att_span){(const char *)data, size}, diagnostics, &error) == ATT_OK) {
        for (size_t i = 0; i < att_lexicon_marker_count(lexicon); i++)
            (void)att_lexicon_marker(lexicon, i);
        for (size_t i = 0; i < att_lexicon_entry_count(lexicon); i++)
            (void)att_lexicon_entry(lexicon, i);
    }
    att_lexicon_free(lexicon);
    att_diagnostics_free(diagnostics);
    return 0;
}
