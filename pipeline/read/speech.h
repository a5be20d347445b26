/* What is not speech inside the text of a turn: time stamps and transcription notes are overwritten with spaces, so
 * that offsets stay true. Line ends inside them stay. */
#ifndef ATT_READ_SPEECH_H
#define ATT_READ_SPEECH_H

#include "model/turn.h"
#include "read/scan.h"

typedef struct {
    bool leads;       /* a stamp stands before everything else: its times are the next two */
    int64_t start_ms; /* ATT_NO_TIME where there is none, as the following */
    int64_t end_ms;
    int64_t last_ms; /* of a stamp that stands behind everything else and is not the leading one */
    uint64_t notes;  /* that were overwritten */
} att_unspoken;

/* Notes come back ("[Laughter]"): what was found out about some brackets lately. A zeroed one is empty. */
enum { ATT_NOTE_MEMOS = 16, ATT_NOTE_MEMO_TEXT = 31 };

typedef struct {
    struct {
        char text[ATT_NOTE_MEMO_TEXT]; /* with its brackets */
        uint8_t size;                  /* 0: free */
        bool is_note;
    } items[ATT_NOTE_MEMOS];
} att_note_memo;

/* bracket: where the first one is, or size.
 * opening: the text is the beginning of a turn, where a clock time without marks is a stamp too. */
void att_speech_clear(const att_scan *scan, att_note_memo *memo, att_unspoken *found, char *text, size_t size,
                      size_t bracket, bool opening);

/* The size of the first piece of a text of more than ATT_TURN_PIECE bytes: up to the last white space that leaves it
 * short enough, else between code points. It depends on nothing but these bytes. */
size_t att_speech_cut(const char *text);

#endif
