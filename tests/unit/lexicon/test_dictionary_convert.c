/* Dictionaries from one format to another and back, and into lexicons. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/file.h"
#include "lexicon/dictionary.h"
#include "scratch.h"

#include <attune/dictionary.h>
#include <attune/lexicon.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

static int make_scratch(void **state)
{
    (void)state;
    return scratch_make() ? 0 : -1;
}

static int drop_scratch(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

/* Converts, and returns the warnings, a line each, to be freed. */
static char *convert(const char *from, const char *to, const char *format)
{
    att_diagnostics *diagnostics = att_diagnostics_new();
    att_dictionary_options options = {.to = format, .language = "en"};
    att_error error = {.status = ATT_OK};
    att_buffer told = {0};
    size_t lost = 0;

    assert_non_null(diagnostics);
    if (att_dictionary_convert(from, to, NULL, &options, &lost, diagnostics, &error))
        fail_msg("%s to %s: %s", from, to, error.message);
    att_buffer_text(&told, "");
    for (size_t i = 0; i < att_diagnostics_count(diagnostics); i++)
        att_buffer_format(&told, "%s\n", att_diagnostics_get(diagnostics, i)->message);
    assert_int_equal(lost > 0, told.size > 0);
    att_diagnostics_free(diagnostics);
    return told.data;
}

static void assert_same_files(const char *a, const char *b)
{
    size_t size;
    char *left = scratch_read(a, &size), *right = scratch_read(b, &size);

    assert_non_null(left);
    assert_non_null(right);
    assert_string_equal(left, right);
    free(left);
    free(right);
}

/* The lexicon is the same after it was in the format, and nothing is told on the way but, where it must, `lost`. */
static void expect_kept(const char *yaml, const char *format, const char *lost)
{
    char name[32];

    snprintf(name, sizeof name, "t.%s", strcmp(format, "quanteda") == 0 ? "quanteda.yml" : format);
    const char *first = scratch_write("t.yml", yaml);
    const char *there = scratch_path(name);
    const char *back = scratch_path("back.yml");
    char *told = convert(first, there, format);
    if (strcmp(told, lost) != 0)
        fail_msg("%s: told\n%s", format, told);
    free(told);
    told = convert(there, back, "attune");
    assert_string_equal(told, "");
    free(told);
    size_t size;
    char *got = scratch_read(back, &size);
    /* quanteda's file has another name here, and what was made of it has that. */
    char *body = strstr(got, "language:");
    assert_non_null(body);
    assert_string_equal(body, strstr(yaml, "language:"));
    free(got);
}

#define SAYS(title) title " does not hold what the lexicon says of itself: 'language'\n"
#define NESTED(title)                                                                                                  \
    SAYS(title)                                                                                                        \
    title " does not hold categories in categories: 2, the first is 'glad'; they are written as paths, with dots\n"

static const char plain[] = "name: t\nlanguage: en\nmarkers:\n"
                            "  mood:\n    entries:\n      - moved\n    markers:\n"
                            "      glad:\n        - happ*\n        - looking forward\n        - you'll\n"
                            "      sad:\n        - schwermütig*\n        - 気\n        - \"no\"\n"
                            "  \"1\":\n    - top 10\n";

static void test_convert__words_phrases_and_nesting_come_back_from_every_format(void **state)
{
    (void)state;
    expect_kept(plain, "dic", SAYS("LIWC (.dic)"));
    expect_kept(plain, "dicx", NESTED("LIWC-22"));
    expect_kept(plain, "cat", SAYS("WordStat"));
    expect_kept(plain, "ykd", SAYS("Yoshikoder"));
    expect_kept(plain, "lcd", SAYS("Lexicoder 2"));
    expect_kept(plain, "lc3", NESTED("Lexicoder 3"));
    expect_kept(plain, "quanteda", SAYS("quanteda (YAML)"));
    expect_kept(plain, "csv", SAYS("a table (CSV)"));
    expect_kept(plain, "tsv", SAYS("a table (TSV)"));
}

static void test_convert__weights_come_back_where_a_format_has_them(void **state)
{
    static const char yaml[] = "name: t\nlanguage: en\nmarkers:\n"
                               "  mood:\n    - term: glad\n      weight: 1.5\n    - sad\n    - term: so\n"
                               "      weight: 0.000001\n";

    (void)state;
    expect_kept(yaml, "dicx", SAYS("LIWC-22"));
    expect_kept(yaml, "cat", SAYS("WordStat"));
    expect_kept(yaml, "ykd", SAYS("Yoshikoder"));
    expect_kept(yaml, "lcd", SAYS("Lexicoder 2"));
    expect_kept(yaml, "csv", SAYS("a table (CSV)"));
    expect_kept(yaml, "tsv", SAYS("a table (TSV)"));
}

