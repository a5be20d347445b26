#include "lexicon/database_cache.h"

#include "base/cache.h"
#include "base/file.h"
#include "base/hash.h"

#include <attune/version.h>
#include <hs.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "lexicon/expression.h"

static const unsigned char magic[8] = {'A', 'T', 'T', 'C', 'A', 'C', 'H', 'E'};
enum { VERSION = 2, HEADER = 80, AT_VERSION = 8, AT_KEY = 16, AT_SIZES = 24, AT_BODY_HASH = 56, AT_HEADER_HASH = 72 };
_Static_assert(AT_BODY_HASH == AT_SIZES + 8 * ATT_DATABASE_KINDS, "the header has a size for each database");

/* Databases are read in place, as 64-bit numbers. */
static size_t padded(size_t size)
{
    return (size + 7) & ~(size_t)7;
}

static void put_padding(att_buffer *out)
{
    att_buffer_append(out, "\0\0\0\0\0\0\0", padded(out->size) - out->size);
}

/* ---- what a set of patterns is known by ---- */

/* All that the databases depend on. false: no memory, or Hyperscan does not run here. */
static bool put_key(att_buffer *key, const att_databases *databases)
{
    hs_platform_info_t platform;

    if (hs_populate_platform(&platform) != HS_SUCCESS)
        return false;
    att_buffer_format(key, "attune %s\nHyperscan %s\nplatform %u %llx\n", ATTUNE_VERSION, hs_version(), platform.tune,
                      platform.cpu_features);
    for (unsigned kind = 0; kind < ATT_DATABASE_KINDS; kind++) {
        const att_database *database = &databases->of[kind];
        unsigned flags = att_expression_flags((att_database_kind)kind);
        att_buffer_format(key, "%u %u %x\n", database->count, (unsigned)HS_MODE_BLOCK, flags);
        for (unsigned i = 0; i < database->count; i++)
            att_buffer_append(key, database->expressions[i], strlen(database->expressions[i]) + 1);
    }
    return !key->failed;
}

static void put_name(att_buffer *out, const att_buffer *key)
{
    uint64_t hash[2];

    att_hash128(key->data, key->size, hash);
    att_buffer_format(out, "%016" PRIx64 "%016" PRIx64 ATT_CACHE_SUFFIX, hash[1], hash[0]);
}

/* ---- a file's content ---- */

typedef struct {
    att_span key;
    att_span databases[ATT_DATABASE_KINDS];
} content;

/* false: damaged, or of another format. file is aligned as malloc does. */
static bool read_content(content *out, const att_buffer *file)
{
    const unsigned char *header = (const unsigned char *)file->data;
    uint64_t hash[2];

    if (file->size < HEADER || memcmp(header, magic, sizeof magic) != 0 || att_get64(header + AT_VERSION) != VERSION ||
        att_get64(header + AT_HEADER_HASH) != att_hash64(header, AT_HEADER_HASH))
        return false;
    size_t at = HEADER;
    for (size_t i = 0; i < 1 + ATT_DATABASE_KINDS; i++) {
        att_span *part = i == 0 ? &out->key : &out->databases[i - 1];
        uint64_t size = att_get64(header + AT_KEY + 8 * i);
        if (size > file->size - at || padded((size_t)size) > file->size - at)
            return false;
        *part = (att_span){file->data + at, (size_t)size};
        at += padded((size_t)size);
    }
    att_hash128(header + HEADER, file->size - HEADER, hash);
    return at == file->size && att_get64(header + AT_BODY_HASH) == hash[0] &&
           att_get64(header + AT_BODY_HASH + 8) == hash[1];
}

static bool put_database(att_buffer *out, const hs_database_t *database, uint64_t *size)
{
    char *bytes = NULL;
    size_t count = 0;

    *size = 0;
    if (!database)
        return true;
    if (hs_serialize_database(database, &bytes, &count) != HS_SUCCESS)
        return false;
    att_buffer_append(out, bytes, count);
    put_padding(out);
    free(bytes);
    *size = count;
    return !out->failed;
}

