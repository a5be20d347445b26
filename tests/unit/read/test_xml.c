/* The shared XML reader: what it gives, and that no file can make it fetch, grow, print or crash. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "read/language_tag.h"
#include "read/tiers.h"
#include "base/xml.h"
#include "scratch.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Elements as <name a=value>, text as it is, ends as </>. */
static att_status note_start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    att_buffer *seen = context;

    (void)xml, (void)error;
    att_buffer_format(seen, "<%s", element->name);
    for (size_t i = 0; i < element->attribute_count; i++) {
        att_buffer_format(seen, " %s=", element->attributes[i].name);
        att_buffer_span(seen, element->attributes[i].value);
    }
    att_buffer_char(seen, '>');
    return ATT_OK;
}

static att_status note_end(void *context, const att_xml *xml, const char *name, att_error *error)
{
    (void)xml, (void)error, (void)name;
    att_buffer_text(context, "</>");
    return ATT_OK;
}

static att_status note_text(void *context, const att_xml *xml, att_span text, att_error *error)
{
    (void)xml, (void)error;
    att_buffer_span(context, text);
    return ATT_OK;
}

static const att_xml_handler noting = {note_start, note_end, note_text};

static void expect_bytes(const char *bytes, size_t size, const char *wanted)
{
    att_buffer seen = {0};
    att_error error = {0};

    assert_int_equal(att_xml_parse((att_span){bytes, size}, "a.xml", &noting, &seen, &error), ATT_OK);
    assert_string_equal(seen.data, wanted);
    att_buffer_clear(&seen);
}

static void expect(const char *xml, const char *wanted)
{
    expect_bytes(xml, strlen(xml), wanted);
}

static void expect_error_bytes(const char *bytes, size_t size, const char *message)
{
    att_buffer seen = {0};
    att_error error = {0};

    assert_int_equal(att_xml_parse((att_span){bytes, size}, "a.xml", &noting, &seen, &error), ATT_BAD_INPUT);
    if (strncmp(error.message, message, strlen(message)) != 0)
        fail_msg("got\n%s\nexpected\n%s", error.message, message);
    att_buffer_clear(&seen);
}

static void expect_error(const char *xml, const char *message)
{
    expect_error_bytes(xml, strlen(xml), message);
}

static void test_xml__elements_attributes_and_text(void **state)
{
    (void)state;
    expect("<?xml version='1.0'?><!-- c --><r><?p i?><w:a xmlns:w='u' w:id='1' xml:lang='en' n='&lt;&#65;&amp;'>x<!-- "
           "c -->y"
           "<![CDATA[<z>]]>&gt;&#xE9;</w:a></r>",
           "<r><a id=1 xml:lang=en n=<A&>xy<z>>\xC3\xA9</></>");
    expect("<undeclared:r undeclared:a='1'/>", "<r a=1></>");
}

static void test_xml__encodings(void **state)
{
    static const char utf16[] = "\xFF\xFE<\0r\0>\0\xE9\0<\0/\0r\0>\0";
    static const char utf16_big[] = "\xFE\xFF\0<\0r\0>\0\xE9\0<\0/\0r\0>";

    (void)state;
    expect("<?xml version='1.0' encoding='ISO-8859-1'?><r>\xE9</r>", "<r>\xC3\xA9</>");
    expect("<?xml version='1.0' encoding='windows-1251'?><r>\xC4\xE0</r>", "<r>\xD0\x94\xD0\xB0</>");
    expect("\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-8'?><r>\xC3\xA9</r>", "<r>\xC3\xA9</>");
    expect_bytes(utf16, sizeof utf16 - 1, "<r>\xC3\xA9</>");
    expect_bytes(utf16_big, sizeof utf16_big - 1, "<r>\xC3\xA9</>");
    expect_error("<r>\n\xE9t\xE9</r>", "a.xml:2: holds bytes that are not of the encoding its first line declares");
    expect_error("<?xml version='1.0' encoding='klingon'?><r/>",
                 "a.xml:1: holds bytes that are not of the encoding its first line declares");
}

static void test_xml__blank_lines_before_it_do_no_harm(void **state)
{
    (void)state;
    expect("\n \r\n<?xml version='1.0'?><r/>", "<r></>");
    expect_error("\n\n<?xml version='1.0'?>\n<r>", "a.xml:4: ends before its XML does");
}

static void test_xml__entities_of_the_file_stand_for_text(void **state)
{
    (void)state;
    expect("<!DOCTYPE r [<!ENTITY w 'Ward &#233;'>]><r a='in &w;'>&w;, &w;</r>",
           "<r a=in Ward \xC3\xA9>Ward \xC3\xA9, Ward \xC3\xA9</>");
    expect_error("<r>\n&nbsp;</r>", "a.xml:2: uses the entity &nbsp;, which is not declared");
}

