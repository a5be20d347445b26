/* Unit tests compile their lexicons anew: thousands of them, made up at random, are nothing to keep, least of all in
 * the cache of whoever runs a test by hand. A test of the cache itself has one of its own (own_cache.h). */
#include <stdlib.h>

static void __attribute__((constructor)) turn_cache_off(void)
{
    setenv("ATTUNE_CACHE", "off", 1);
}
