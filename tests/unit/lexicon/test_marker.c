/* Markers nest, inherit, and have names that paths are made of. */
#include "given.h"

#include "model/hit.h"

static void test_marker__may_be_a_map_or_simply_a_list(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  short: [hope, trust]\n"
                                      "  long:\n    label: Long form\n    entries:\n      - hope\n");
    assert_int_equal(lexicon->marker_count, 2);
    assert_int_equal(lexicon->markers[0].entry_count, 2);
    assert_null(lexicon->markers[0].label);
    assert_int_equal(lexicon->markers[1].first_entry, 2);
    assert_int_equal(lexicon->markers[1].entry_count, 1);
    assert_string_equal(lexicon->markers[1].label, "Long form");
    att_lexicon_free(lexicon);
}

static void test_marker__tree_is_kept_depth_first_with_paths(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  lang:\n    tech:\n      diag: [a]\n      symp: [b]\n    pejor: [c]\n"
                                      "  what:\n    hope: [d]\n");
    static const char *const paths[] = {"lang",       "lang.tech", "lang.tech.diag", "lang.tech.symp",
                                        "lang.pejor", "what",      "what.hope"};
    static const uint32_t parents[] = {ATT_NO_NODE, 0, 1, 1, 0, ATT_NO_NODE, 5};
    static const uint32_t depths[] = {0, 1, 2, 2, 1, 0, 1};

    assert_int_equal(lexicon->marker_count, 7);
    for (uint32_t i = 0; i < 7; i++) {
        assert_string_equal(lexicon->markers[i].path, paths[i]);
        assert_int_equal(lexicon->markers[i].parent, parents[i]);
        assert_int_equal(lexicon->markers[i].depth, depths[i]);
    }
    assert_string_equal(lexicon->markers[2].name, "diag");
    assert_int_equal(lexicon->markers[2].line, 6);
    assert_int_equal(lexicon->markers[2].column, 7);
    att_lexicon_free(lexicon);
}

static void test_marker__may_hold_entries_and_children_in_any_order(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  a:\n    b: [x]\n    entries: [y, z]\n    c: [w]\n");
    const att_marker *m = lexicon->markers;

    assert_string_equal(m[0].path, "a");
    assert_string_equal(lexicon->entries[m[0].first_entry].term, "y");
    assert_int_equal(m[0].entry_count, 2);
    assert_string_equal(lexicon->entries[m[1].first_entry].term, "x");
    assert_string_equal(lexicon->entries[m[2].first_entry].term, "w");
    for (uint32_t i = 0; i < lexicon->marker_count; i++)
        for (uint32_t k = 0; k < m[i].entry_count; k++)
            assert_int_equal(lexicon->entries[m[i].first_entry + k].marker, i);
    att_lexicon_free(lexicon);
}

static void test_marker__inherits_pole_and_senses_wherever_they_stand(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  a:\n"
                                      "    b:\n      c: [x]\n"
                                      "    d:\n      senses: [used]\n      entries: [y]\n"
                                      "    pole: technical\n"
                                      "    senses: [used, mentioned]\n"
                                      "  e: [z]\n");
    const att_marker *m = lexicon->markers;

    for (int i = 0; i < 4; i++)
        assert_int_equal(m[i].pole, ATT_TECHNICAL);
    assert_int_equal(m[2].senses, 1u << ATT_USED | 1u << ATT_MENTIONED);
    assert_int_equal(m[3].senses, 1u << ATT_USED);
    assert_int_equal(m[4].pole, ATT_NO_POLE);
    assert_int_equal(m[4].senses, 1u << ATT_USED);
    att_lexicon_free(lexicon);
}

static void test_marker__senses_may_be_one_or_many(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  a:\n    senses: reported\n    entries: [x]\n"
                                      "  b:\n    senses:\n      - used\n      - mentioned\n      - negated\n"
                                      "      - reported\n    entries: [x]\n");
    assert_int_equal(lexicon->markers[0].senses, 1u << ATT_REPORTED);
    assert_int_equal(lexicon->markers[1].senses, (1u << ATT_SENSES) - 1);
    att_lexicon_free(lexicon);
    assert_refused(HEAD "  a:\n    senses: [used, quoted]\n    entries: [x]\n",
                   "x.yml:5:20: bad sense 'quoted'; write used, mentioned, negated or reported");
    assert_refused(HEAD "  a:\n    senses: []\n",
                   "x.yml:5:13: 'senses' must be a list of senses; write it like [used, mentioned]");
    assert_refused(HEAD "  a:\n    senses: {used: 1}\n",
                   "x.yml:5:13: 'senses' must be a list of senses; write it like [used, mentioned]");
}

