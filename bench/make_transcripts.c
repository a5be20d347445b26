/* make_transcripts FORMAT MEGABYTES < corpus.txt > file: the turns that make_corpus made (`Name: text`) as a transcript
 * of a format, as the programs that write it do; the same bytes every time. The turns begin again when there are too
 * few. Of docx and odt the megabytes are those of the text part, unpacked.
 *
 *   vtt, srt      cues of two short lines, with a name in every cue or at the beginning of a turn
 *   cha           an utterance a sentence, with pauses, retracings and a time bullet
 *   csv           speaker, times and text; quoted where there is a comma
 *   convokit      JSON Lines as ConvoKit has them, with `meta`
 *   jsonl         JSON Lines as attune writes them
 *   json          WhisperX: one document, every word with its times
 *   docx odt rtf  a paragraph a turn, its name in bold
 *   tei           an utterance a turn, in segments
 *   eaf           a tier a person, an annotation a sentence */
#include <archive.h>
#include <archive_entry.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 1 << 20, CUE = 42, PEOPLE = 8 };

typedef struct {
    const char *name;
    size_t size;
} span;

typedef struct {
    FILE *out;
    span label;
    span text;
    unsigned turn;
    unsigned person; /* whose tier it is */
    unsigned part;   /* cues, utterances, annotations so far */
    uint64_t ms;     /* when the last of them ended */
    uint64_t size;   /* bytes so far, about */
} state;

static void put(state *s, const char *text)
{
    s->size += strlen(text);
    fputs(text, s->out);
}

static void put_span(state *s, span text)
{
    s->size += text.size;
    fwrite(text.name, 1, text.size, s->out);
}

__attribute__((format(printf, 2, 3))) static void print(state *s, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int size = vfprintf(s->out, format, arguments);
    va_end(arguments);
    s->size += size > 0 ? (uint64_t)size : 0;
}

/* With some characters replaced: pairs of a character and what stands for it. */
static void put_escaped(state *s, span text, const char *const *pairs)
{
    size_t done = 0;

    for (size_t i = 0; i < text.size; i++)
        for (const char *const *pair = pairs; *pair; pair += 2)
            if (text.name[i] == **pair) {
                put_span(s, (span){text.name + done, i - done});
                put(s, pair[1]);
                done = i + 1;
            }
    put_span(s, (span){text.name + done, text.size - done});
}

static const char *const xml[] = {"&", "&amp;", "<", "&lt;", ">", "&gt;", NULL};
static const char *const json[] = {"\"", "\\\"", "\\", "\\\\", NULL};

/* Time passes while something is said. No recording is longer than 90 hours: then the clock begins again. */
static uint64_t speak(state *s, size_t size)
{
    uint64_t from = s->ms % 324000000 + 120 + size % 7 * 90;

    s->ms = from + size * 62;
    return from;
}

/* ---- parts of a turn ---- */

/* The next words of at most `most` bytes, at least one. */
static span next_words(span *rest, size_t most)
{
    size_t end = 0;

    while (rest->size && *rest->name == ' ')
        rest->name++, rest->size--;
    for (size_t i = 1; i <= rest->size && (i <= most || !end); i++)
        if (i == rest->size || rest->name[i] == ' ')
            end = i;
    span words = {rest->name, end};
    rest->name += end;
    rest->size -= end;
    return words;
}

static span next_sentence(span *rest)
{
    size_t end = 0;

    while (rest->size && *rest->name == ' ')
        rest->name++, rest->size--;
    while (end < rest->size && !strchr(".?", rest->name[end]))
        end++;
    end += end < rest->size;
    span sentence = {rest->name, end};
    rest->name += end;
    rest->size -= end;
    return sentence;
}

/* ---- formats ---- */

static void put_clock(state *s, uint64_t ms, char point)
{
    print(s, "%02u:%02u:%02u%c%03u", (unsigned)(ms / 3600000), (unsigned)(ms / 60000 % 60), (unsigned)(ms / 1000 % 60),
          point, (unsigned)(ms % 1000));
}

static void put_cues(state *s, char point)
{
    span rest = s->text;

    for (bool first = true; rest.size; first = false) {
        span one = next_words(&rest, CUE), two = next_words(&rest, CUE);
        uint64_t from = speak(s, one.size + two.size);
        print(s, "%u\n", ++s->part);
        put_clock(s, from, point);
        put(s, " --> ");
        put_clock(s, s->ms, point);
        put(s, "\n");
        if (point == '.') {
            put(s, "<v ");
            put_span(s, s->label);
            put(s, ">");
        } else if (first) {
            put_span(s, s->label);
            put(s, ": ");
        }
        put_span(s, one);
        put(s, two.size ? "\n" : "");
        put_span(s, two);
        put(s, "\n\n");
    }
}

