/* Transcription notes: what a transcriber put in brackets that nobody said, "[laughs]", "(long pause)", "((coughs))",
 * "(..)",
 * "(3.5)". A note is a bracketed run made only of words of the lists of notes, or only of marks; any other bracketed
 * words are speech. The lists of all languages apply together: who transcribes German may well write "[laughs]". */
#ifndef ATT_READ_NOTES_H
#define ATT_READ_NOTES_H

#include <stddef.h>

/* Bytes of the note that begins at text[at], which is one of [ ( { <, with its brackets; 0: this is no note. A note is
 * at most ATT_NOTE_MOST bytes long. */
size_t att_note_size(const char *text, size_t size, size_t at);

#define ATT_NOTE_MOST 160

/* The words of one language, folded to lower case, NFC, sorted by bytes; an entry may be two words with a space
 * between. A note holds at least one word of `notes`; `fillers` may stand beside it but make no note alone. */
typedef struct {
    const char *language;
    const char *const *notes;
    size_t note_count;
    const char *const *fillers;
    size_t filler_count;
} att_note_list;

extern const att_note_list att_note_lists[];
extern const size_t att_note_list_count;

#endif
