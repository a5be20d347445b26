/* From the text of a word processor document to its turns. */
#ifndef ATT_READ_WORD_TURNS_H
#define ATT_READ_WORD_TURNS_H

#include "read/document.h"
#include "read/flow.h"
#include "read/word_styles.h"

/* What its readers fill. */
typedef struct {
    att_flow flow;
    att_word_styles styles;
} att_word;

void att_word_start(att_word *word, const att_read_options *options);
void att_word_clear(att_word *word);

/* Closes what is open and adds the turns: by the labels that the style marks where one was asked for, else as txt does.
 * Offsets are those of the text of the flow, without its marks. */
att_status att_word_turns(att_document *document, att_word *word, const att_read_options *options, const char *file,
                          att_error *error);

#endif