static void put_vtt(state *s)
{
    put_cues(s, '.');
}

static void put_srt(state *s)
{
    put_cues(s, ',');
}

/* Punctuation stands alone in CHAT; words are written small. */
static void put_cha(state *s)
{
    span rest = s->text;

    for (;;) {
        span sentence = next_sentence(&rest);
        if (!sentence.size)
            break;
        uint64_t from = speak(s, sentence.size);
        char end = strchr(".?", sentence.name[sentence.size - 1]) ? sentence.name[--sentence.size] : '.';
        put(s, "*");
        for (size_t i = 0; i < 3; i++)
            print(s, "%c", i < s->label.size ? toupper((unsigned char)s->label.name[i]) : 'X');
        put(s, ":\t");
        if (s->part % 9 == 4)
            put(s, "&-um ");
        for (unsigned word = 0; sentence.size; word++) {
            span one = next_words(&sentence, 1);
            put_span(s, one);
            put(s, " ");
            if (word == 3 && s->part % 5 == 0)
                put(s, "(.) ");
            if (word == 1 && s->part % 11 == 0) {
                put(s, "[/] ");
                put_span(s, one);
                put(s, " ");
            }
        }
        print(s, "%c \x15%llu_%llu\x15\n", end, (unsigned long long)from, (unsigned long long)s->ms);
        s->part++;
    }
}

static void put_csv(state *s)
{
    static const char *const quotes[] = {"\"", "\"\"", NULL};
    bool quoted = memchr(s->text.name, ',', s->text.size) || memchr(s->text.name, '"', s->text.size);
    uint64_t from = speak(s, s->text.size);

    print(s, "%u,", ++s->part);
    put_span(s, s->label);
    print(s, ",%u.%03u,%u.%03u,", (unsigned)(from / 1000), (unsigned)(from % 1000), (unsigned)(s->ms / 1000),
          (unsigned)(s->ms % 1000));
    put(s, quoted ? "\"" : "");
    if (quoted)
        put_escaped(s, s->text, quotes);
    else
        put_span(s, s->text);
    put(s, quoted ? "\"\n" : "\n");
}

static void put_jsonl(state *s)
{
    uint64_t from = speak(s, s->text.size);

    print(s, "{\"transcript\":\"talk\",\"turn\":%u,\"speaker\":\"", ++s->part);
    put_escaped(s, s->label, json);
    print(s, "\",\"start_ms\":%llu,\"end_ms\":%llu,\"text\":\"", (unsigned long long)from, (unsigned long long)s->ms);
    put_escaped(s, s->text, json);
    print(s, "\",\"language\":null,\"offset\":%llu}\n", (unsigned long long)s->size);
}

/* Python's json.dump writes ASCII. */
static void put_convokit(state *s)
{
    speak(s, s->text.size);
    print(s, "{\"id\": \"%u\", \"conversation_id\": \"1\", \"text\": \"", ++s->part);
    for (size_t i = 0, done = 0; i <= s->text.size; i++) {
        bool curly = s->text.size - i >= 3 && memcmp(s->text.name + i, "\xE2\x80\x99", 3) == 0;
        if (i < s->text.size && !curly)
            continue;
        put_escaped(s, (span){s->text.name + done, i - done}, json);
        put(s, curly ? "\\u2019" : "");
        i += curly ? 2 : 0;
        done = i + 1;
    }
    put(s, "\", \"speaker\": \"");
    put_escaped(s, s->label, json);
    print(s,
          "\", \"meta\": {\"side\": %u, \"case_id\": \"1955_71\", \"start_times\": [%llu.5], \"parsed\": null}, "
          "\"reply-to\": \"%u\", \"timestamp\": %llu, \"vectors\": []}\n",
          s->turn % 2, (unsigned long long)(s->ms / 1000), s->part - 1, (unsigned long long)(s->ms / 1000));
}

static void put_json(state *s)
{
    uint64_t from = speak(s, s->text.size);
    span rest = s->text, words[64];
    size_t count = 0;

    while (rest.size && count < 64)
        words[count++] = next_words(&rest, 1);
    span text = {s->text.name, s->text.size - rest.size};
    print(s, "%s{\"start\": %.3f, \"end\": %.3f, \"text\": \" ", s->part++ ? ", " : "", (double)from / 1000,
          (double)s->ms / 1000);
    put_escaped(s, text, json);
    put(s, "\", \"words\": [");
    for (size_t i = 0; i < count; i++) {
        double begins = (double)from / 1000 + (double)(words[i].name - text.name) * 0.062;
        print(s, "%s{\"word\": \"", i ? ", " : "");
        put_escaped(s, words[i], json);
        print(s, "\", \"start\": %.3f, \"end\": %.3f, \"score\": 0.%03u, \"speaker\": \"", begins,
              begins + (double)words[i].size * 0.062, 500 + (unsigned)(s->ms + i * 7) % 500);
        put_escaped(s, s->label, json);
        put(s, "\"}");
    }
    put(s, "], \"speaker\": \"");
    put_escaped(s, s->label, json);
    put(s, "\"}");
}

