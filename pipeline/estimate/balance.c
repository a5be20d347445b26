#include "estimate/balance.h"

#include "base/wide.h"

#include <math.h>
#include <stddef.h>

/* phi_b: how much more the two poles vary between units than chance would have it; 1 where one of them has no hits or
 * there is one unit only, because then nothing can be said about it. */
static double dispersion(const att_balance_input *input, const att_balance_sums *sums)
{
    double a = (double)input->appreciative, b = (double)input->technical, units = (double)sums->units;
    if (input->appreciative == 0 || input->technical == 0 || sums->units < 2)
        return 1;
    /* [T/(T-1) sum (a_t/A - b_t/B)^2] / (1/A + 1/B), over the common denominator. */
    double spread = att_spread(input->appreciative, input->technical, sums->sum_aa, sums->sum_bb, sums->sum_ab) / a / b;
    return fmax(1, units / (units - 1) * spread / (a + b));
}

/* (sum h)^2 / sum h^2 - 1 of the hits of both poles, at least 1. */
static double degrees(const att_balance_input *input, const att_balance_sums *sums)
{
    double hits = (double)input->appreciative + (double)input->technical;
    double squares = att_u128_double(sums->sum_aa) + att_u128_double(sums->sum_bb) + 2 * att_u128_double(sums->sum_ab);
    return fmax(1, hits * hits / squares - 1);
}

static void set_interval(att_balance *balance, const att_balance_input *input, const att_balance_sums *sums,
                         double level)
{
    double a = (double)input->appreciative + 0.5, b = (double)input->technical + 0.5;
    balance->dispersion = dispersion(input, sums);
    balance->df = degrees(input, sums);
    /* In natural logarithms until here; log2 from here on. */
    double reach = att_t_quantile(level, balance->df) * sqrt(balance->dispersion * (1 / a + 1 / b)) / log(2);
    balance->lo = balance->balance - reach;
    balance->hi = balance->balance + reach;
    balance->has_interval = isfinite(reach);
    if (!balance->has_interval)
        balance->lo = balance->hi = NAN;
}

att_balance att_balance_estimate(const att_balance_input *input, double level)
{
    bool by_transcript = input->transcripts.units >= ATT_TRANSCRIPT_CLUSTERS;
    const att_balance_sums *sums = by_transcript ? &input->transcripts : &input->turns;
    att_balance balance = {.balance = NAN,
                           .lo = NAN,
                           .hi = NAN,
                           .dispersion = NAN,
                           .df = NAN,
                           .cluster = by_transcript ? ATT_BY_TRANSCRIPT : ATT_BY_TURN,
                           .clusters = sums->units};
    if (input->appreciative == 0 && input->technical == 0) {
        balance.note = "no hits of either pole";
        return balance;
    }
    balance.balance = log2(((double)input->appreciative + 0.5) / ((double)input->technical + 0.5));
    balance.has_balance = true;
    if (!(level > 0 && level < 1)) {
        balance.note = "no interval: the level is not between 0 and 1";
        return balance;
    }
    set_interval(&balance, input, sums, level);
    if (!balance.has_interval)
        balance.note = "interval not finite: too few clusters for this level";
    else if (input->appreciative == 0)
        balance.note = "no appreciative hits";
    else if (input->technical == 0)
        balance.note = "no technical hits";
    else if (sums->units < 2)
        balance.note = "one turn";
    return balance;
}
