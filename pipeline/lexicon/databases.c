#include "lexicon/databases.h"

#include <hs.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "lexicon/expression.h"
#include "lexicon/turn_regex.h"

static att_status collect_kind(att_databases *out, att_database_kind kind, const att_element *elements, size_t count,
                               att_error *error);

/* The database of an element; ATT_DATABASE_KINDS: it needs none. */
static att_database_kind kind_of(const att_element *element)
{
    if (element->kind == ATT_REGEX)
        return ATT_REGEXES;
    if (att_is_turn_regex(element->kind))
        return ATT_TURNS;
    if ((element->kind != ATT_GLOB && element->kind != ATT_GLOB_EXACT) || !att_glob_needs_pattern(element->text))
        return ATT_DATABASE_KINDS;
    return element->kind == ATT_GLOB ? ATT_GLOBS : ATT_GLOBS_EXACT;
}

/* More plain globs than this take 2 ms. */
enum { PLAIN_GLOBS = 100 };

att_status att_databases_collect(att_databases *out, const att_element *elements, size_t count, att_error *error)
{
    att_status status = ATT_OK;

    for (size_t i = 0; i < count; i++) {
        att_database_kind kind = kind_of(&elements[i]);
        if (kind == ATT_DATABASE_KINDS)
            continue;
        out->patterns++;
        out->of[kind].count++;
        out->dear |= kind >= ATT_REGEXES || !att_glob_is_plain(elements[i].text);
    }
    out->dear |= out->patterns > PLAIN_GLOBS;
    for (unsigned kind = 0; kind < ATT_DATABASE_KINDS && !status; kind++)
        if (out->of[kind].count)
            status = collect_kind(out, kind, elements, count, error);
    return status;
}

static att_status collect_kind(att_databases *out, att_database_kind kind, const att_element *elements, size_t count,
                               att_error *error)
{
    att_database *database = &out->of[kind];
    att_buffer expression = {0};
    unsigned used = 0;

    database->expressions = att_arena_take(&out->arena, database->count * sizeof *database->expressions);
    database->elements = att_arena_take(&out->arena, database->count * sizeof *database->elements);
    bool good = database->expressions && database->elements;
    for (size_t i = 0; i < count && good; i++) {
        if (kind_of(&elements[i]) != kind)
            continue;
        expression.size = 0;
        if (kind == ATT_REGEXES)
            att_expression_put(&expression, elements[i].text);
        else if (kind == ATT_TURNS)
            att_expression_put_turn(&expression, elements[i].text, elements[i].kind == ATT_TURN_REGEX_EXACT);
        else
            att_expression_put_glob(&expression, elements[i].text);
        database->elements[used] = (uint32_t)i;
        database->expressions[used] = att_arena_copy(&out->arena, (att_span){expression.data, expression.size});
        good = !expression.failed && database->expressions[used++];
    }
    att_buffer_clear(&expression);
    return good ? ATT_OK : att_fail_memory(error);
}

void att_databases_clear(att_databases *databases)
{
    for (unsigned kind = 0; kind < ATT_DATABASE_KINDS; kind++)
        hs_free_database(databases->of[kind].database);
    att_arena_clear(&databases->arena);
    *databases = (att_databases){0};
}

/* Hyperscan's reason, without its full stop. */
static void put_reason(char reason[256], const hs_compile_error_t *failure)
{
    const char *text = failure && failure->message && *failure->message ? failure->message : "not an expression";
    size_t size = strlen(text);

    if (size > 255)
        size = 255;
    memcpy(reason, text, size);
    while (size > 0 && reason[size - 1] == '.')
        size--;
    reason[size] = '\0';
}

bool att_regex_is_sound(const char *expression, char reason[256])
{
    hs_expr_info_t *info = NULL;
    hs_compile_error_t *failure = NULL;
    bool good = hs_expression_info(expression, ATT_EXPRESSION_FLAGS, &info, &failure) == HS_SUCCESS;

    if (!good)
        put_reason(reason, failure);
    free(info);
    hs_free_compile_error(failure);
    return good;
}

/* Which expression of several is too much; Hyperscan does not always say. failure is replaced by what it says of that
 * one. UINT_MAX: none by itself. */