static void put_docx(state *s)
{
    print(s,
          "<w:p w:rsidR=\"00A77B3E\" w:rsidRDefault=\"00%06X\"><w:pPr><w:pStyle w:val=\"BodyText\"/><w:spacing "
          "w:after=\"120\"/></w:pPr><w:r><w:rPr><w:b/><w:lang w:val=\"en-GB\"/></w:rPr><w:t>",
          (s->turn * 2654435761u) >> 8);
    put_escaped(s, s->label, xml);
    put(s, ":</w:t></w:r>");
    for (span rest = s->text; rest.size;) {
        span run = next_words(&rest, 160);
        put(s, "<w:r w:rsidR=\"00B12C44\"><w:rPr><w:lang w:val=\"en-GB\"/></w:rPr><w:t xml:space=\"preserve\"> ");
        put_escaped(s, run, xml);
        put(s, "</w:t></w:r>");
    }
    put(s, "</w:p>");
}

static void put_odt(state *s)
{
    put(s, "<text:p text:style-name=\"P1\"><text:span text:style-name=\"T1\">");
    put_escaped(s, s->label, xml);
    put(s, ":</text:span>");
    for (span rest = s->text; rest.size;) {
        span run = next_words(&rest, 160);
        put(s, "<text:span text:style-name=\"T2\"> ");
        put_escaped(s, run, xml);
        put(s, "</text:span>");
    }
    put(s, "</text:p>");
}

static void put_rtf(state *s)
{
    put(s, "\\pard\\plain \\s1\\sa120\\f0\\fs24\\lang2057{\\b ");
    put_span(s, s->label);
    put(s, ":}{\\insrsid1234567  ");
    for (size_t i = 0; i < s->text.size; i++)
        if (s->text.size - i >= 3 && memcmp(s->text.name + i, "\xE2\x80\x99", 3) == 0) {
            put(s, "\\rquote ");
            i += 2;
        } else {
            put_span(s, (span){s->text.name + i, 1});
        }
    put(s, "}\\par\n");
}

static void put_tei(state *s)
{
    print(s, "<u who=\"#p%u\" xml:id=\"u%u\">", s->turn % PEOPLE, s->turn);
    for (span rest = s->text, sentence; (sentence = next_sentence(&rest)).size;) {
        print(s, "<seg xml:id=\"u%u.%u\">", s->turn, ++s->part);
        put_escaped(s, sentence, xml);
        put(s, "</seg>\n");
    }
    put(s, "</u>\n");
}

/* An annotation a sentence; people speak by turns. */
static void put_eaf(state *s)
{
    for (span rest = s->text, sentence; (sentence = next_sentence(&rest)).size;) {
        unsigned number = s->part++ * PEOPLE + s->person;
        print(s,
              "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a%u\" TIME_SLOT_REF1=\"ts%u\" "
              "TIME_SLOT_REF2=\"ts%u\"><ANNOTATION_VALUE>",
              number, number * 2, number * 2 + 1);
        put_escaped(s, sentence, xml);
        put(s, "</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>\n");
    }
}

typedef struct {
    const char *name;
    const char *begin;
    void (*put)(state *s);
    const char *end;
    const char *member; /* of a zip archive */
} format;

static const format formats[] = {
    {"vtt", "WEBVTT\n\n", put_vtt, "", NULL},
    {"srt", "", put_srt, "", NULL},
    {"cha", "@UTF8\n@Begin\n@Languages:\teng\n", put_cha, "@End\n", NULL},
    {"csv", "id,speaker,start,end,text\n", put_csv, "", NULL},
    {"convokit", "", put_convokit, "", NULL},
    {"jsonl", "", put_jsonl, "", NULL},
    {"json", "{\"segments\": [", put_json, "], \"language\": \"en\"}\n", NULL},
    {"docx",
     "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document "
     "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>",
     put_docx, "</w:body></w:document>", "word/document.xml"},
    {"odt",
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content "
     "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
     "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text>",
     put_odt, "</office:text></office:body></office:document-content>", "content.xml"},
    {"rtf", "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Calibri;}}\n", put_rtf, "}\n", NULL},
    {"tei",
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\" "
     "xml:lang=\"en\"><teiHeader>"
     "<fileDesc><titleStmt><title>Talk</title></titleStmt></fileDesc></teiHeader><text><body>\n",
     put_tei, "</body></text></TEI>\n", NULL},
};