static void test_marker__poles_agree_from_parent_to_child(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  a:\n    pole: technical\n    b:\n      pole: technical\n      entries: [x]\n"
                                      "  c:\n    d:\n      pole: appreciative\n      entries: [y]\n");
    assert_int_equal(lexicon->markers[1].pole, ATT_TECHNICAL);
    assert_int_equal(lexicon->markers[2].pole, ATT_NO_POLE);
    assert_int_equal(lexicon->markers[3].pole, ATT_APPRECIATIVE);
    att_lexicon_free(lexicon);
    assert_refused(HEAD "  a:\n    pole: technical\n    b:\n      pole: appreciative\n      entries: [x]\n",
                   "x.yml:7:13: the pole of 'a.b' contradicts the one it has from the marker above; move it out of "
                   "that marker");
    assert_refused(HEAD "  a:\n    pole: Technical\n",
                   "x.yml:5:11: bad pole 'Technical'; write technical or appreciative");
}

static void test_marker__keeps_what_its_author_says_about_it(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  a:\n    label: Hope\n    definition: >\n      Looking\n      ahead.\n"
                                      "    note: no entries yet\n    source: Field notes, 2021\n");
    assert_string_equal(lexicon->markers[0].label, "Hope");
    assert_string_equal(lexicon->markers[0].definition, "Looking ahead.\n");
    assert_string_equal(lexicon->markers[0].note, "no entries yet");
    assert_string_equal(lexicon->markers[0].source, "Field notes, 2021");
    att_lexicon_free(lexicon);
}

#define MAY_HOLD                                                                                                       \
    "a marker may hold label, pole, definition, note, source, entries, "                                               \
    "senses, rule, within, tests, markers, and the names of markers below it"

static void test_marker__misspelt_keys_are_not_markers(void **state)
{
    (void)state;
    assert_refused(HEAD "  m:\n    entires:\n      - hope\n",
                   "x.yml:5:5: unknown key 'entires'; " MAY_HOLD "; did you mean 'entries'?");
    assert_refused(HEAD "  m:\n    lable: Hope\n    entries: [hope]\n",
                   "x.yml:5:5: unknown key 'lable'; " MAY_HOLD "; did you mean 'label'?");
    assert_refused(HEAD "  m:\n    defintion: Hope\n",
                   "x.yml:5:5: unknown key 'defintion'; " MAY_HOLD "; did you mean 'definition'?");
    assert_refused(HEAD "  m:\n    sense: [used]\n",
                   "x.yml:5:5: unknown key 'sense'; " MAY_HOLD "; did you mean 'senses'?");
    assert_refused(HEAD "  m:\n    colour: blue\n", "x.yml:5:5: unknown key 'colour'; " MAY_HOLD);
    assert_refused(HEAD "  m:\n    lable:\n    entries: [hope]\n",
                   "x.yml:5:5: unknown key 'lable'; " MAY_HOLD "; did you mean 'label'?");
}

static void test_marker__names_near_a_text_key_are_fine_where_they_hold_entries(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  m:\n    hope: [hope]\n    role: [role]\n    people: {entries: [people]}\n"
                                      "    labels: [x]\n");
    assert_string_equal(lexicon->markers[1].path, "m.hope");
    assert_string_equal(lexicon->markers[2].path, "m.role");
    assert_string_equal(lexicon->markers[3].path, "m.people");
    assert_string_equal(lexicon->markers[4].path, "m.labels");
    att_lexicon_free(lexicon);
    assert_refused(
        HEAD "  m:\n    label: [x]\n",
        "x.yml:5:12: 'label' must be a text; quote it, or, where it is a marker's name, put the marker below "
        "'markers:'");
}

static void test_marker__below_markers_any_name_will_do(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  m:\n    label: Speech\n    a: [x]\n    markers:\n      label: [y]\n"
                                      "      entires: [z]\n      note: {label: Notes, entries: [w]}\n");
    assert_string_equal(lexicon->markers[0].label, "Speech");
    assert_string_equal(lexicon->markers[1].path, "m.a");
    assert_string_equal(lexicon->markers[2].path, "m.label");
    assert_string_equal(lexicon->markers[3].path, "m.entires");
    assert_string_equal(lexicon->markers[4].path, "m.note");
    assert_string_equal(lexicon->markers[4].label, "Notes");
    assert_int_equal(lexicon->markers[4].parent, 0);
    att_lexicon_free(lexicon);
    assert_refused(HEAD "  m:\n    a: [x]\n    markers:\n      a: [y]\n",
                   "x.yml:7:7: the marker 'a' is here twice; put all of it in one place");
    assert_refused(HEAD "  m:\n    markers:\n      label: text\n",
                   "x.yml:6:14: 'label' must be a marker; write its entries as a list below it");
    assert_refused(HEAD "  m:\n    markers: [x]\n", "x.yml:5:14: 'markers' must hold marker names; write each with a "
                                                    "colon and its entries below it");
}

static void test_marker__names_are_words_of_any_script(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  Größe_2: [a]\n  диагноз: [b]\n  निदान: [c]\n  診断: [d]\n  peer-support: [e]\n"
                                      "  no: [f]\n  3: [g]\n");
    assert_string_equal(lexicon->markers[2].path, "निदान");
    assert_string_equal(lexicon->markers[5].path, "no");
    att_lexicon_free(lexicon);
}

