#include "tallies.h"

#include "scratch.h"
#include "tally/turns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const att_node nodes[NODE_COUNT] = {
    {"lang", "Language", ATT_NO_POLE, ATT_NO_NODE, false, 1},
    {"lang.tech", "Technical", ATT_TECHNICAL, NODE_LANG, false, 1},
    {"lang.app", "Appreciative", ATT_APPRECIATIVE, NODE_LANG, false, 1},
    {"topic", "Topic", ATT_NO_POLE, ATT_NO_NODE, false, 3},
    {"pole.technical", "Technical pole", ATT_TECHNICAL, ATT_NO_NODE, true, 1},
    {"pole.appreciative", "Appreciative pole", ATT_APPRECIATIVE, ATT_NO_NODE, true, 1},
};

const att_scheme test_scheme = {nodes, NODE_COUNT, NODE_POLE_TECH, NODE_POLE_APP};

const att_lexicon_stamp test_lexicons[2] = {{"en/peer-support", "en", "1.0", 0x0123456789abcdef},
                                            {"de/peer-support", "de", "", 42}};

att_transcript_tally test_transcript(const char *id, uint64_t size)
{
    att_transcript_tally transcript;
    assert_int_equal(att_transcript_tally_init(&transcript, att_span_of(id), att_span_of("en"), NULL), ATT_OK);
    transcript.size = size;
    transcript.hash = size * 31 + strlen(id);
    assert_int_equal(att_transcript_tally_range(&transcript, 0, size, NULL), ATT_OK);
    return transcript;
}

void test_turn(att_transcript_tally *transcript, const char *label, uint64_t tokens, uint32_t appreciative,
               uint32_t technical)
{
    static const uint32_t app_nodes[] = {NODE_LANG, NODE_APP, NODE_POLE_APP};
    static const uint32_t tech_nodes[] = {NODE_LANG, NODE_TECH, NODE_POLE_TECH};
    att_turn_tally *turn = NULL;
    assert_int_equal(att_turn_tally_new(&turn, &test_scheme, NULL), ATT_OK);
    att_turn_tally_piece(turn, tokens, NULL, 0, NULL);
    for (uint32_t i = 0; i < appreciative + technical; i++)
        for (size_t k = 0; k < 3; k++) {
            att_hit hit = {.node = i < appreciative ? app_nodes[k] : tech_nodes[k], .first = i, .count = 1};
            att_turn_tally_piece(turn, 0, &hit, 1, NULL);
        }
    att_tally *tally = att_transcript_tally_label(transcript, att_span_of(label));
    assert_non_null(tally);
    assert_int_equal(att_turn_tally_close(turn, tally, NULL), ATT_OK);
    att_turn_tally_free(turn);
}

const char *test_tally_file(const char *name, att_transcript_tally *transcripts, size_t count)
{
    const char *path = scratch_path(name);
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    att_tally_writer *writer = NULL;
    assert_int_equal(att_tally_writer_open(&writer, stream, &test_scheme, test_lexicons, 2, NULL), ATT_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(att_transcript_tally_sort(&transcripts[i], NULL), ATT_OK);
        assert_int_equal(att_tally_writer_add(writer, &transcripts[i], NULL), ATT_OK);
    }
    assert_int_equal(att_tally_writer_close(writer, NULL), ATT_OK);
    assert_int_equal(fclose(stream), 0);
    return path;
}
