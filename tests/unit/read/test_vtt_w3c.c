/* The W3C's own parser tests, where they lie beside the project (../shared/samples/vtt): the cues of its files, and the
 * texts and voices that its cue-text trees imply. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "read/vtt_text.h"
#include "turns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SAMPLES "../shared/samples/vtt"

/* What the cues of a file say, in one line. */
typedef struct {
    const char *file;
    const char *said;
} sample;

static const sample samples[] = {
    {"arrows", "text0 text1 text2 text3 text4 text5"},
    {"comment-in-cue-text", "NOTE text NOTE text\\nNOTE text2"},
    {"header-garbage", "text"},
    {"header-regions", "\"no region\" \"no region\" \"no region\" \"no region\" {} "
                       "{\"width\":32,\"lines\":5,\"regionAnchorX\":41,\"regionAnchorY\":20,\"viewportAnchorX\":31,"
                       "\"viewportAnchorY\":84,\"scroll\":\"up\"} "
                       "{\"regionAnchorX\":41.125,\"regionAnchorY\":20.25,\"viewportAnchorX\":32.75,"
                       "\"viewportAnchorY\":32.5} {\"width\":67} \"no region\" "
                       "{\"width\":10,\"lines\":5,\"regionAnchorX\":40,\"regionAnchorY\":20,\"viewportAnchorX\":30,"
                       "\"viewportAnchorY\":80,\"scroll\":\"up\"}"},
    {"header-space", "text"},
    {"header-tab", "text"},
    {"header-timings", "text"},
    {"ids", "text0 text1 text2 text3 text4"},
    {"newlines", "text0 text1 text2 text3"},
    {"nulls", "text0 text1 \xEF\xBF\xBDtext\xEF\xBF\xBD"
              "2 text3 text4 text5 text6"},
    {"regions-edge-case", "text text text text"},
    {"regions-id", "valid valid valid valid"},
    {"regions-lines", "text text text text text text text text text text text text text"},
    {"regions-old", "text0 text1"},
    {"regions-regionanchor",
     "text text text text text text text text text text text text text text text text text text text text"},
    {"regions-scroll", "text text text text text text"},
    {"regions-viewportanchor",
     "text text text text text text text text text text text text text text text text text text text text"},
    {"settings-align", "text0 text1 text2 text3 text4 text5 text6 text7 text8 text9 text10 text11 text12"},
    {"settings-line",
     "valid0 valid1 valid2 valid3 valid4 valid5 valid6 valid7 valid8 valid9 valid10 valid11 valid12 valid13 valid14 "
     "invalid15 invalid16 invalid17 invalid18 invalid19 invalid20 invalid21 invalid22 invalid23 invalid24 invalid25 "
     "invalid26 invalid27 invalid28 invalid29 invalid30 invalid31 invalid32 invalid33 invalid34 invalid35 invalid36 "
     "invalid37 text38 text39 text40 text41 text42 text43 text44 text45"},
    {"settings-multiple", "text0 text1"},
    {"settings-position",
     "text0 text1 text2 text3 text4 text5 text6 text7 invalid8 invalid9 invalid10 invalid11 invalid12 invalid13 "
     "invalid14 invalid15 invalid16 invalid17 invalid18 invalid19 invalid20 invalid21"},
    {"settings-region", "text0 text1 text2 text3 text4 invalid5 invalid6 invalid7 invalid8"},
    {"settings-size", "text0 text1 text2 text3 text4 text5 text6 invalid7 invalid8 invalid9 invalid10 invalid11 "
                      "invalid12 invalid13 invalid14 invalid15"},
    {"settings-vertical", "text0 text1 text2 text3 invalid4 invalid5 invalid6 invalid7"},
    {"signature-bom", NULL},
    {"signature-no-newline", NULL},
    {"signature-space", NULL},
    {"signature-space-no-newline", NULL},
    {"signature-tab", NULL},
    {"signature-tab-no-newline", NULL},
    {"signature-timings", NULL},
    {"stylesheets", "text text"},
    {"timings-60", "text1 text2"},
    {"timings-eof", NULL},
    {"timings-garbage", NULL},
    {"timings-negative", "text0 text1 text2 text3"},
    {"timings-omitted-hours", "text0 text1 text2"},
    {"timings-too-long", "text0 text1"},
    {"timings-too-short", "text0 text1"},
    {"whitespace-chars", "text0 text1 text2"},
};

static void test_w3c__files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        char path[256];
        snprintf(path, sizeof path, SAMPLES "/%s.vtt", samples[i].file);
        char *got = test_turns_of_file(&att_format_vtt, path, NULL);
        if (!got)
            skip();
        const char *said = got;
        for (int field = 0; field < 5 && *said; field++)
            said = strchr(said, '|') + 1;
        size_t size = strcspn(said, "\n");
        if (!samples[i].said ? *got != '\0' : size != strlen(samples[i].said) || memcmp(said, samples[i].said, size))
            fail_msg("%s: %s", samples[i].file, got);
        free(got);
    }
}

