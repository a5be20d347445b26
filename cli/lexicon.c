/* attune lexicon list, show, check, compile: work on lexicons. */
#include "command.h"
#include "messages.h"
#include "rows.h"
#include "suggest.h"
#include "terminal.h"

#include <attune/lexicon.h>
#include <attune/text.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const cli_option list_options[] = {
    {"as", 0, false, "table|csv", "how it looks: aligned (default on a terminal) or CSV (default in a pipe)"},
    {0},
};
static const cli_option show_options[] = {
    {"marker", 0, true, "M", "only this marker and those below it; may be given several times"},
    {"entries", 0, false, NULL, "with the entries of every marker"},
    {"types", 0, true, "CORPUS",
     "instead: which word forms each entry catches in these transcripts (a file, a folder, a pattern), and how often; "
     "may "
     "be given several times"},
    {0},
};
static const cli_option check_options[] = {
    {"corpus", 0, true, "CORPUS",
     "also name the globs that catch many word forms in these transcripts (a file, a folder, a pattern); may be given "
     "several times"},
    {"most", 0, false, "N", "how many forms a glob may catch there (30)"},
    {0},
};
static const cli_option dictionary_options[] = {
    {"lang", 0, false, "TAG", "the language of a dictionary of another program (en, de, ...), which does not say it"},
    {"encoding", 0, false, "NAME", "its encoding (windows-1252, Shift_JIS, ...) instead of finding it out"},
    {0},
};
static const cli_option *const options_of_list[] = {list_options, cli_common_options, NULL};
static const cli_option *const options_of_show[] = {show_options, list_options, dictionary_options, cli_common_options,
                                                    NULL};
static const cli_option *const options_of_check[] = {check_options, dictionary_options, cli_common_options, NULL};
static const cli_option *const options_of_compile[] = {list_options, dictionary_options, cli_common_options, NULL};

static att_status add_builtin(cli_rows *rows, const att_builtin *builtin, att_error *error)
{
    att_lexicon *lexicon = NULL;
    att_status status = att_lexicon_load(&lexicon, builtin->name, NULL, error);
    if (status != ATT_OK) {
        return status;
    }
    char markers[24];
    char entries[24];
    snprintf(markers, sizeof markers, "%zu", att_lexicon_marker_count(lexicon));
    snprintf(entries, sizeof entries, "%zu", att_lexicon_entry_count(lexicon));
    const char *const cells[] = {builtin->name, att_lexicon_language(lexicon), att_lexicon_version(lexicon), markers,
                                 entries,       att_lexicon_licence(lexicon)};
    status = cli_rows_add(rows, cells, error);
    att_lexicon_free(lexicon);
    return status;
}

static att_status run_list(const cli_options *options, att_error *error)
{
    size_t at = 0;
    const char *extra = cli_options_next(options, NULL, &at);
    if (extra) {
        return att_fail(error, ATT_USAGE, NULL, 0, 0,
                        "'lexicon list' takes no arguments; 'attune lexicon show %s' shows one lexicon", extra);
    }
    bool csv = cli_rows_as_csv(options);
    cli_rows rows = {.columns = 6, .right = {[3] = true, [4] = true}};
    static const char *const heading[] = {"name", "language", "version", "markers", "entries", "licence"};
    att_status status = cli_rows_add(&rows, heading, error);
    for (size_t i = 0; i < att_builtin_count() && status == ATT_OK; i++) {
        status = add_builtin(&rows, att_builtin_get(i), error);
    }
    if (status == ATT_OK) {
        status = cli_rows_print(&rows, csv, error);
    }
    cli_rows_clear(&rows);
    return status;
}

/* Is the marker one of those asked for, or below one? All are where none is asked for. */
static bool wanted(const cli_options *options, const char *path)
{
    size_t at = 0;
    const char *marker = cli_options_next(options, "marker", &at);
    bool all = !marker;
    bool found = false;
    for (; marker && !found; marker = cli_options_next(options, "marker", &at)) {
        size_t size = strlen(marker);
        found = strncmp(path, marker, size) == 0 && (path[size] == '\0' || path[size] == '.');
    }
    return all || found;
}