static void test_convert__wildcards_come_back_where_a_format_has_them(void **state)
{
    static const char stars[] = "name: t\nlanguage: en\nmarkers:\n  c:\n    - \"*happ*\"\n    - un*ed\n";
    static const char questions[] = "name: t\nlanguage: en\nmarkers:\n  c:\n    - wom?n\n";
    static const char tokens[] = "name: t\nlanguage: en\nmarkers:\n  c:\n    - not * good\n";

    (void)state;
    expect_kept(stars, "cat", SAYS("WordStat"));
    expect_kept(stars, "ykd", SAYS("Yoshikoder"));
    expect_kept(stars, "lc3", SAYS("Lexicoder 3"));
    expect_kept(stars, "quanteda", SAYS("quanteda (YAML)"));
    expect_kept(questions, "cat", SAYS("WordStat"));
    expect_kept(questions, "quanteda", SAYS("quanteda (YAML)"));
    expect_kept(tokens, "quanteda", SAYS("quanteda (YAML)"));
    expect_kept(tokens, "csv", SAYS("a table (CSV)"));
}

static void test_convert__names_that_are_no_markers_come_back_from_the_label(void **state)
{
    static const char yaml[] =
        "name: t\nlanguage: en\nmarkers:\n  A_CATEGORY:\n    label: A CATEGORY\n    entries:\n      - glad\n";

    (void)state;
    expect_kept(yaml, "dic", SAYS("LIWC (.dic)"));
    expect_kept(yaml, "cat", SAYS("WordStat"));
    expect_kept(yaml, "ykd", SAYS("Yoshikoder"));
    expect_kept(yaml, "quanteda", SAYS("quanteda (YAML)"));
    expect_kept(yaml, "csv", SAYS("a table (CSV)"));
}

static void test_convert__labels_and_definitions(void **state)
{
    static const char labels[] =
        "name: t\nlanguage: en\nmarkers:\n  posemo:\n    label: Positive (and so on)\n    entries:\n      - glad\n";
    static const char definitions[] =
        "name: t\nlanguage: en\nmarkers:\n  posemo:\n    definition: \"How <one> feels & why\\nit is so.\"\n"
        "    entries:\n      - glad\n";
    static const char codes[] =
        "name: t\nlanguage: en\nmarkers:\n  mood:\n    definition: How one feels.\n    markers:\n      glad: {}\n";

    (void)state;
    expect_kept(labels, "dic", SAYS("LIWC (.dic)"));
    expect_kept(definitions, "ykd", SAYS("Yoshikoder"));
    expect_kept(definitions, "lcd", SAYS("Lexicoder 2"));
    expect_kept(codes, "qdc", SAYS("REFI-QDA codebook"));
}

static void test_convert__everything_that_is_lost_is_named_with_an_example(void **state)
{
    static const char yaml[] =
        "name: t\nlanguage: en\nversion: \"2\"\nmarkers:\n"
        "  a:\n    label: Long\n    pole: technical\n    definition: d\n    note: n\n    source: s\n"
        "    senses: [used, mentioned]\n    entries:\n"
        "      - term: one\n        weight: 2\n        note: n\n        source: s\n        case: exact\n"
        "        except: [one day]\n"
        "      - regex: 'a+'\n      - '*in*'\n      - w?n\n      - so * so\n      - plain\n      - plain too\n";
    size_t size;

    (void)state;
    const char *from = scratch_write("t.yml", yaml);
    char *told = convert(from, scratch_path("t.dic"), NULL);
    assert_string_equal(told, "LIWC (.dic) does not hold what the lexicon says of itself: 'language, version'\n"
                              "LIWC (.dic) does not hold definitions of categories: 'a'\n"
                              "LIWC (.dic) does not hold notes on categories: 'a'\n"
                              "LIWC (.dic) does not hold sources of categories: 'a'\n"
                              "LIWC (.dic) does not hold poles: 'a'\n"
                              "LIWC (.dic) does not hold the senses that a marker counts: 'a'\n"
                              "LIWC (.dic) does not hold weights: 'one'; every term counts once\n"
                              "LIWC (.dic) does not hold notes on terms: 'one'\n"
                              "LIWC (.dic) does not hold sources of terms: 'one'\n"
                              "LIWC (.dic) does not hold terms that count in their own capitals only: 'one'; they "
                              "count in any\n"
                              "LIWC (.dic) does not hold exceptions: 'one'; the terms count there too\n"
                              "LIWC (.dic) does not hold regular expressions: 'a+'; such terms are left out\n"
                              "LIWC (.dic) does not hold the wildcard * but at the end of a word: '*in*'; such terms "
                              "are left out\n"
                              "LIWC (.dic) does not hold the wildcard ?: 'w?n'; such terms are left out\n"
                              "LIWC (.dic) does not hold the wildcard * for a whole word: 'so * so'; such terms are "
                              "left out\n");
    free(told);
    char *written = scratch_read(scratch_path("t.dic"), &size);
    assert_string_equal(written, "%\n1\ta (Long)\n%\none\t1\nplain\t1\nplain too\t1\n");
    free(written);
}