static void test_w3c__every_prefix_of_every_file_ends_in_turns_or_an_error(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        char path[256], bytes[8192];
        snprintf(path, sizeof path, SAMPLES "/%s.vtt", samples[i].file);
        FILE *file = fopen(path, "rb");
        if (!file)
            skip();
        size_t size = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        test_prefixes(&att_format_vtt, (att_span){bytes, size}, path, 1024, 100);
    }
}

/* ---- Trees ------------------------------------------------------------------------------------------------------ */

/* Appends a text with the escapes of the tests resolved: \n \t \x00 \u2232. */
static void unescape(att_buffer *out, const char *text, size_t size)
{
    for (size_t at = 0; at < size; at++) {
        char digits[5] = "", bytes[4];
        if (text[at] != '\\') {
            att_buffer_char(out, text[at]);
            continue;
        }
        char kind = text[++at];
        size_t count = kind == 'u' ? 4 : kind == 'x' ? 2 : 0;
        memcpy(digits, text + at + 1, count);
        if (count)
            att_buffer_append(out, bytes, att_utf8_put(bytes, (uint32_t)strtoul(digits, NULL, 16)));
        else
            att_buffer_char(out, kind == 'n' ? '\n' : kind == 't' ? '\t' : kind);
        at += count;
    }
}

/* A tree as the text and the voices in it: "one{Ann}two", from its lines `|   "one"`, `|   title="Ann"`. A voice is
 * shown where its first text is. */
static void tree_show(att_buffer *out, const char *tree)
{
    while (*tree == '|') {
        size_t size = strcspn(tree, "\n");
        const char *quote = memchr(tree, '"', size);
        size_t from = quote ? (size_t)(quote - tree) + 1 : 0;
        if (quote && quote[-1] == ' ') {
            unescape(out, quote + 1, size - from - 1);
        } else if (quote && memmem(tree, from, "title=", 6) && size > from + 1) {
            att_buffer_char(out, '{');
            unescape(out, quote + 1, size - from - 1);
            att_buffer_char(out, '}');
        }
        tree += size + (tree[size] == '\n');
    }
}

static void cue_show(att_buffer *out, const att_buffer *data)
{
    /* A blank line ends the text, as it ends a cue. */
    const char *blank = data->size ? memmem(data->data, data->size, "\n\n", 2) : NULL;
    att_cue_text cue = {0};
    att_vtt_stack stack = {0};

    att_vtt_text_read(&cue, &stack,
                      (att_cue_raw){data->data, blank ? (size_t)(blank - data->data) : data->size, 0, 0, 1});
    assert_false(cue.failed);
    for (size_t i = 0; i < cue.run_count; i++) {
        const att_cue_run *run = &cue.runs[i];
        size_t to = i + 1 < cue.run_count ? cue.runs[i + 1].from : cue.text.size;
        if (run->voice_size)
            att_buffer_format(out, "{%.*s}", (int)run->voice_size, cue.names.data + run->voice);
        att_buffer_append(out, cue.text.data + run->from, to - run->from);
    }
    att_cue_text_clear(&cue);
    att_vtt_stack_clear(&stack);
}

/* "#data\nTEXT\n#errors\n#document-fragment\nTREE\n" up to the next. */
static size_t trees_check(const char *name, char *content)
{
    size_t count = 0;

    for (char *test = content; test && (test = strstr(test, "#data\n")); count++) {
        att_buffer data = {0}, wanted = {0}, got = {0};
        char *text = test + 6, *end = strstr(text, "\n#errors\n");
        assert_non_null(end);
        unescape(&data, text, (size_t)(end - text));
        att_buffer_text(&wanted, "");
        att_buffer_text(&got, "");
        tree_show(&wanted, strstr(end, "#document-fragment\n") + 19);
        cue_show(&got, &data);
        if (wanted.size != got.size || memcmp(wanted.data, got.data, got.size) != 0)
            fail_msg("%s: `%.*s` is `%s`, expected `%s`", name, (int)(end - text), text, got.data, wanted.data);
        att_buffer_clear(&data);
        att_buffer_clear(&wanted);
        att_buffer_clear(&got);
        test = end;
    }
    return count;
}

static void test_w3c__trees(void **state)
{
    static const struct {
        const char *name;
        size_t tests;
    } files[] = {{"entities", 25}, {"tags", 28}, {"text", 5}, {"timestamps", 10}, {"tree-building", 9}};

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[256], content[16384];
        snprintf(path, sizeof path, SAMPLES "/cue-text/%s.dat", files[i].name);
        FILE *file = fopen(path, "rb");
        if (!file)
            skip();
        size_t size = fread(content, 1, sizeof content - 1, file);
        content[size] = '\0';
        fclose(file);
        assert_int_equal(trees_check(files[i].name, content), files[i].tests);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_w3c__files),
        cmocka_unit_test(test_w3c__every_prefix_of_every_file_ends_in_turns_or_an_error),
        cmocka_unit_test(test_w3c__trees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
