/* Control words of RTF that matter for the text. For read/rtf_text.c. */
#ifndef ATT_READ_RTF_WORDS_H
#define ATT_READ_RTF_WORDS_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
    ATT_RTF_NOTHING,     /* formatting */
    ATT_RTF_CHARACTER,   /* stands for the character `value` */
    ATT_RTF_DESTINATION, /* opens something that is no text */
    ATT_RTF_FONTS,       /* the font table */
    ATT_RTF_FONT,
    ATT_RTF_FONT_CHARSET,
    ATT_RTF_CODE_PAGE, /* `value`, or the parameter where that is 0 */
    ATT_RTF_UNICODE,
    ATT_RTF_UNICODE_SKIP,
    ATT_RTF_BINARY,
    ATT_RTF_DELETED,
    ATT_RTF_HIDDEN,
    ATT_RTF_PLAIN,
    ATT_RTF_TWO_FORMS,   /* {\upr{in a code page}{\*\ud{in Unicode}}} */
    ATT_RTF_UNICODE_FORM /* the second of them */
} att_rtf_action;

typedef struct {
    const char *word;
    att_rtf_action action;
    uint32_t value;
} att_rtf_word;

/* The word of that name, or one that means nothing. */
const att_rtf_word *att_rtf_word_find(const char *name);

#endif