static void test_convert__a_lexicon_to_a_lexicon_is_the_same_bytes(void **state)
{
    (void)state;
    const char *from = scratch_write("t.yml", "# mine\nname: t\nlanguage: en\nmarkers: {a: [b, {term: c, note: d}]}\n");
    const char *to = scratch_path("u.yaml");
    char *told = convert(from, to, NULL);
    assert_string_equal(told, "");
    free(told);
    assert_same_files(from, to);
}

static void test_convert__a_term_of_a_category_is_listed_for_those_above_it(void **state)
{
    size_t size;

    (void)state;
    const char *from = scratch_write("t.yml", plain);
    free(convert(from, scratch_path("t.dic"), NULL));
    char *dic = scratch_read(scratch_path("t.dic"), &size);
    assert_non_null(strstr(dic, "happ*\t1\t2\n"));
    free(dic);
    free(convert(from, scratch_path("t.dicx"), NULL));
    char *dicx = scratch_read(scratch_path("t.dicx"), &size);
    assert_non_null(strstr(dicx, "DicTerm,mood,mood.glad,mood.sad,1\n"));
    assert_non_null(strstr(dicx, "happ*,X,X,,\n"));
    free(dicx);
}

/* Messages of conversions that fail. */
static void expect_error(const char *from, const char *to, const char *format, const char *language, att_status status,
                         const char *message)
{
    att_dictionary_options options = {.to = format, .language = language};
    att_error error = {.status = ATT_OK};
    size_t lost = 0;

    assert_int_equal(att_dictionary_convert(from, to, NULL, &options, &lost, NULL, &error), status);
    if (!strstr(error.message, message))
        fail_msg("'%s' lacks '%s'", error.message, message);
}

static void test_convert__errors_say_what_to_do(void **state)
{
    (void)state;
    const char *dic = scratch_write("t.dic", "%\n1\ta\n%\nb\t1\n");
    const char *yml = scratch_path("never.yml");
    expect_error(dic, yml, NULL, NULL, ATT_USAGE, "name it with --lang");
    expect_error(dic, yml, NULL, "english", ATT_USAGE, "bad language 'english'");
    expect_error(dic, scratch_path("t.doc"), NULL, "en", ATT_USAGE, "name one with --to: attune, dic, dicx");
    expect_error(dic, yml, "word", "en", ATT_USAGE, "there is no such format");
    expect_error(scratch_path("nowhere.dic"), yml, NULL, "en", ATT_BAD_INPUT, "there is no such file");
    size_t size;
    assert_null(scratch_read(yml, &size));
}