static void test_xml__entities_of_a_dtd_that_is_not_read_have_their_usual_names(void **state)
{
    (void)state;
    expect("<!DOCTYPE r SYSTEM 'nowhere.dtd'><r a='&auml;'>&eacute;&eacute;</r>", "<r a=\xC3\xA4>\xC3\xA9\xC3\xA9</>");
    expect_error("<!DOCTYPE r SYSTEM 'nowhere.dtd'><r>&ward;</r>", "a.xml:1: uses the entity &ward;");
    expect_error("<!DOCTYPE r SYSTEM 'nowhere.dtd'><r a='&ward;'/>", "a.xml:1: uses the entity &ward;");
}

static void test_xml__nothing_expands_without_bound(void **state)
{
    static const char laughs[] = "<!DOCTYPE r [\n<!ENTITY a 'ha'>\n<!ENTITY b '&a;&a;&a;'>\n<!ENTITY c '&b;&b;'>\n]>\n"
                                 "<r>\n&c;</r>";
    att_buffer blowup = {0};

    (void)state;
    expect_error(laughs, "a.xml:7: uses the entity &c;, which is not declared in the file, or stands for");
    expect_error("<!DOCTYPE r [<!ENTITY a '&a;'>]><r b='&a;'/>", "a.xml:1: uses the entity &a;");
    expect_error("<!DOCTYPE r [<!ENTITY a '<b/>'>]><r>&a;</r>", "a.xml:1: uses the entity &a;");
    att_buffer_text(&blowup, "<!DOCTYPE r [<!ENTITY a '");
    for (int i = 0; i < 4000; i++)
        att_buffer_char(&blowup, 'x');
    att_buffer_text(&blowup, "'>]><r>");
    for (int i = 0; i < 1000; i++)
        att_buffer_text(&blowup, "&a;");
    att_buffer_text(&blowup, "</r>");
    expect_error(blowup.data, "a.xml:1: has entities that add up to more than 1048576 bytes");
    att_buffer_clear(&blowup);
}

static void test_xml__parameter_entities_are_not_followed(void **state)
{
    att_buffer seen = {0};
    att_error error = {0};
    att_span xml = att_span_of("<!DOCTYPE r [<!ENTITY % p '<!ENTITY a \"text\">'> %p; ]><r>&a;</r>");

    (void)state;
    assert_int_equal(att_xml_parse(xml, "a.xml", &noting, &seen, &error), ATT_BAD_INPUT);
    assert_null(seen.data ? strstr(seen.data, "text") : NULL);
    att_buffer_clear(&seen);
}

static void test_xml__no_file_is_fetched(void **state)
{
    char xml[1024];

    (void)state;
    scratch_make();
    const char *secret = scratch_write("secret", "secret");
    snprintf(xml, sizeof xml, "<!DOCTYPE r [<!ENTITY s SYSTEM 'file://%s'>]><r>&s;</r>", secret);
    expect_error(xml, "a.xml:1: uses the entity &s;");
    const char *dtd = scratch_write("r.dtd", "<!ENTITY s 'secret'><!ATTLIST r a CDATA 'secret'>");
    snprintf(xml, sizeof xml, "<!DOCTYPE r SYSTEM '%s'><r/>", dtd);
    expect(xml, "<r></>");
    snprintf(xml, sizeof xml, "<!DOCTYPE r SYSTEM '%s'><r>&s;</r>", dtd);
    expect_error(xml, "a.xml:1: uses the entity &s;");
    snprintf(xml, sizeof xml, "<!DOCTYPE r [<!ENTITY %% d SYSTEM '%s'> %%d;]><r>&s;</r>", dtd);
    expect_error(xml, "a.xml:1: ");
    scratch_remove();
}

static void test_xml__what_is_wrong_is_said_with_its_line(void **state)
{
    att_buffer deep = {0};

    (void)state;
    expect_error("", "a.xml: holds no text");
    expect_error(" \n\n", "a.xml: holds no text");
    expect_error("Ann: Hello.\n", "a.xml:1: is no XML");
    expect_error("<r>\n<a>\n</r>", "a.xml:3: is not well-formed XML: Opening and ending tag mismatch");
    expect_error("<r>\n<a>\nand so", "a.xml:3: ends before its XML does");
    expect_error("<r>\n<a b=", "a.xml:2: ends before its XML does");
    expect_error("<r/>\n<r/>", "a.xml:2: is not well-formed XML: Extra content");
    for (int i = 0; i < 100000; i++)
        att_buffer_text(&deep, "<a>\n");
    expect_error(deep.data, "a.xml:201: has elements nested more than 200 deep");
    att_buffer_clear(&deep);
}

