/* Delimited text (RFC 4180 and its relatives), a record at a time, in memory that may end in the middle of one. */
#ifndef ATT_READ_DELIMITED_H
#define ATT_READ_DELIMITED_H

#include <attune/span.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    char delimiter;
    bool quotes; /* a field that begins with " ends with the next single one */
} att_dialect;

/* A field as it stands, without the quotes around it. */
typedef struct {
    size_t from, to; /* positions in the text */
    bool quoted;
    bool doubled; /* quotes inside: to be unquoted with att_field_unquote */
} att_field;

typedef struct {
    att_field *fields; /* the caller's */
    size_t most;       /* that have room; what is beyond is counted and looked at: */
    size_t count;
    size_t beyond;  /* fields without room that are not empty */
    size_t stray;   /* fields with text behind their closing quote */
    size_t from;    /* behind blank lines */
    size_t end;     /* behind its line end */
    uint64_t blank; /* line ends before `from` */
    uint64_t lines; /* line ends from there to `end` */
} att_delimited;

typedef enum {
    ATT_DELIMITED_RECORD,
    ATT_DELIMITED_END,     /* nothing but blank lines is left */
    ATT_DELIMITED_CUT,     /* the text ends before the record does */
    ATT_DELIMITED_UNQUOTED /* the same inside quotes, and no more text comes */
} att_delimited_state;

/* The record at text[at]. complete: no text comes behind. Line ends are \n, \r\n and \r; blank lines are no records. */
att_delimited_state att_delimited_next(att_delimited *record, const att_dialect *dialect, att_span text, size_t at,
                                       bool complete);

/* The content of a field with doubled quotes; returns its size. `to` has room for all of the field. */
size_t att_field_unquote(char *to, att_span field);

#endif