static unsigned find_bad(const att_database *database, unsigned flags, hs_compile_error_t **failure)
{
    for (unsigned i = 0; i < database->count; i++) {
        hs_database_t *alone = NULL;
        hs_compile_error_t *reason = NULL;
        bool good = hs_compile(database->expressions[i], flags, HS_MODE_BLOCK, NULL, &alone, &reason) == HS_SUCCESS;
        hs_free_database(alone);
        if (!good) {
            hs_free_compile_error(*failure);
            *failure = reason;
            return i;
        }
    }
    return UINT_MAX;
}

/* Compiles expressions, all with the same flags. *failure is NULL where that works or memory is short. */
static att_status compile_all(const char *const *expressions, unsigned count, unsigned flags, hs_database_t **out,
                              hs_compile_error_t **failure, att_error *error)
{
    unsigned *all_flags = calloc(count, sizeof *all_flags);
    unsigned *ids = calloc(count, sizeof *ids);
    att_status status = all_flags && ids ? ATT_OK : att_fail_memory(error);

    for (unsigned i = 0; i < count && !status; i++) {
        all_flags[i] = flags;
        ids[i] = i;
    }
    if (!status &&
        hs_compile_multi(expressions, all_flags, ids, count, HS_MODE_BLOCK, NULL, out, failure) != HS_SUCCESS)
        status = ATT_BAD_INPUT;
    free(all_flags);
    free(ids);
    return status;
}

static att_status compile_kind(att_database *database, unsigned flags, uint32_t *bad, char reason[256],
                               att_error *error)
{
    hs_compile_error_t *failure = NULL;
    att_status status =
        compile_all(database->expressions, database->count, flags, &database->database, &failure, error);

    if (status == ATT_BAD_INPUT) {
        unsigned index =
            failure && failure->expression >= 0 ? (unsigned)failure->expression : find_bad(database, flags, &failure);
        *bad = index < database->count ? database->elements[index] : UINT32_MAX;
        put_reason(reason, failure);
    }
    hs_free_compile_error(failure);
    return status;
}

/* Matches every text: what stands for an expression over turns that Hyperscan cannot express. */
static const char anything[] = "";

/* Expressions over turns are PCRE2's to judge. Those that Hyperscan does not take, even roughly, are tried on each
 * turn; if it does not take them together, all are. */
static att_status compile_turns(att_database *database, att_error *error)
{
    const char **expressions = calloc(database->count, sizeof *expressions);
    hs_compile_error_t *failure = NULL;
    att_status status = expressions ? ATT_OK : att_fail_memory(error);

    for (unsigned i = 0; i < database->count && !status; i++) {
        hs_expr_info_t *info = NULL;
        hs_compile_error_t *reason = NULL;
        att_span expression = att_span_of(database->expressions[i]);
        bool good = att_turn_regex_is_common(expression) && att_turn_regex_has_common_classes(expression) &&
                    hs_expression_info(database->expressions[i], ATT_TURN_FLAGS, &info, &reason) == HS_SUCCESS;
        expressions[i] = good ? database->expressions[i] : anything;
        free(info);
        hs_free_compile_error(reason);
    }
    for (unsigned round = 0; round < 2 && !status; round++) {
        status = compile_all(expressions, database->count, ATT_TURN_FLAGS, &database->database, &failure, error);
        hs_free_compile_error(failure);
        failure = NULL;
        if (status != ATT_BAD_INPUT)
            break;
        status = round == 0 ? ATT_OK : att_fail_memory(error);
        for (unsigned i = 0; i < database->count; i++)
            expressions[i] = anything;
    }
    free(expressions);
    return status;
}

att_status att_databases_compile(att_databases *databases, uint32_t *bad, char reason[256], att_error *error)
{
    att_status status = ATT_OK;

    for (unsigned kind = 0; kind < ATT_TOKEN_KINDS && !status; kind++)
        if (databases->of[kind].count)
            status =
                compile_kind(&databases->of[kind], att_expression_flags((att_database_kind)kind), bad, reason, error);
    if (!status && databases->of[ATT_TURNS].count)
        status = compile_turns(&databases->of[ATT_TURNS], error);
    return status;
}