/* "<r" with so many attributes of the form, and what follows. */
static void expect_many_error(const char *before, unsigned count, const char *form, const char *after,
                              const char *message)
{
    att_buffer xml = {0};

    att_buffer_text(&xml, before);
    for (unsigned i = 0; i < count; i++)
        att_buffer_format(&xml, form, i); /* NOLINT(clang-diagnostic-format-nonliteral) */
    att_buffer_text(&xml, after);
    expect_error(xml.data, message);
    att_buffer_clear(&xml);
}

static void test_xml__what_takes_the_library_forever_is_refused(void **state)
{
    (void)state;
    expect_many_error("<r>\n<a", 4097, " a%u=\">\"", "/></r>",
                      "a.xml:2: has an element with more than 4096 attributes");
    expect_many_error("<r>\n<a", 4097, " a%u \n= '>'", "/></r>",
                      "a.xml:2: has an element with more than 4096 attributes");
    expect_many_error("<r", 1025, " xmlns:a%u='u'", "/>", "a.xml:1: declares more than 1024 namespaces");
    expect_many_error("<!DOCTYPE r [<!ATTLIST r", 65, " a%u CDATA 'x'", ">]><r/>",
                      "a.xml:1: has a document type that adds more than 64 attributes to an element");
}

static void test_xml__many_attributes_are_read(void **state)
{
    att_buffer xml = {0}, seen = {0};

    (void)state;
    att_buffer_text(&xml, "<r");
    for (unsigned i = 0; i < 4096; i++)
        att_buffer_format(&xml, " a%u='x'", i);
    att_buffer_text(&xml, "/>");
    assert_int_equal(att_xml_parse((att_span){xml.data, xml.size}, "a.xml", &noting, &seen, NULL), ATT_OK);
    assert_non_null(strstr(seen.data, " a4095=x></>"));
    att_buffer_clear(&seen);
    att_buffer_clear(&xml);
}

static att_status stop_at_b(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    (*(size_t *)context)++;
    return att_xml_is(element->name, "b") ? att_fail(error, ATT_BAD_INPUT, "a.xml", att_xml_line(xml), 0, "holds b")
                                          : ATT_OK;
}

static void test_xml__handler_can_stop(void **state)
{
    static const att_xml_handler handler = {.start = stop_at_b};
    size_t count = 0;
    att_error error = {0};

    (void)state;
    assert_int_equal(att_xml_parse(att_span_of("<r>\n<a/>\n<b/>\n<c/>"), "a.xml", &handler, &count, &error),
                     ATT_BAD_INPUT);
    assert_int_equal(count, 3);
    assert_string_equal(error.message, "a.xml:3: holds b");
}

static void test_xml__nothing_is_printed(void **state)
{
    static const char *const wrong[] = {"<r",
                                        "<r>&x;</r>",
                                        "<?xml version='1.0' encoding='klingon'?><r/>",
                                        "<r>\xFF</r>",
                                        "<!DOCTYPE r [<!ENTITY a 'b'><!ENTITY a 'c'><!ATTLIST r x y z>]><r/>",
                                        "<a:r a='1' a='2'/>",
                                        "<?xml version='1.0' encoding='UTF-16'?><r>x</r>"};

    (void)state;
    scratch_make();
    const char *path = scratch_path("stderr");
    int kept = dup(2), file = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    assert_true(kept >= 0 && file >= 0 && dup2(file, 2) == 2);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        att_xml_parse(att_span_of(wrong[i]), "a.xml", &(att_xml_handler){0}, NULL, NULL);
    assert_int_equal(dup2(kept, 2), 2);
    close(file);
    close(kept);
    size_t size = 1;
    char *printed = scratch_read(path, &size);
    assert_int_equal(size, 0);
    free(printed);
    scratch_remove();
}

/* Half of the threads read a file that is wrong: errors are their own. */
static void *read_in_thread(void *number)
{
    bool wrong = *(int *)number % 2;
    size_t good = 0;

    for (int i = 0; i < 200; i++) {
        att_buffer seen = {0};
        att_error error = {0};
        att_span xml = att_span_of(wrong ? "<r>\n<a></r>" : "<!DOCTYPE r [<!ENTITY e 'x'>]><r>&e;</r>");
        att_status status = att_xml_parse(xml, "a.xml", &noting, &seen, &error);
        good += wrong ? status == ATT_BAD_INPUT && strstr(error.message, "a.xml:2: is not") != NULL
                      : status == ATT_OK && strcmp(seen.data, "<r>x</>") == 0;
        att_buffer_clear(&seen);
    }
    *(int *)number = good == 200;
    return NULL;
}

