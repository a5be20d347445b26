#include "estimate/rate.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* From this many degrees of freedom on the expansion below is exact to double precision at any level in use, while
 * GSL 2.7's own inversion loses digits from some 100,000 on and fails beyond a million. */
static const double many = 10000;

/* The quantile of chi-squared at the normal quantile z: the Cornish-Fisher expansion of Goldberg and Levine (1946),
 * Annals of Mathematical Statistics 17, to the order df^(-5/2). */
static double chi_squared_expansion(double z, double df)
{
    double root = sqrt(df), root2 = sqrt(2), z2 = z * z;
    double sum = df + root * root2 * z + 2.0 / 3 * (z2 - 1);
    sum += z * (z2 - 7) / (9 * root2 * root);
    sum -= ((6 * z2 + 14) * z2 - 32) / (405 * df);
    sum += z * ((9 * z2 + 256) * z2 - 433) / (4860 * root2 * df * root);
    sum += (((12 * z2 - 243) * z2 - 923) * z2 + 1472) / (25515 * df * df);
    sum -= z * (((3753 * z2 + 4353) * z2 - 289517) * z2 - 289717) / (9185400 * root2 * df * df * root);
    return sum;
}

void att_garwood(double hits, double level, double *lo, double *hi)
{
    double tail = (1 - level) / 2;
    double df_lo = 2 * hits, df_hi = 2 * hits + 2;
    if (df_lo >= many) {
        double z = gsl_cdf_ugaussian_Qinv(tail);
        *lo = chi_squared_expansion(-z, df_lo) / 2;
        *hi = chi_squared_expansion(z, df_hi) / 2;
        return;
    }
    *lo = hits > 0 ? gsl_cdf_chisq_Pinv(tail, df_lo) / 2 : 0;
    *hi = gsl_cdf_chisq_Qinv(tail, df_hi) / 2;
}

double att_t_quantile(double level, double df)
{
    return gsl_cdf_tdist_Qinv((1 - level) / 2, df);
}

static bool is_level(att_quantiles *quantiles, double level)
{
    if (!quantiles)
        return false;
    if (!(quantiles->level == level))
        *quantiles = (att_quantiles){.level = level, .t_df = NAN};
    return true;
}

void att_garwood_again(att_quantiles *quantiles, uint64_t hits, double level, double *lo, double *hi)
{
    size_t room = sizeof quantiles->garwood / sizeof quantiles->garwood[0];

    if (hits >= room || !is_level(quantiles, level)) {
        att_garwood((double)hits, level, lo, hi);
        return;
    }
    if (!quantiles->garwood[hits].known) {
        att_garwood((double)hits, level, &quantiles->garwood[hits].lo, &quantiles->garwood[hits].hi);
        quantiles->garwood[hits].known = true;
    }
    *lo = quantiles->garwood[hits].lo;
    *hi = quantiles->garwood[hits].hi;
}

double att_t_quantile_again(att_quantiles *quantiles, double level, double df)
{
    if (!is_level(quantiles, level))
        return att_t_quantile(level, df);
    if (!(quantiles->t_df == df)) {
        quantiles->t = att_t_quantile(level, df);
        quantiles->t_df = df;
    }
    return quantiles->t;
}
