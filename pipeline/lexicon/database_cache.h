/* Compiled patterns kept from one run to the next, in the user's cache (base/cache.h).
 *
 * A file holds the databases of one set of patterns. Its name is a hash of all that they are made of: every expression
 * with its flags, the versions of attune and of Hyperscan, and what the processor can do. The same stands in the file
 * in full and is compared, so that no two sets can be taken for each other.
 *
 * Hyperscan does not survive hostile databases, and no checksum protects from those; that is why base/cache.h trusts
 * the user's own files only. The checksums here are against damage: whatever is wrong with a file, it counts as not
 * there.
 *
 *     offset  size  what
 *          0     8  "ATTCACHE"
 *          8     8  version of this format, 2
 *         16     8  size of the key
 *         24  4 x 8  sizes of the databases as Hyperscan serialises them; 0: none
 *         56    16  XXH3, 128 bits, of all behind the header
 *         72     8  XXH3, 64 bits, of the header up to here
 *         80        the key, then the databases, each with zeros up to a multiple of 8
 *
 * Numbers are little-endian. */
#ifndef ATT_LEXICON_DATABASE_CACHE_H
#define ATT_LEXICON_DATABASE_CACHE_H

#include "lexicon/databases.h"

/* Larger ones are compiled each time. */
#define ATT_DATABASE_CACHE_LIMIT ((size_t)256 << 20)

/* Takes the databases from the cache and returns true, or says in databases->cache that they must be compiled. A file
 * is only written for patterns that could be compiled: where one is found, they are known to be sound. */
bool att_database_cache_load(att_databases *databases);

/* Keeps the databases, where that pays, and notes in databases->cache what came of it. Never an error of the run. */
void att_database_cache_store(att_databases *databases);

#endif