static void test_read__errors_have_file_and_line(void **state)
{
    static const struct {
        const char *name, *text, *message;
    } cases[] = {
        {"a.dic", "%\n1\ta\nb\t1\n", "a.dic:3: the list of categories does not end"},
        {"a.dic", "a\t1\n", "a.dic:1: a LIWC dictionary begins with"},
        {"a.dic", "%\n99999999\ta\n%\n", "a.dic:2: a category number of more than six digits"},
        {"a.dic", "%\n%\n", "a.dic: holds no category"},
        {"a.dicx", "Term,a\nb,X\n", "a.dicx:1: the first line of a .dicx names the columns"},
        {"a.dicx", "DicTerm,a\nb,\"X\n", "a.dicx:2: a quotation mark is never closed"},
        {"a.cat", "\tGLAD (1)\n", "a.cat:1: a term stands before the first category"},
        {"a.lc3", "glad\n", "a.lc3:1: a term stands before the first category"},
        {"a.ykd", "<dictionary><cnode name='a'></dictionary>", "a.ykd:1: is not well-formed XML"},
        {"a.ykd", "<dictionary>\n<pnode name='a'/></dictionary>", "a.ykd:2: a pnode stands outside of a cnode"},
        {"a.ykd", "<other/>", "a.ykd:1: the outermost element is <other>"},
        {"a.qdc", "<Project/>", "a.qdc:1: the outermost element is <Project>"},
        {"a.yml", "a: [b\n", "a.yml:"},
        {"a.yml", "- a\n- b\n", "a.yml:1: a quanteda dictionary in YAML is a map of categories"},
        {"a.csv", "a,b\nc,d\n", "a.csv:1: the first line must name the columns"},
        {"a.csv", "marker,term\n,b\n", "a.csv:2: a row has a term but no marker"},
        {"a.csv", "marker,term,weight\na,b,much\n", "a.csv:2: a weight is no number"},
        {"a.txt", "just text\n", "a.txt: is no dictionary that attune knows"},
        {"a.dic", "", "a.dic:1: a LIWC dictionary begins with"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_dictionary dictionary = {0};
        const att_dictionary_format *format = NULL;
        att_error error = {.status = ATT_OK};
        assert_int_equal(
            att_dictionary_read(&dictionary, &format, cases[i].name, att_span_of(cases[i].text), NULL, NULL, &error),
            ATT_BAD_INPUT);
        if (strncmp(error.message, cases[i].message, strlen(cases[i].message)) != 0)
            fail_msg("'%s' should begin with '%s'", error.message, cases[i].message);
        att_dictionary_clear(&dictionary);
    }
}

static void test_read__content_goes_before_the_name(void **state)
{
    (void)state;
    assert_ptr_equal(att_dictionary_recognise("a.txt", att_span_of("%\n1\ta\n%\n")), &att_dictionary_liwc);
    assert_ptr_equal(att_dictionary_recognise("a.cat", att_span_of("\n%\n1\ta\n%\n")), &att_dictionary_liwc);
    assert_ptr_equal(att_dictionary_recognise("a", att_span_of("+A\nb\n")), &att_dictionary_lc3);
    assert_ptr_equal(att_dictionary_recognise("a.lcd", att_span_of("<dictionary/>")), &att_dictionary_lcd);
    assert_ptr_equal(att_dictionary_recognise("a.xml", att_span_of("<dictionary/>")), &att_dictionary_yoshikoder);
    assert_ptr_equal(att_dictionary_recognise("a.csv", att_span_of("DicTerm,a\nb,X\n")), &att_dictionary_dicx);
    assert_ptr_equal(att_dictionary_recognise("a.txt", att_span_of("term\tmarker\n")), &att_dictionary_tsv);
    assert_ptr_equal(att_dictionary_recognise("a.txt", att_span_of("A\n\tb (1)\n")), &att_dictionary_wordstat);
    assert_ptr_equal(att_dictionary_recognise("a.yml", att_span_of("a: [b]\n")), &att_dictionary_quanteda);
    assert_ptr_equal(att_dictionary_recognise("a.yml", att_span_of("name: a\nmarkers:\n")), &att_dictionary_attune);
    assert_null(att_dictionary_recognise("a.txt", att_span_of("a b c\n")));
}

/* Every beginning of every case is read, or refused with a message. */
static void test_read__files_that_break_off(void **state)
{
    glob_t found;

    (void)state;
    assert_int_equal(glob("tests/cases/dictionaries/*/*/input.*", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        size_t size;
        char *bytes = scratch_read(found.gl_pathv[i], &size);
        assert_non_null(bytes);
        for (size_t cut = 0; cut <= size; cut++) {
            att_dictionary dictionary = {0};
            const att_dictionary_format *format = NULL;
            att_error error = {.status = ATT_OK};
            char *exact = malloc(cut + 1);
            assert_non_null(exact);
            memcpy(exact, bytes, cut);
            att_status status = att_dictionary_read(&dictionary, &format, found.gl_pathv[i], (att_span){exact, cut},
                                                    NULL, NULL, &error);
            assert_true(status == ATT_OK || (status == ATT_BAD_INPUT && error.message[0]));
            att_dictionary_clear(&dictionary);
            free(exact);
        }
        free(bytes);
    }
    globfree(&found);
}

/* ---- As lexicons */

static att_lexicon *load(const char *path, const char *language, att_diagnostics *diagnostics)
{
    att_lexicon *lexicon = NULL;
    att_lexicon_options options = {.language = language};
    att_error error = {.status = ATT_OK};

    if (att_lexicon_load_as(&lexicon, path, &options, diagnostics, &error))
        fail_msg("%s", error.message);
    return lexicon;
}

static void test_load__a_dictionary_is_a_lexicon_of_the_language_that_is_said(void **state)
{
    (void)state;
    const char *path = scratch_write("my mood.dic", "%\n1\tone more (One)\n\t2\tlabel\n%\nrain*\t1\nglad\t1\t2\n");
    att_lexicon *lexicon = load(path, "de", NULL);
    assert_string_equal(att_lexicon_name(lexicon), "my mood");
    assert_string_equal(att_lexicon_language(lexicon), "de");
    assert_int_equal(att_lexicon_marker_count(lexicon), 2);
    assert_string_equal(att_lexicon_marker(lexicon, 0).path, "one_more");
    assert_string_equal(att_lexicon_marker(lexicon, 0).label, "One");
    assert_string_equal(att_lexicon_marker(lexicon, 1).path, "one_more.label");
    assert_string_equal(att_lexicon_entry(lexicon, 0).term, "rain*");
    assert_int_equal(att_lexicon_entry(lexicon, 1).line, 6);
    att_lexicon *other = load(path, "en", NULL);
    assert_true(att_lexicon_hash(lexicon) != att_lexicon_hash(other));
    att_lexicon_free(lexicon);
    att_lexicon_free(other);
}

static void test_load__without_a_language_is_an_error_that_says_so(void **state)
{
    att_lexicon *lexicon = NULL;
    att_error error = {.status = ATT_OK};

    (void)state;
    const char *path = scratch_write("a.lc3", "+A\nb\n");
    assert_int_equal(att_lexicon_load(&lexicon, path, NULL, &error), ATT_USAGE);
    assert_non_null(strstr(error.message, "a.lc3: a dictionary (Lexicoder 3) does not say its language; name it with "
                                          "--lang, such as --lang en"));
}

static void test_load__what_attune_cannot_find_is_left_out_with_a_warning(void **state)
{
    att_diagnostics *diagnostics = att_diagnostics_new();

    (void)state;
    const char *path =
        scratch_write("a.dic", "%\n1\ta\n%\n:)\t1\n:-D\t1\n<3\t1\nw/o\t1\nr&b\t1\nit's\t1\nu.s.\t1\n...\t1\n");
    att_lexicon *lexicon = load(path, "en", diagnostics);
    assert_int_equal(att_lexicon_entry_count(lexicon), 2);
    assert_string_equal(att_lexicon_entry(lexicon, 0).term, "it's");
    assert_string_equal(att_lexicon_entry(lexicon, 1).term, "u.s.");
    assert_int_equal(att_diagnostics_count(diagnostics), 1);
    assert_non_null(strstr(att_diagnostics_get(diagnostics, 0)->message,
                           "a lexicon does not hold signs that are no words (smileys, punctuation): 6, the first is "));
    att_lexicon_free(lexicon);
    att_diagnostics_free(diagnostics);
}

static void test_load__names_that_become_one_are_told_apart(void **state)
{
    (void)state;
    const char *path = scratch_write("a.cat", "A B\n\tc (1)\nA-B\n\td (1)\nA/B\n\te (1)\n!!\n\tf (1)\npole\n\tg (1)\n");
    att_lexicon *lexicon = load(path, "en", NULL);
    static const char *const paths[] = {"A_B", "A-B", "A_B_2", "unnamed", "pole_2"};
    assert_int_equal(att_lexicon_marker_count(lexicon), 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(att_lexicon_marker(lexicon, i).path, paths[i]);
    att_lexicon_free(lexicon);
}

static void test_load__yaml_of_quanteda_needs_a_language_to_be_one(void **state)
{
    att_lexicon *lexicon = NULL;
    att_error error = {.status = ATT_OK};

    (void)state;
    const char *path = scratch_write("q.yml", "hope: [hope*]\n");
    assert_int_equal(att_lexicon_load(&lexicon, path, NULL, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "markers:"));
    lexicon = load(path, "en", NULL);
    assert_string_equal(att_lexicon_marker(lexicon, 0).path, "hope");
    att_lexicon_free(lexicon);
}

/* A WordStat dictionary of categories in categories, with a term in the last. */
static char *nested(size_t levels)
{
    att_buffer text = {0};

    for (size_t level = 0; level <= levels; level++) {
        for (size_t i = 0; i < level; i++)
            att_buffer_char(&text, '\t');
        att_buffer_text(&text, level < levels ? "a\n" : "b (1)\n");
    }
    return text.data;
}

static void test_load__categories_nest_as_deep_as_a_lexicon_can_say(void **state)
{
    (void)state;
    char *text = nested(26);
    const char *path = scratch_write("deep.cat", text);
    free(convert(path, scratch_path("deep.yml"), NULL));
    att_lexicon *lexicon = load(scratch_path("deep.yml"), NULL, NULL);
    assert_int_equal(att_lexicon_marker_count(lexicon), 26);
    assert_int_equal(att_lexicon_entry_count(lexicon), 1);
    att_lexicon_free(lexicon);
    free(text);
    text = nested(27);
    path = scratch_write("deep.cat", text);
    expect_error(path, scratch_path("deeper.yml"), NULL, "en", ATT_BAD_INPUT,
                 "deep.cat:27: categories nested more than 25 levels deep; make the tree flatter");
    free(text);
}

/* ---- What others wrote, where it is at hand */

/* Markers and entries of a lexicon, in small letters. */
static char *outline(const att_lexicon *lexicon)
{
    att_buffer text = {0};

    for (size_t i = 0; i < att_lexicon_marker_count(lexicon); i++) {
        att_marker_view marker = att_lexicon_marker(lexicon, i);
        att_buffer_format(&text, "%s:", marker.path);
        for (size_t e = 0; e < marker.entry_count; e++)
            att_buffer_format(&text, " %s,", att_lexicon_entry(lexicon, marker.first_entry + e).term);
        att_buffer_char(&text, '\n');
    }
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= 'A' && text.data[i] <= 'Z')
            text.data[i] = (char)(text.data[i] + 32);
    return text.data;
}

static void test_samples__all_load_and_mary_is_the_same_in_every_format(void **state)
{
    glob_t found;

    (void)state;
    if (glob("../shared/samples/dictionaries/*", 0, NULL, &found) != 0)
        skip();
    for (size_t i = 0; i < found.gl_pathc; i++) {
        att_lexicon *lexicon = load(found.gl_pathv[i], "en", NULL);
        char *got = outline(lexicon);
        if (strstr(found.gl_pathv[i], "/mary."))
            assert_string_equal(got, "a_category: more, lamb, little,\nanother_category: had, mary,\n");
        if (strstr(found.gl_pathv[i], "/windows-1252.cat"))
            assert_string_equal(got, "latin: s, z, y,\nnon-latin: Š, Ž, Ÿ,\n");
        free(got);
        att_lexicon_free(lexicon);
    }
    globfree(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_convert__words_phrases_and_nesting_come_back_from_every_format),
        cmocka_unit_test(test_convert__weights_come_back_where_a_format_has_them),
        cmocka_unit_test(test_convert__wildcards_come_back_where_a_format_has_them),
        cmocka_unit_test(test_convert__names_that_are_no_markers_come_back_from_the_label),
        cmocka_unit_test(test_convert__labels_and_definitions),
        cmocka_unit_test(test_convert__everything_that_is_lost_is_named_with_an_example),
        cmocka_unit_test(test_convert__a_lexicon_to_a_lexicon_is_the_same_bytes),
        cmocka_unit_test(test_convert__a_term_of_a_category_is_listed_for_those_above_it),
        cmocka_unit_test(test_convert__errors_say_what_to_do),
        cmocka_unit_test(test_read__errors_have_file_and_line),
        cmocka_unit_test(test_read__content_goes_before_the_name),
        cmocka_unit_test(test_read__files_that_break_off),
        cmocka_unit_test(test_load__a_dictionary_is_a_lexicon_of_the_language_that_is_said),
        cmocka_unit_test(test_load__without_a_language_is_an_error_that_says_so),
        cmocka_unit_test(test_load__what_attune_cannot_find_is_left_out_with_a_warning),
        cmocka_unit_test(test_load__names_that_become_one_are_told_apart),
        cmocka_unit_test(test_load__yaml_of_quanteda_needs_a_language_to_be_one),
        cmocka_unit_test(test_load__categories_nest_as_deep_as_a_lexicon_can_say),
        cmocka_unit_test(test_samples__all_load_and_mary_is_the_same_in_every_format),
    };

    return cmocka_run_group_tests(tests, make_scratch, drop_scratch);
}
