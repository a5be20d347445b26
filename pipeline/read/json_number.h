/* Numbers of JSON and doubles, whatever the locale says. */
#ifndef ATT_READ_JSON_NUMBER_H
#define ATT_READ_JSON_NUMBER_H

#include <stdbool.h>

/* The number that a NUL-terminated text is, exactly rounded; false: it is too large. */
bool att_json_convert(const char *text, double *number);

/* As many digits as there are, up to `digits` (17): "1.5", "1", "1e+20". `text` has room for 32 bytes. */
void att_json_print(double number, int digits, char *text);

#endif
