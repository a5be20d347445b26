/* A dictionary as the tree that a lexicon is read from, so that one piece of code makes lexicons of both. */
#ifndef ATT_LEXICON_DICTIONARY_NODES_H
#define ATT_LEXICON_DICTIONARY_NODES_H

#include "base/yaml.h"
#include "lexicon/dictionary.h"

/* The dictionary fits attune's format (att_dictionary_fit) and must outlive the nodes; name is the lexicon's. */
att_status att_dictionary_nodes(const att_yaml_node **root, att_arena *arena, const att_dictionary *dictionary,
                                const char *name, const char *language, att_error *error);

#endif
