/* Labels: what at the start of a line looks like the name of a speaker. Whether it is one is the layout's decision. */
#ifndef ATT_READ_LABELS_H
#define ATT_READ_LABELS_H

#include <attune/span.h>
#include <stdbool.h>
#include <stdint.h>

#define ATT_LABEL_MOST 60 /* code points */

/* How a label is set off. */
typedef enum {
    ATT_FORM_COLON,   /* Name: text, **Name:** text, **Name**: text */
    ATT_FORM_BRACKET, /* [Name] text, [Name]: text */
    ATT_FORM_BRACE,   /* {Name} text, {Name}: text */
    ATT_FORM_DASH,    /* NAME - text, in capitals */
    ATT_FORM_TAB,     /* Name, TAB, text */
    ATT_FORM_BOLD,    /* **Name** text */
    ATT_FORM_LED,     /* [00:01:02] Name, or with a dash before it: alone behind a stamp or on the line below */
    ATT_FORM_STAMP,   /* Name [00:01:02] text; Name 0:53 alone on its line */
    ATT_FORMS
} att_label_form;

/* Something that is set off like a label. */
typedef struct {
    att_span text;    /* without white space and delimiters; a note inside ("Ann (laughs):") is left out */
    size_t size;      /* bytes from the start of the line to where speech may begin */
    int64_t start_ms; /* of a time stamp before or behind it, else ATT_NO_TIME */
    int64_t end_ms;
    att_label_form form;
    bool tight; /* speech follows the colon without a space */
} att_label;

/* Many lines look like one of these by chance: they count where labels recur. */
static inline bool att_form_is_faint(att_label_form form)
{
    return form >= ATT_FORM_DASH && form <= ATT_FORM_LED;
}

/* Takes a line apart; `size` bytes are at hand from its start, the line may end before. False: nothing in it is set off
 * like a label. A transcription note or a time stamp in brackets is no label. below: a stamp alone on its line leads
 * the next line that is not blank, and is part of its label. */
bool att_label_find(att_label *label, const char *line, size_t size, bool below);

/* What a label looks like. */
typedef struct {
    bool fits;       /* it has the shape of a label at all: begins with a capital letter, a digit or a bracket, ends no
                        sentence inside; letters of scripts without case count as capitals */
    bool name;       /* and that of a name: every word is a capital, an initial, a number or a particle ("von") */
    bool digit;      /* holds a digit */
    bool lower;      /* holds a lower-case letter */
    uint8_t words;   /* 255: that many or more */
    uint8_t letters; /* likewise */
} att_label_shape;

/* free_start: it may begin with a small letter too (it stands in brackets). */
att_label_shape att_label_look(att_span text, bool free_start);

#endif
