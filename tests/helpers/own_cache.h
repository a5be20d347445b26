/* Setup and teardown of a test of the cache: it is on, and lies in a scratch folder of the test's own. */
#ifndef TEST_OWN_CACHE_H
#define TEST_OWN_CACHE_H

#include "scratch.h"

#include <stdlib.h>

static inline int setup(void **state)
{
    (void)state;
    unsetenv("ATTUNE_CACHE");
    setenv("XDG_CACHE_HOME", scratch_make(), 1);
    return 0;
}

static inline int teardown(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

#endif
