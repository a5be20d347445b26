/* A rate per 1,000 tokens with its interval (docs/statistics.md). */
#ifndef ATT_ESTIMATE_RATE_H
#define ATT_ESTIMATE_RATE_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>

#define ATT_LEVEL 0.95

/* With at least this many transcripts in a cell they are its clusters, else its turns are. */
#define ATT_TRANSCRIPT_CLUSTERS 10

typedef enum { ATT_BY_TURN, ATT_BY_TRANSCRIPT } att_cluster;
const char *att_cluster_name(att_cluster cluster); /* "turn", "transcript" */

/* Sums over the units of one kind that have tokens: n a unit's tokens, y its hits. */
typedef struct {
    uint64_t units;
    att_u128 sum_nn;
    att_u128 sum_yy;
    att_u128 sum_yn;
} att_rate_sums;

typedef struct {
    uint64_t tokens;
    uint64_t hits;
    att_rate_sums turns;
    att_rate_sums transcripts;
} att_rate_input;

/* has_* say which numbers are there; a missing one is NAN. note: why a number is missing or of another kind, else NULL;
 * static storage. */
typedef struct {
    bool has_rate;
    bool has_interval;
    bool has_dispersion;
    double rate; /* hits per 1,000 tokens, as lo and hi */
    double lo;
    double hi;
    double dispersion;     /* >= 1 */
    double raw_dispersion; /* before it is raised to 1 */
    double df;             /* of the t quantile; NAN for an exact interval */
    att_cluster cluster;
    uint64_t clusters;
    const char *note;
} att_rate;

/* Hits per 1,000 tokens; NAN without tokens. */
double att_rate_of(uint64_t hits, uint64_t tokens);

/* Quantiles that were worked out before, at one level: tables ask for the same few again and again. A zeroed one is
 * empty; not to be shared between threads. */
typedef struct {
    double level;
    struct {
        bool known;
        double lo, hi;
    } garwood[64];  /* by hits */
    double t_df, t; /* the last one */
} att_quantiles;

/* level in (0, 1): the interval's. quantiles may be NULL; the result is the same. */
att_rate att_rate_estimate(const att_rate_input *input, double level, att_quantiles *quantiles);

/* Garwood's exact interval of a Poisson mean, for `hits` events. */
void att_garwood(double hits, double level, double *lo, double *hi);

/* The two-sided quantile of Student's t: P(|t| <= q) = level; df >= 1, also fractional. */
double att_t_quantile(double level, double df);

/* The same two, remembered. */
void att_garwood_again(att_quantiles *quantiles, uint64_t hits, double level, double *lo, double *hi);
double att_t_quantile_again(att_quantiles *quantiles, double level, double df);

#endif