static void test_marker__names_hold_no_signs(void **state)
{
    static const char *const bad[] = {"a.b", "a b", "'a,b'", "a/b", "\"a'b\"", "'a\"b'", "a*"};
    static const char *const shown_as[] = {"a.b", "a b", "a,b", "a/b", "a'b", "a\"b", "a*"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char yaml[100];
        char message[200];
        (void)snprintf(yaml, sizeof yaml, HEAD "  %s: [x]\n", bad[i]);
        (void)snprintf(message, sizeof message,
                       "x.yml:4:3: bad marker name '%s'; use letters, digits, _ and - only (a dot separates the names "
                       "in a path)",
                       shown_as[i]);
        assert_refused(yaml, message);
    }
}

static void test_marker__very_long_names_are_refused(void **state)
{
    char yaml[400] = HEAD "  ";
    size_t size = strlen(yaml);

    (void)state;
    memset(yaml + size, 'x', 201);
    (void)snprintf(yaml + size + 201, sizeof yaml - size - 201, ": [a]\n");
    assert_refused(yaml, "x.yml:4:3: a marker name of more than 200 bytes; shorten it and use 'label:'");
}

static void test_marker__pole_is_no_name_at_the_top(void **state)
{
    (void)state;
    assert_refused(HEAD "  pole: [x]\n",
                   "x.yml:4:3: 'pole' is the name of the poles' own rows in the results; give the marker another");
    assert_refused(HEAD "  entries: [x]\n",
                   "x.yml:4:3: 'entries' stands outside a marker; put it below the marker's name, indented");
    assert_refused(HEAD "  label: Mine\n",
                   "x.yml:4:3: 'label' stands outside a marker; put it below the marker's name, indented");
}

static void test_marker__same_name_twice_is_refused(void **state)
{
    (void)state;
    assert_refused(HEAD "  a: [x]\n  b: [y]\n  a: [z]\n",
                   "x.yml:6:3: the key 'a' stands here already, on line 4; join the two or rename one");
}

static void test_marker__needs_at_least_one(void **state)
{
    static const char nothing[] = "x.yml:3:1: 'markers' holds nothing; add a marker with its entries below it";

    (void)state;
    assert_refused(HEAD, nothing);
    assert_refused("name: Test\nlanguage: en\nmarkers: {}\n", nothing);
    assert_refused("name: Test\nlanguage: en\nmarkers: []\n", nothing);
    assert_refused("name: Test\nlanguage: en\nmarkers: [a]\n",
                   "x.yml:3:10: 'markers' must hold marker names; write each with a colon and its entries below it");
    assert_refused("name: Test\nlanguage: en\nmarkers: some\n",
                   "x.yml:3:10: 'markers' must hold marker names; write each with a colon and its entries below it");
}

static void test_marker__entries_are_a_list(void **state)
{
    (void)state;
    assert_refused(HEAD "  m:\n    entries: hope\n",
                   "x.yml:5:14: 'entries' must be a list; begin each entry with a dash, below the key");
    assert_refused(HEAD "  m:\n    entries:\n      hope: trust\n",
                   "x.yml:6:7: 'entries' must be a list; begin each entry with a dash, below the key");
}

static void test_marker__nests_as_deep_as_the_file_may(void **state)
{
    att_buffer yaml = {0};

    (void)state;
    att_buffer_text(&yaml, "name: Test\nlanguage: en\nmarkers: ");
    for (int i = 0; i < 60; i++)
        att_buffer_text(&yaml, "{m: ");
    att_buffer_text(&yaml, "[x]");
    for (int i = 0; i < 60; i++)
        att_buffer_char(&yaml, '}');
    att_lexicon *lexicon = given(yaml.data);
    assert_int_equal(lexicon->marker_count, 60);
    assert_int_equal(lexicon->markers[59].depth, 59);
    assert_int_equal(strlen(lexicon->markers[59].path), 60 + 59);
    att_lexicon_free(lexicon);
    att_buffer_clear(&yaml);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marker__may_be_a_map_or_simply_a_list),
        cmocka_unit_test(test_marker__tree_is_kept_depth_first_with_paths),
        cmocka_unit_test(test_marker__may_hold_entries_and_children_in_any_order),
        cmocka_unit_test(test_marker__inherits_pole_and_senses_wherever_they_stand),
        cmocka_unit_test(test_marker__senses_may_be_one_or_many),
        cmocka_unit_test(test_marker__poles_agree_from_parent_to_child),
        cmocka_unit_test(test_marker__keeps_what_its_author_says_about_it),
        cmocka_unit_test(test_marker__misspelt_keys_are_not_markers),
        cmocka_unit_test(test_marker__names_near_a_text_key_are_fine_where_they_hold_entries),
        cmocka_unit_test(test_marker__names_are_words_of_any_script),
        cmocka_unit_test(test_marker__names_hold_no_signs),
        cmocka_unit_test(test_marker__very_long_names_are_refused),
        cmocka_unit_test(test_marker__pole_is_no_name_at_the_top),
        cmocka_unit_test(test_marker__same_name_twice_is_refused),
        cmocka_unit_test(test_marker__below_markers_any_name_will_do),
        cmocka_unit_test(test_marker__needs_at_least_one),
        cmocka_unit_test(test_marker__entries_are_a_list),
        cmocka_unit_test(test_marker__nests_as_deep_as_the_file_may),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