/* Every --marker must be in the lexicon. */
static att_status check_markers(const att_lexicon *lexicon, const cli_options *options, att_error *error)
{
    size_t at = 0;
    for (const char *marker; (marker = cli_options_next(options, "marker", &at));) {
        cli_suggestion nearest = cli_suggest_begin(marker);
        bool found = false;
        for (size_t i = 0; i < att_lexicon_marker_count(lexicon) && !found; i++) {
            const char *path = att_lexicon_marker(lexicon, i).path;
            found = strcmp(path, marker) == 0;
            cli_suggest_offer(&nearest, path);
        }
        if (!found && nearest.best) {
            return att_fail(error, ATT_USAGE, NULL, 0, 0, "%s has no marker '%s'; did you mean '%s'?",
                            att_lexicon_name(lexicon), marker, nearest.best);
        }
        if (!found) {
            return att_fail(error, ATT_USAGE, NULL, 0, 0,
                            "%s has no marker '%s'; 'attune lexicon show' without --marker lists all",
                            att_lexicon_name(lexicon), marker);
        }
    }
    return ATT_OK;
}

/* Its own entries and those of all markers below it, which follow it directly. */
static size_t entries_below(const att_lexicon *lexicon, size_t index)
{
    att_marker_view marker = att_lexicon_marker(lexicon, index);
    size_t count = marker.entry_count;
    for (size_t i = index + 1; i < att_lexicon_marker_count(lexicon); i++) {
        att_marker_view below = att_lexicon_marker(lexicon, i);
        if (below.depth <= marker.depth) {
            break;
        }
        count += below.entry_count;
    }
    return count;
}

static att_status add_entry(cli_rows *rows, size_t depth, att_entry_view entry, att_error *error)
{
    char *indented = NULL;
    char weight[40] = "";
    if (entry.weight != 1) {
        snprintf(weight, sizeof weight, " (weight %.13g)", entry.weight);
    }
    if (asprintf(&indented, "%*s- %s%s", (int)(2 * depth), "", entry.term, weight) < 0) {
        return att_fail_memory(error);
    }
    const char *const cells[] = {indented, "", "", ""};
    att_status status = cli_rows_add(rows, cells, error);
    free(indented);
    return status;
}

static att_status add_marker(cli_rows *rows, const att_lexicon *lexicon, size_t index, bool with_entries,
                             att_error *error)
{
    att_marker_view marker = att_lexicon_marker(lexicon, index);
    char *indented = NULL;
    char count[24];
    if (asprintf(&indented, "%*s%s", (int)(2 * marker.depth), "", marker.path) < 0) {
        return att_fail_memory(error);
    }
    snprintf(count, sizeof count, "%zu", entries_below(lexicon, index));
    const char *const cells[] = {indented, marker.label, marker.pole, count};
    att_status status = cli_rows_add(rows, cells, error);
    free(indented);
    for (size_t i = 0; with_entries && i < marker.entry_count && status == ATT_OK; i++) {
        status = add_entry(rows, marker.depth + 1, att_lexicon_entry(lexicon, marker.first_entry + i), error);
    }
    return status;
}

/* The part of a text that stands on one line: up to a line feed, or to the last blank that fits into the columns. */
static att_span first_line(att_span text, size_t columns)
{
    const char *end = memchr(text.text, '\n', text.size);
    att_span line = {text.text, end ? (size_t)(end - text.text) : text.size};
    size_t fits = att_text_head(line, columns).size;
    if (fits == line.size) {
        return line;
    }
    for (size_t size = fits; size > 0; size--) {
        if (line.text[size] == ' ') {
            return (att_span){line.text, size};
        }
    }
    return line; /* one long word: it is better whole */
}

static att_status print_heading_line(const char *name, att_span value, att_error *error)
{
    enum { INDENT = 13, WIDTH = 100, LEAST = 20 };
    int width = cli_terminal_width(stdout, WIDTH);
    size_t columns = (size_t)(width > INDENT + LEAST ? width - INDENT : LEAST);
    for (bool first = true; value.size > 0; first = false) {
        att_span line = first_line(value, columns);
        printf("%-*s", INDENT, first ? name : "");
        att_status status = cli_terminal_print(stdout, line, error);
        if (status != ATT_OK) {
            return status;
        }
        putchar('\n');
        value = (att_span){value.text + line.size, value.size - line.size};
        while (value.size > 0 && (value.text[0] == ' ' || value.text[0] == '\n')) {
            value = (att_span){value.text + 1, value.size - 1};
        }
    }
    return ATT_OK;
}

