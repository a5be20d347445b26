/* libFuzzer target: any bytes as a dictionary, by the name that the first byte chooses; then in the format that the
 * second byte chooses, which must read back. Seeds in tests/fuzz/corpus/dictionary/. */
#include "lexicon/dictionary_nodes.h"

#include <attune/lexicon.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FORMATS = 11, MOST = 1 << 20 };

static const char *name_for(const att_dictionary_format *format, char *room, size_t size)
{
    snprintf(room, size, "fuzz.%s", format->extensions[0] ? format->extensions[0] : "yaml");
    return room;
}

static void read_back(const att_dictionary_format *target, const att_dictionary *dictionary)
{
    att_buffer written = {0};
    att_dictionary again = {0};
    const att_dictionary_format *format = NULL;
    char name[32];
    att_error error = {.status = ATT_OK};

    /* A table is as large as its rows times its columns. */
    if (dictionary->category_count * dictionary->term_count < MOST)
        target->write(&written, dictionary);
    att_span text = {written.data, written.size};
    /* A category's name may make it look like another format. */
    bool recognised = written.size && att_dictionary_recognise(name_for(target, name, sizeof name), text) == target;
    if (recognised && dictionary->category_count && target != &att_dictionary_attune &&
        att_dictionary_read(&again, &format, name, text, "UTF-8", NULL, &error) != ATT_OK) {
        fprintf(stderr, "%s\n%s\n", error.message, written.data);
        abort();
    }
    if (written.size && target == &att_dictionary_attune) {
        att_lexicon *lexicon = NULL;
        (void)att_lexicon_parse(&lexicon, "fuzz.yml", (att_span){written.data, written.size}, NULL, &error);
        att_lexicon_free(lexicon);
    }
    att_dictionary_clear(&again);
    att_buffer_clear(&written);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    att_dictionary dictionary = {0};
    const att_dictionary_format *format = NULL;
    const att_yaml_node *root = NULL;
    att_arena nodes = {0};
    att_losses losses = {0};
    char name[32];
    att_error error = {.status = ATT_OK};

    if (size < 2)
        return 0;
    const att_dictionary_format *named = att_dictionary_formats[data[0] % FORMATS];
    const att_dictionary_format *target = att_dictionary_formats[data[1] % FORMATS];
    att_span bytes = {(const char *)data + 2, size - 2};
    att_status status =
        att_dictionary_read(&dictionary, &format, name_for(named, name, sizeof name), bytes, NULL, NULL, &error);
    if (status != ATT_OK && !error.message[0])
        abort();
    if (status == ATT_OK && att_dictionary_fit(&dictionary, target, &losses, &error) == ATT_OK)
        read_back(target, &dictionary);
    if (status == ATT_OK && target == &att_dictionary_attune)
        (void)att_dictionary_nodes(&root, &nodes, &dictionary, "fuzz", "en", &error);
    att_arena_clear(&nodes);
    att_dictionary_clear(&dictionary);
    return 0;
}
