/* The balance between the poles: log2 of appreciative over technical hits, with its interval (docs/statistics.md). */
#ifndef ATT_ESTIMATE_BALANCE_H
#define ATT_ESTIMATE_BALANCE_H

#include "estimate/rate.h"

/* Sums over the units of one kind: a appreciative, b technical hits in sense `used`. */
typedef struct {
    uint64_t units;
    att_u128 sum_aa;
    att_u128 sum_bb;
    att_u128 sum_ab;
} att_balance_sums;

typedef struct {
    uint64_t appreciative;
    uint64_t technical;
    att_balance_sums turns;
    att_balance_sums transcripts;
} att_balance_input;

/* As att_rate. */
typedef struct {
    bool has_balance;
    bool has_interval;
    double balance; /* in doublings: +1 means twice as many appreciative as technical hits */
    double lo;
    double hi;
    double dispersion;
    double df;
    att_cluster cluster;
    uint64_t clusters;
    const char *note;
} att_balance;

att_balance att_balance_estimate(const att_balance_input *input, double level);

#endif