/* The markers of each group that exclude each other, a line each. */
static att_status print_exclusive(const att_lexicon *lexicon, att_error *error)
{
    att_status status = ATT_OK;
    for (size_t group = 0; status == ATT_OK && att_lexicon_exclusive(lexicon, group, 0); group++) {
        char *line = NULL;
        size_t size = 0;
        FILE *text = open_memstream(&line, &size);
        if (!text) {
            return att_fail_memory(error);
        }
        for (size_t i = 0; att_lexicon_exclusive(lexicon, group, i); i++) {
            fprintf(text, "%s%s", i ? ", " : "", att_lexicon_exclusive(lexicon, group, i));
        }
        if (fclose(text) != 0) {
            status = att_fail_memory(error);
        } else {
            status = print_heading_line("exclusive", (att_span){line, size}, error);
        }
        free(line);
    }
    return status;
}

static att_status print_heading(const att_lexicon *lexicon, att_error *error)
{
    const struct {
        const char *name;
        const char *value;
    } lines[] = {
        {"name", att_lexicon_name(lexicon)},         {"language", att_lexicon_language(lexicon)},
        {"version", att_lexicon_version(lexicon)},   {"licence", att_lexicon_licence(lexicon)},
        {"citation", att_lexicon_citation(lexicon)}, {"description", att_lexicon_description(lexicon)},
        {"spelling", att_lexicon_spelling(lexicon)},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        att_status status = print_heading_line(lines[i].name, att_span_of(lines[i].value), error);
        if (status != ATT_OK) {
            return status;
        }
    }
    att_status status = print_exclusive(lexicon, error);
    putchar('\n');
    return status;
}

static att_status show_lexicon(const att_lexicon *lexicon, const cli_options *options, att_error *error)
{
    bool with_entries = cli_options_value(options, "entries") != NULL;
    cli_rows rows = {.columns = 4, .right = {[3] = true}};
    static const char *const heading[] = {"marker", "label", "pole", "entries"};
    att_status status = check_markers(lexicon, options, error);
    if (status == ATT_OK) {
        status = print_heading(lexicon, error);
    }
    if (status == ATT_OK) {
        status = cli_rows_add(&rows, heading, error);
    }
    for (size_t i = 0; i < att_lexicon_marker_count(lexicon) && status == ATT_OK; i++) {
        if (wanted(options, att_lexicon_marker(lexicon, i).path)) {
            status = add_marker(&rows, lexicon, i, with_entries, error);
        }
    }
    if (status == ATT_OK) {
        status = cli_rows_print(&rows, false, error);
    }
    cli_rows_clear(&rows);
    return status;
}

static att_status fail_no_lexicon(const char *verb, att_error *error)
{
    return att_fail(error, ATT_USAGE, NULL, 0, 0,
                    "no lexicon to %s; name a file or a built-in lexicon ('attune lexicon list')", verb);
}

/* What the options say of a dictionary. */
static att_lexicon_options dictionary_wish(const cli_options *options)
{
    return (att_lexicon_options){.language = cli_options_value(options, "lang"),
                                 .encoding = cli_options_value(options, "encoding")};
}

/* ---- which forms entries catch ---- */

typedef struct {
    const cli_options *options;
    cli_rows rows;
    bool csv;
} caught_table;

/* "ticket 12, tickets 4, ..." */
static char *join_forms(const att_caught *caught)
{
    enum { SHOWN = 8 };
    char *joined = strdup("");
    for (size_t i = 0; joined && i < caught->form_count && i <= SHOWN; i++) {
        char *longer = NULL;
        int size = i == SHOWN ? asprintf(&longer, "%s, ...", joined)
                              : asprintf(&longer, "%s%s%s %" PRIu64, joined, i ? ", " : "", caught->forms[i].form,
                                         caught->forms[i].count);
        free(joined);
        joined = size < 0 ? NULL : longer;
    }
    return joined;
}

static att_status add_caught(void *context, const att_caught *caught, att_error *error)
{
    caught_table *table = context;
    char number[24];
    if (!wanted(table->options, caught->marker)) {
        return ATT_OK;
    }
    att_status status = ATT_OK;
    if (!table->csv) {
        char *forms = join_forms(caught);
        snprintf(number, sizeof number, "%" PRIu64, caught->hits);
        const char *const cells[] = {caught->marker, caught->entry, number, forms};
        status = forms ? cli_rows_add(&table->rows, cells, error) : att_fail_memory(error);
        free(forms);
        return status;
    }
    if (!caught->form_count) {
        const char *const cells[] = {caught->marker, caught->entry, "", "0"};
        return cli_rows_add(&table->rows, cells, error);
    }
    for (size_t i = 0; i < caught->form_count && status == ATT_OK; i++) {
        snprintf(number, sizeof number, "%" PRIu64, caught->forms[i].count);
        const char *const cells[] = {caught->marker, caught->entry, caught->forms[i].form, number};
        status = cli_rows_add(&table->rows, cells, error);
    }
    return status;
}

