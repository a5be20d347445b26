/* Folding: the one form in which tokens and entries are compared.
 *
 * fold(x) = NFC(full case folding(NFD(x))), then the apostrophes U+2018 U+2019 U+02BC U+FF07 become U+0027 and the
 * soft hyphen U+00AD goes. (Unicode 3.13, D145 canonical caseless matching; apostrophes because keyboards and
 * word processors disagree about them.) */
#ifndef ATT_TOKENISE_FOLD_H
#define ATT_TOKENISE_FOLD_H

#include "base/buffer.h"

#include <attune/error.h>

/* Handles to ICU's normaliser and scratch space: one a thread. */
typedef struct att_folder att_folder;
att_status att_folder_new(att_folder **out, att_error *error);
void att_folder_free(att_folder *folder);

/* Replaces out's content by the folded text; keep_case leaves the case alone and does the rest. Fails only without
 * memory (out->failed). Ill-formed bytes become U+FFFD. */
void att_fold(att_folder *folder, att_buffer *out, att_span text, bool keep_case);

/* Marks that a lexicon may leave out of account, one bit a kind. */
enum {
    ATT_MARKS_ACCENTS = 1 << 0, /* U+0300 to U+036F, as é has when it is decomposed */
    ATT_MARKS_NIQQUD = 1 << 1,  /* Hebrew points and accents, U+0591 to U+05C7 but the punctuation among them */
    ATT_MARKS_NUKTA = 1 << 2,   /* the dot below a Devanagari letter, U+093C, as क़ has when it is decomposed */
    ATT_MARKS_HARAKAT = 1 << 3, /* Arabic vowel signs, U+064B to U+0652 and U+0670, and those of the Quran */
};

/* The same without these marks: taken from what is folded, decomposed; the rest is composed again. */
void att_fold_without(att_folder *folder, att_buffer *out, att_span text, bool keep_case, unsigned marks);

#endif