static bool write_content(att_buffer *out, const att_databases *databases, const att_buffer *key)
{
    unsigned char header[HEADER] = {0};
    uint64_t hash[2];

    att_buffer_append(out, header, HEADER);
    att_buffer_append(out, key->data, key->size);
    put_padding(out);
    memcpy(header, magic, sizeof magic);
    att_put64(header + AT_VERSION, VERSION);
    att_put64(header + AT_KEY, key->size);
    for (size_t kind = 0; kind < ATT_DATABASE_KINDS; kind++) {
        uint64_t size;
        if (!put_database(out, databases->of[kind].database, &size))
            return false;
        att_put64(header + AT_SIZES + 8 * kind, size);
    }
    if (out->failed)
        return false;
    att_hash128(out->data + HEADER, out->size - HEADER, hash);
    att_put64(header + AT_BODY_HASH, hash[0]);
    att_put64(header + AT_BODY_HASH + 8, hash[1]);
    att_put64(header + AT_HEADER_HASH, att_hash64(header, AT_HEADER_HASH));
    memcpy(out->data, header, HEADER);
    return true;
}

/* ---- taking and keeping ---- */

static void forget(att_databases *databases)
{
    for (unsigned kind = 0; kind < ATT_DATABASE_KINDS; kind++) {
        hs_free_database(databases->of[kind].database);
        databases->of[kind].database = NULL;
    }
}

static bool take(att_databases *databases, const content *kept, const att_buffer *key)
{
    bool good = att_span_equal(kept->key, (att_span){key->data, key->size});

    for (unsigned kind = 0; kind < ATT_DATABASE_KINDS && good; kind++) {
        att_span bytes = kept->databases[kind];
        good = !databases->of[kind].count == !bytes.size;
        if (good && bytes.size)
            good = hs_deserialize_database(bytes.text, bytes.size, &databases->of[kind].database) == HS_SUCCESS;
    }
    if (!good)
        forget(databases);
    return good;
}

static void note_failure(att_databases *databases, const char *reason)
{
    databases->cache.state = ATT_CACHE_FAILED;
    databases->cache.reason = att_arena_copy(&databases->arena, att_span_of(reason));
}

static void note_file(att_databases *databases, att_cache_state state, const char *folder, const char *name,
                      size_t size)
{
    char *path = att_path_join(folder, name);

    databases->cache.state = state;
    databases->cache.file = path ? att_arena_copy(&databases->arena, att_span_of(path)) : NULL;
    databases->cache.bytes = size;
    free(path);
}

/* Is it worth a file? */
static bool pays(att_databases *databases)
{
    databases->cache.patterns = databases->patterns;
    databases->cache.state = databases->patterns ? ATT_CACHE_FEW_PATTERNS : ATT_CACHE_NO_PATTERNS;
    return databases->dear;
}

bool att_database_cache_load(att_databases *databases)
{
    att_buffer key = {0}, name = {0}, file = {0};
    content kept;
    bool found = false;

    if (!pays(databases))
        return !databases->patterns;
    char *folder = att_cache_folder();
    if (folder && put_key(&key, databases)) {
        put_name(&name, &key);
        found = !name.failed && att_cache_read(&file, folder, name.data, ATT_DATABASE_CACHE_LIMIT) &&
                read_content(&kept, &file) && take(databases, &kept, &key);
    }
    if (found)
        note_file(databases, ATT_CACHE_FOUND, folder, name.data, file.size);
    free(folder);
    att_buffer_clear(&key);
    att_buffer_clear(&name);
    att_buffer_clear(&file);
    return found;
}

static void store(att_databases *databases, const char *folder)
{
    att_buffer key = {0}, name = {0}, file = {0};
    att_error error = {.status = ATT_OK};

    bool good = put_key(&key, databases) && write_content(&file, databases, &key);
    if (good)
        put_name(&name, &key);
    if (!good || name.failed)
        note_failure(databases, "not enough memory to keep the compiled patterns; close other programs");
    else if (file.size > ATT_DATABASE_CACHE_LIMIT)
        note_failure(databases, "the compiled patterns are larger than the 256 MiB that are kept; split the lexicon");
    else if (att_cache_write(folder, name.data, &(att_span){file.data, file.size}, 1, &error) != ATT_OK)
        note_failure(databases, error.message);
    else
        note_file(databases, ATT_CACHE_MADE, folder, name.data, file.size);
    att_buffer_clear(&key);
    att_buffer_clear(&name);
    att_buffer_clear(&file);
}

void att_database_cache_store(att_databases *databases)
{
    if (!pays(databases))
        return;
    char *folder = att_cache_folder();
    if (folder)
        store(databases, folder);
    else
        note_failure(databases,
                     "there is no cache: ATTUNE_CACHE is 'off', or there is no home; unset the one or set HOME");
    free(folder);
}