/* The inputs that an option names. */
static att_status corpus_of(att_study *corpus, const cli_options *options, const char *option, att_error *error)
{
    size_t at = 0;
    att_status status = ATT_OK;
    for (const char *value; status == ATT_OK && (value = cli_options_next(options, option, &at));) {
        status = att_study_add(&corpus->inputs, value, error);
    }
    return status;
}

static att_status show_caught(const char *name, const att_lexicon *lexicon, const cli_options *options,
                              att_error *error)
{
    caught_table table = {.options = options, .csv = cli_rows_as_csv(options)};
    static const char *const csv[] = {"marker", "entry", "form", "count"};
    static const char *const aligned[] = {"marker", "entry", "hits", "forms"};
    const att_lexicon_options wish = dictionary_wish(options);
    att_study corpus = {0};
    att_diagnostics *diagnostics = att_diagnostics_new();
    table.rows.columns = 4;
    table.rows.right[2] = !table.csv;
    table.rows.right[3] = table.csv;
    att_status status = diagnostics ? check_markers(lexicon, options, error) : att_fail_memory(error);
    if (status == ATT_OK) {
        status = corpus_of(&corpus, options, "types", error);
    }
    if (status == ATT_OK) {
        status = cli_rows_add(&table.rows, table.csv ? csv : aligned, error);
    }
    if (status == ATT_OK) {
        status = att_lexicon_caught(name, &wish, &corpus, add_caught, &table, diagnostics, error);
    }
    att_status printed =
        status == ATT_OK || status == ATT_SKIPPED ? cli_rows_print(&table.rows, table.csv, error) : ATT_OK;
    if (diagnostics) {
        cli_messages_print(diagnostics, (cli_message_options){.notes = false});
    }
    att_diagnostics_free(diagnostics);
    cli_rows_clear(&table.rows);
    att_study_clear(&corpus);
    return printed != ATT_OK ? printed : status;
}

static att_status run_show(const cli_options *options, att_error *error)
{
    size_t at = 0;
    const char *name = cli_options_next(options, NULL, &at);
    att_status status = name ? ATT_OK : fail_no_lexicon("show", error);
    for (bool first = true; name && status == ATT_OK; first = false) {
        att_lexicon *lexicon = NULL;
        att_lexicon_options wish = dictionary_wish(options);
        status = att_lexicon_load_as(&lexicon, name, &wish, NULL, error);
        if (status == ATT_OK) {
            fputs(first ? "" : "\n", stdout);
            status = cli_options_value(options, "types") ? show_caught(name, lexicon, options, error)
                                                         : show_lexicon(lexicon, options, error);
        }
        att_lexicon_free(lexicon);
        name = cli_options_next(options, NULL, &at);
    }
    return status;
}

/* The form that editors jump by: FILE:LINE:COLUMN: severity: message. */
static att_status print_finding(const char *name, const att_diagnostic *finding, att_error *error)
{
    static const char *const severities[] = {[ATT_NOTE] = "note", [ATT_WARNING] = "warning", [ATT_ERROR] = "error"};
    att_status status = cli_terminal_print(stdout, att_span_of(finding->file ? finding->file : name), error);
    if (finding->line) {
        printf(":%" PRIu64, finding->line);
    }
    if (finding->line && finding->column) {
        printf(":%" PRIu64, finding->column);
    }
    printf(": %s: ", severities[finding->severity]);
    if (status == ATT_OK) {
        status = cli_terminal_print(stdout, att_span_of(finding->message), error);
    }
    putchar('\n');
    return status;
}

/* Adds the findings to *errors and *warnings, and the tests that were tried to *tests. */
static att_status check_lexicon(const char *name, const att_lexicon_options *wish, size_t *errors, size_t *warnings,
                                size_t *tests, att_error *error)
{
    att_diagnostics *findings = att_diagnostics_new();
    if (!findings) {
        return att_fail_memory(error);
    }
    att_status found = att_lexicon_check_as(name, wish, findings);
    att_status status = found == ATT_ENVIRONMENT ? att_fail_memory(error) : ATT_OK;
    size_t tried = 0;
    if (found == ATT_OK) {
        found = att_lexicon_try(name, wish, &tried, findings, error);
        status = found == ATT_BAD_INPUT ? ATT_OK : found;
    }
    *tests += tried;
    for (size_t i = 0; i < att_diagnostics_count(findings) && status == ATT_OK; i++) {
        const att_diagnostic *finding = att_diagnostics_get(findings, i);
        if (finding) {
            status = print_finding(name, finding, error);
        }
    }
    size_t count = att_diagnostics_count_of(findings, ATT_ERROR);
    *errors += count > 0 ? count : found != ATT_OK;
    *warnings += att_diagnostics_count_of(findings, ATT_WARNING);
    att_diagnostics_free(findings);
    return status;
}