static void test_xml__threads_read_at_the_same_time(void **state)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    int numbers[THREADS] = {0, 1, 2, 3};

    (void)state;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_in_thread, &numbers[i]), 0);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(numbers[i], 1);
    }
}

static void test_xml__root_is_found_in_the_probe(void **state)
{
    static const char utf16[] = "\xFF\xFE<\0T\0r\0a\0n\0s\0>\0";
    char name[8];

    (void)state;
    assert_true(att_xml_root(name, sizeof name,
                             att_span_of("\n<!-- <no> --><!DOCTYPE a [<!ENTITY b '<c>'>]><w:TEI a='1'><b>")));
    assert_string_equal(name, "TEI");
    assert_true(att_xml_root(name, sizeof name, (att_span){utf16, sizeof utf16 - 1}));
    assert_string_equal(name, "Trans");
    assert_true(att_xml_root(name, sizeof name, att_span_of("\xEF\xBB\xBF<?xml version='1.0'?>\n<r>")));
    assert_false(att_xml_root(name, sizeof name, att_span_of("<toolonganame>")));
    assert_false(att_xml_root(name, sizeof name, att_span_of("< r>")));
    assert_false(att_xml_root(name, sizeof name, att_span_of("Ann: <r>")));
    assert_false(att_xml_root(name, sizeof name, att_span_of("<")));
    assert_false(att_xml_root(name, sizeof name, (att_span){NULL, 0}));
}

static void test_xml__white_space_becomes_one_space(void **state)
{
    att_buffer out = {0};

    (void)state;
    att_xml_append(&out, att_span_of("\n  a \t"));
    att_xml_append(&out, att_span_of("  b\r\nc"));
    att_xml_append(&out, att_span_of("d"));
    assert_string_equal(out.data, "a b cd");
    att_buffer_clear(&out);
}

static void expect_tag(const char *name, const char *tag)
{
    char got[ATT_TAG_ROOM];

    assert_int_equal(att_language_tag(got, att_span_of(name)), strlen(tag));
    assert_string_equal(got, tag);
}

static void test_language_tag__codes_of_all_kinds(void **state)
{
    (void)state;
    expect_tag("en", "en");
    expect_tag("EN_us", "en-US");
    expect_tag("eng", "en");
    expect_tag("deu", "de");
    expect_tag("ger", "de");
    expect_tag("cmn", "zh");
    expect_tag("yle", "yle");
    expect_tag("sr-Latn", "sr-Latn");
    expect_tag("und", "");
    expect_tag("mul", "");
    expect_tag("english", "");
    expect_tag("e n", "");
    expect_tag("", "");
}

static void expect_ms(const char *seconds, int64_t ms)
{
    assert_int_equal(att_seconds_ms(att_span_of(seconds)), ms);
}

static void test_seconds__are_read_to_the_millisecond(void **state)
{
    (void)state;
    expect_ms("0", 0);
    expect_ms(" 12.5 ", 12500);
    expect_ms("1.0004999", 1000);
    expect_ms("1.0005", 1001);
    expect_ms(".25", 250);
    expect_ms("7.", 7000);
    expect_ms("9.1E-4", 0);
    expect_ms("", ATT_NO_TIME);
    expect_ms(".", ATT_NO_TIME);
    expect_ms("-1", ATT_NO_TIME);
    expect_ms("1,5", ATT_NO_TIME);
    expect_ms("nan", ATT_NO_TIME);
    expect_ms("99999999999999999999999", ATT_NO_TIME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_xml__elements_attributes_and_text),
        cmocka_unit_test(test_xml__encodings),
        cmocka_unit_test(test_xml__blank_lines_before_it_do_no_harm),
        cmocka_unit_test(test_xml__entities_of_the_file_stand_for_text),
        cmocka_unit_test(test_xml__entities_of_a_dtd_that_is_not_read_have_their_usual_names),
        cmocka_unit_test(test_xml__nothing_expands_without_bound),
        cmocka_unit_test(test_xml__parameter_entities_are_not_followed),
        cmocka_unit_test(test_xml__no_file_is_fetched),
        cmocka_unit_test(test_xml__what_is_wrong_is_said_with_its_line),
        cmocka_unit_test(test_xml__what_takes_the_library_forever_is_refused),
        cmocka_unit_test(test_xml__many_attributes_are_read),
        cmocka_unit_test(test_xml__handler_can_stop),
        cmocka_unit_test(test_xml__nothing_is_printed),
        cmocka_unit_test(test_xml__threads_read_at_the_same_time),
        cmocka_unit_test(test_xml__root_is_found_in_the_probe),
        cmocka_unit_test(test_xml__white_space_becomes_one_space),
        cmocka_unit_test(test_language_tag__codes_of_all_kinds),
        cmocka_unit_test(test_seconds__are_read_to_the_millisecond),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