/* ---- archives ---- */

static void add_member(struct archive *zip, const char *name, const char *content, size_t size, bool stored)
{
    struct archive_entry *entry = archive_entry_new();

    if (stored)
        archive_write_zip_set_compression_store(zip);
    else
        archive_write_zip_set_compression_deflate(zip);
    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, (int64_t)size);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    if (archive_write_header(zip, entry) != ARCHIVE_OK || archive_write_data(zip, content, size) != (ptrdiff_t)size) {
        fprintf(stderr, "make_transcripts: %s\n", archive_error_string(zip));
        exit(1);
    }
    archive_entry_free(entry);
}

static void put_archive(const format *f, const char *content, size_t size)
{
    static const char relations[] =
        "<Relationships><Relationship "
        "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
        "Target=\"word/document.xml\"/></Relationships>";
    static const char mime[] = "application/vnd.oasis.opendocument.text";
    struct archive *zip = archive_write_new();

    archive_write_set_format_zip(zip);
    archive_write_open_FILE(zip, stdout);
    if (strcmp(f->name, "odt") == 0) {
        add_member(zip, "mimetype", mime, sizeof mime - 1, true);
    } else {
        add_member(zip, "[Content_Types].xml", "<Types/>", 8, false);
        add_member(zip, "_rels/.rels", relations, sizeof relations - 1, false);
    }
    add_member(zip, f->member, content, size, false);
    archive_write_free(zip);
}

/* ---- all of it ---- */

static void put_turns(state *s, const format *f, double wanted)
{
    static char line[LINE];

    while ((double)s->size < wanted) {
        if (!fgets(line, sizeof line, stdin)) {
            rewind(stdin);
            if (!fgets(line, sizeof line, stdin)) {
                fputs("make_transcripts: no turns\n", stderr);
                exit(1);
            }
        }
        char *colon = strstr(line, ": ");
        if (!colon)
            continue;
        s->label = (span){line, (size_t)(colon - line)};
        s->text = (span){colon + 2, strcspn(colon + 2, "\n")};
        while (s->text.size && s->text.name[s->text.size - 1] == ' ')
            s->text.size--;
        s->turn++;
        f->put(s);
    }
}

/* A tier for each of some people, and the time slots of all. */
static void put_tiers(state *s, double wanted)
{
    static const format tier = {.name = "eaf", .put = put_eaf};

    put(s, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ANNOTATION_DOCUMENT FORMAT=\"3.0\" VERSION=\"3.0\">\n<HEADER "
           "MEDIA_FILE=\"\" TIME_UNITS=\"milliseconds\"/>\n<TIME_ORDER>\n");
    unsigned slots = (unsigned)(wanted / 330) * 2;
    for (unsigned i = 0; i < slots; i++)
        print(s, "<TIME_SLOT TIME_SLOT_ID=\"ts%u\" TIME_VALUE=\"%u\"/>\n", i, i * 900);
    put(s, "</TIME_ORDER>\n");
    for (unsigned i = 1; i <= PEOPLE; i++) {
        print(s, "<TIER TIER_ID=\"Speaker %u\" LINGUISTIC_TYPE_REF=\"utterance\" PARTICIPANT=\"Speaker %u\">\n", i, i);
        s->person = i - 1;
        s->part = 0;
        put_turns(s, &tier, (double)s->size + (wanted - (double)s->size) / (PEOPLE + 1 - i));
        put(s, "</TIER>\n");
    }
    put(s, "<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID=\"utterance\" TIME_ALIGNABLE=\"true\"/>\n</ANNOTATION_DOCUMENT>\n");
}

int main(int count, char **arguments)
{
    char *content = NULL;
    size_t size = 0;
    double wanted = count == 3 ? strtod(arguments[2], NULL) * 1e6 : 0;
    const format *f = formats, *end = formats + sizeof formats / sizeof *formats;
    state s = {.out = stdout};

    if (wanted > 0 && strcmp(arguments[1], "eaf") == 0) {
        put_tiers(&s, wanted);
        return fflush(stdout) ? 1 : 0;
    }
    while (f < end && wanted > 0 && strcmp(f->name, arguments[1]) != 0)
        f++;
    if (wanted <= 0 || f == end) {
        fprintf(stderr, "usage: make_transcripts FORMAT MEGABYTES < corpus.txt > file\n");
        return 2;
    }
    if (f->member)
        s.out = open_memstream(&content, &size);
    put(&s, f->begin);
    put_turns(&s, f, wanted);
    put(&s, f->end);
    if (f->member) {
        if (fclose(s.out))
            return 1;
        put_archive(f, content, size);
        free(content);
    }
    return fflush(stdout) ? 1 : 0;
}