typedef struct {
    const char *name;
    size_t most;
    size_t *warnings;
} broad_search;

/* An entry with a glob that catches many forms. */
static att_status find_broad(void *context, const att_caught *caught, att_error *error)
{
    broad_search *search = context;
    if (caught->form_count <= search->most || !strpbrk(caught->entry, "*?")) {
        return ATT_OK;
    }
    char *forms = join_forms(caught);
    char *message = NULL;
    if (!forms ||
        asprintf(&message, "'%s' of '%s' catches %zu word forms in the corpus (%s); see whether it means them all",
                 caught->entry, caught->marker, caught->form_count, forms) < 0) {
        free(forms);
        return att_fail_memory(error);
    }
    const att_diagnostic finding = {
        .severity = ATT_WARNING, .line = caught->line, .column = caught->column, .message = message};
    att_status status = print_finding(search->name, &finding, error);
    ++*search->warnings;
    free(message);
    free(forms);
    return status;
}

static att_status check_corpus(const char *name, const cli_options *options, size_t *warnings, att_error *error)
{
    broad_search search = {name, 0, warnings};
    const att_lexicon_options wish = dictionary_wish(options);
    att_study corpus = {0};
    long most = 0;
    att_diagnostics *diagnostics = att_diagnostics_new();
    att_status status =
        diagnostics ? cli_options_number(options, "most", 1, 1000000, 30, &most, error) : att_fail_memory(error);
    search.most = (size_t)most;
    if (status == ATT_OK) {
        status = corpus_of(&corpus, options, "corpus", error);
    }
    if (status == ATT_OK) {
        status = att_lexicon_caught(name, &wish, &corpus, find_broad, &search, diagnostics, error);
    }
    if (diagnostics) {
        cli_messages_print(diagnostics, (cli_message_options){.notes = false});
    }
    att_diagnostics_free(diagnostics);
    att_study_clear(&corpus);
    return status == ATT_SKIPPED ? ATT_OK : status;
}

