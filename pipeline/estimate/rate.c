#include "estimate/rate.h"

#include "base/wide.h"

#include <math.h>
#include <stddef.h>

const char *att_cluster_name(att_cluster cluster)
{
    return cluster == ATT_BY_TRANSCRIPT ? "transcript" : "turn";
}

double att_rate_of(uint64_t hits, uint64_t tokens)
{
    return tokens ? 1000 * ((double)hits / (double)tokens) : NAN;
}

static void set_exact(att_rate *rate, const att_rate_input *input, double level, att_quantiles *quantiles,
                      const char *note)
{
    double lo, hi;
    att_garwood_again(quantiles, input->hits, level, &lo, &hi);
    rate->lo = 1000 * (lo / (double)input->tokens);
    rate->hi = 1000 * (hi / (double)input->tokens);
    rate->has_interval = true;
    rate->note = note;
}

/* exp(log r +- t sqrt(phi / y)): the variance of the log rate, inflated by what the clusters vary more than chance. */
static void set_clustered(att_rate *rate, const att_rate_input *input, const att_rate_sums *sums, double level,
                          att_quantiles *quantiles)
{
    double n = (double)input->tokens, y = (double)input->hits, units = (double)sums->units;
    double spread = att_spread(input->tokens, input->hits, sums->sum_nn, sums->sum_yy, sums->sum_yn) / n / n;
    rate->raw_dispersion = units / (units - 1) * spread / y;
    rate->dispersion = fmax(1, rate->raw_dispersion);
    rate->has_dispersion = true;
    rate->df = fmax(1, n * n / att_u128_double(sums->sum_nn) - 1);
    double reach = att_t_quantile_again(quantiles, level, rate->df) * sqrt(rate->dispersion / y);
    rate->lo = rate->rate * exp(-reach);
    rate->hi = rate->rate * exp(reach);
    rate->has_interval = isfinite(rate->hi);
    if (!rate->has_interval) {
        rate->lo = rate->hi = NAN;
        rate->note = "interval not finite: too few clusters for this level";
    }
}

att_rate att_rate_estimate(const att_rate_input *input, double level, att_quantiles *quantiles)
{
    bool by_transcript = input->transcripts.units >= ATT_TRANSCRIPT_CLUSTERS;
    const att_rate_sums *sums = by_transcript ? &input->transcripts : &input->turns;
    att_rate rate = {.rate = NAN,
                     .lo = NAN,
                     .hi = NAN,
                     .dispersion = NAN,
                     .raw_dispersion = NAN,
                     .df = NAN,
                     .cluster = by_transcript ? ATT_BY_TRANSCRIPT : ATT_BY_TURN,
                     .clusters = sums->units};
    if (input->tokens == 0) {
        rate.note = "no tokens";
        return rate;
    }
    rate.rate = att_rate_of(input->hits, input->tokens);
    rate.has_rate = true;
    if (!(level > 0 && level < 1))
        rate.note = "no interval: the level is not between 0 and 1";
    else if (input->hits == 0)
        set_exact(&rate, input, level, quantiles, "no hits: exact Poisson interval");
    else if (sums->units < 2)
        set_exact(&rate, input, level, quantiles, "one turn: exact Poisson interval");
    else
        set_clustered(&rate, input, sums, level, quantiles);
    return rate;
}
