/* Times as nearly all subtitles have them, "00:01:02.500 --> 00:01:04.000", read without a loop. */
#ifndef ATT_READ_CUE_CLOCK_H
#define ATT_READ_CUE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Two digits; 100 or more: they are none. */
static inline unsigned att_cue_digits(const char *text)
{
    unsigned tens = (unsigned)(unsigned char)text[0] - '0', ones = (unsigned)(unsigned char)text[1] - '0';

    return tens < 10 && ones < 10 ? tens * 10 + ones : 100;
}

/* 12 bytes. False: it is written in another way, or wrong. */
static inline bool att_cue_clock(int64_t *ms, const char *text, char point)
{
    unsigned hours = att_cue_digits(text), minutes = att_cue_digits(text + 3), seconds = att_cue_digits(text + 6);
    unsigned hundredths = att_cue_digits(text + 9), thousandth = (unsigned)(unsigned char)text[11] - '0';

    *ms = ((int64_t)(hours * 60 + minutes) * 60 + seconds) * 1000 + hundredths * 10 + thousandth;
    return hours < 100 && minutes < 60 && seconds < 60 && hundredths < 100 && thousandth < 10 && text[2] == ':' &&
           text[5] == ':' && text[8] == point;
}

/* The two times at the start of a line, if all is as it should be; what stands behind them is no digit. */
static inline bool att_cue_clocks(int64_t *start_ms, int64_t *end_ms, const char *line, size_t size, char point)
{
    return size >= 29 && memcmp(line + 12, " --> ", 5) == 0 && att_cue_clock(start_ms, line, point) &&
           att_cue_clock(end_ms, line + 17, point) && (size == 29 || line[29] < '0' || line[29] > '9');
}

#endif