static att_status run_check(const cli_options *options, att_error *error)
{
    size_t at = 0;
    size_t errors = 0;
    size_t warnings = 0;
    size_t tests = 0;
    att_lexicon_options wish = dictionary_wish(options);
    const char *name = cli_options_next(options, NULL, &at);
    att_status status = name ? ATT_OK : fail_no_lexicon("check", error);
    for (; name && status == ATT_OK; name = cli_options_next(options, NULL, &at)) {
        status = check_lexicon(name, &wish, &errors, &warnings, &tests, error);
        if (status == ATT_OK && cli_options_value(options, "corpus")) {
            status = check_corpus(name, options, &warnings, error);
        }
    }
    if (status != ATT_OK) {
        return status;
    }
    printf("%zu error%s, %zu warning%s", errors, errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
    if (tests) {
        printf(", %zu test%s", tests, tests == 1 ? "" : "s");
    }
    putchar('\n');
    return errors ? ATT_BAD_INPUT : ATT_OK;
}

/* What came of loading it: that compiles what is not compiled yet. */
static att_status add_compiled(cli_rows *rows, const char *name, att_lexicon_cache cache, att_error *error)
{
    static const char *const notes[] = {
        [ATT_CACHE_NO_PATTERNS] = "nothing to compile: every entry is found by hash",
        [ATT_CACHE_FEW_PATTERNS] = "compiled faster than a file is read",
        [ATT_CACHE_FOUND] = "there already",
        [ATT_CACHE_MADE] = "made",
        [ATT_CACHE_FAILED] = "not kept",
    };
    char patterns[24];
    char bytes[24];
    snprintf(patterns, sizeof patterns, "%zu", cache.patterns);
    snprintf(bytes, sizeof bytes, "%zu", cache.bytes);
    const char *const cells[] = {name, patterns, cache.file ? bytes : "", cache.file, notes[cache.state]};
    return cli_rows_add(rows, cells, error);
}

static att_status compile_lexicon(cli_rows *rows, const char *name, const att_lexicon_options *wish, att_error *error)
{
    att_lexicon *lexicon = NULL;
    att_status status = att_lexicon_load_as(&lexicon, name, wish, NULL, error);
    if (status != ATT_OK) {
        return status;
    }
    att_lexicon_cache cache = att_lexicon_cached(lexicon);
    status = add_compiled(rows, name, cache, error);
    if (status == ATT_OK && cache.state == ATT_CACHE_FAILED) {
        status = att_fail(error, ATT_ENVIRONMENT, NULL, 0, 0, "what '%s' compiles to is not kept: %s", name,
                          cache.reason ? cache.reason : "not enough memory");
    }
    att_lexicon_free(lexicon);
    return status;
}

/* What was done before something went wrong is shown too. */
static att_status run_compile(const cli_options *options, att_error *error)
{
    size_t at = 0;
    att_lexicon_options wish = dictionary_wish(options);
    const char *name = cli_options_next(options, NULL, &at);
    if (!name) {
        return fail_no_lexicon("compile", error);
    }
    cli_rows rows = {.columns = 5, .right = {[1] = true, [2] = true}};
    static const char *const heading[] = {"lexicon", "patterns", "bytes", "file", "note"};
    att_status status = cli_rows_add(&rows, heading, error);
    for (; name && status == ATT_OK; name = cli_options_next(options, NULL, &at)) {
        status = compile_lexicon(&rows, name, &wish, error);
    }
    bool csv = cli_rows_as_csv(options);
    if (rows.count > rows.columns) {
        att_status printed = cli_rows_print(&rows, csv, status == ATT_OK ? error : NULL);
        status = status == ATT_OK ? printed : status;
    }
    cli_rows_clear(&rows);
    return status;
}

const cli_command cli_command_lexicon_list = {
    .name = "lexicon list",
    .summary = "list the lexicons inside the program",
    .usage = "lexicon list [--as table|csv]",
    .description = "Lists the built-in lexicons with their language, size and licence.\n",
    .examples = "  attune lexicon list\n",
    .options = options_of_list,
    .run = run_list,
};

const cli_command cli_command_lexicon_show = {
    .name = "lexicon show",
    .summary = "show the markers of a lexicon, and its entries",
    .usage = "lexicon show LEX... [--marker M]... [--entries | --types CORPUS] [--lang TAG]",
    .description = "Shows what a lexicon says about itself and its markers as a tree: path, label, pole, and\n"
                   "the number of entries in the marker and below it. With --types: which word forms each\n"
                   "entry catches in transcripts of yours.\n",
    .examples = "  attune lexicon show en/peer-support\n"
                "  attune lexicon show en/peer-support --marker lang.tech --entries\n"
                "  attune lexicon show my-lexicon.yml --types interviews/\n",
    .options = options_of_show,
    .run = run_show,
};

const cli_command cli_command_lexicon_check = {
    .name = "lexicon check",
    .summary = "find the mistakes in a lexicon",
    .usage = "lexicon check LEX... [--corpus CORPUS [--most N]] [--lang TAG]",
    .description = "Names every finding as FILE:LINE:COLUMN and ends with the number of errors and warnings.\n"
                   "Exit code 3 when there are errors. What 'score' only warns of (an entry that stands twice\n"
                   "in a marker or in both poles, a marker without entries) is an error here. The examples\n"
                   "that a lexicon brings ('tests:') are tried.\n",
    .examples = "  attune lexicon check my-lexicon.yml\n"
                "  attune lexicon check my-lexicon.yml --corpus interviews/\n",
    .options = options_of_check,
    .run = run_check,
};

const cli_command cli_command_lexicon_compile = {
    .name = "lexicon compile",
    .summary = "compile the patterns of a lexicon ahead of time",
    .usage = "lexicon compile LEX... [--as table|csv]",
    .description = "Globs such as *diagnos* and regexes have to be compiled, which can take seconds. The first\n"
                   "run with a lexicon does that and keeps the result in $XDG_CACHE_HOME/attune, else in\n"
                   "~/.cache/attune; this command does it ahead of the first run and says where the file lies\n"
                   "and how large it is, or that none is needed. A file is good for this version of attune and\n"
                   "for this kind of processor; whatever else is found there is compiled anew, never trusted.\n",
    .examples = "  attune lexicon compile my-lexicon.yml\n",
    .options = options_of_compile,
    .run = run_compile,
};
