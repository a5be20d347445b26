#include "read/foreign.h"

#include "read/scan.h"

#include <stdint.h>

#define CONVERT_DOCUMENT "save it as plain text (.txt, UTF-8) in the program that made it"
#define CONVERT_UTF16    "is UTF-16, not UTF-8; convert it, for instance: iconv -f UTF-16 -t UTF-8"

/* Text is binary with more than 1 control character in so many bytes; it is of another encoding than UTF-8 with
 * more than 1 ill-formed sequence in so many. Languages in Latin letters stay far below the second even in an
 * old encoding (their accents alone are ill-formed): such a text is read, with U+FFFD for those, and counted. */
#define BYTES_A_CONTROL     100
#define BYTES_AN_ILL_FORMED 4

typedef struct {
    size_t at;
    size_t size;
    const char *bytes;
    const char *message;
} magic;

static const magic magics[] = {
    {0, 4, "\xFF\xFE\0\0", "is UTF-32, not UTF-8; convert it, for instance: iconv -f UTF-32 -t UTF-8"},
    {0, 4, "\0\0\xFE\xFF", "is UTF-32, not UTF-8; convert it, for instance: iconv -f UTF-32 -t UTF-8"},
    {0, 2, "\xFF\xFE", CONVERT_UTF16},
    {0, 2, "\xFE\xFF", CONVERT_UTF16},
    {0, 4, "PK\3\4", "is a zip archive or a word processor's file (.docx, .odt); unpack it, or " CONVERT_DOCUMENT},
    {0, 4, "PK\5\6", "is an empty zip archive; name the transcripts themselves"},
    {0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "is a file of an old word processor (.doc); " CONVERT_DOCUMENT},
    {0, 5, "%PDF-", "is a PDF file; extract its text, for instance: pdftotext -layout"},
    {0, 5, "{\\rtf", "is a rich text file; " CONVERT_DOCUMENT},
    {0, 2, "\x1F\x8B", "is compressed with gzip; unpack it: gunzip"},
    {0, 4, "\x28\xB5\x2F\xFD", "is compressed with zstd; unpack it: zstd -d"},
    {0, 6,
     "\xFD"
     "7zXZ\0",
     "is compressed with xz; unpack it: xz -d"},
    {4, 6, "1AY&SY", "is compressed with bzip2; unpack it: bunzip2"},
    {0, 6, "7z\xBC\xAF\x27\x1C", "is a 7z archive; unpack it"},
    {257, 5, "ustar", "is a tar archive; unpack it: tar -xf"},
    {0, 4, "RIFF", "is a sound or video file; give its transcript"},
    {0, 4, "ID3\2", "is a sound file; give its transcript"},
    {0, 4, "ID3\3", "is a sound file; give its transcript"},
    {0, 4, "ID3\4", "is a sound file; give its transcript"},
    {4, 4, "ftyp", "is a sound or video file; give its transcript"},
    {0, 4, "OggS", "is a sound file; give its transcript"},
    {0, 4, "fLaC", "is a sound file; give its transcript"},
    {0, 8, "\x89PNG\r\n\x1A\n", "is a picture; give the transcript"},
    {0, 3, "\xFF\xD8\xFF", "is a picture; give the transcript"},
    {0, 5, "<?xml", "is an XML file, which is not read yet; export it as plain text with `Name: text` lines"},
    {0, 14, "<!DOCTYPE html", "is a web page; save it as plain text with `Name: text` lines"},
    {0, 6, "WEBVTT", "is a WebVTT file, which is not read yet; export it as plain text with `Name: text` lines"},
    {0, 5, "@UTF8", "is a CHAT transcript, which is not read yet; export it as plain text with `Name: text` lines"},
    {0, 11, "File type =", "is a Praat file, which is not read yet; export it as plain text with `Name: text` lines"},
    {0, 7, "ATTALLY", "holds tallies of attune, not a transcript; use `attune merge`"},
};

static const char *magic_look(att_span probe)
{
    size_t mark = probe.size >= 3 && memcmp(probe.text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        const magic *m = &magics[i];
        if (probe.size >= mark + m->at + m->size && memcmp(probe.text + mark + m->at, m->bytes, m->size) == 0)
            return m->message;
    }
    return NULL;
}

/* Every other byte NUL, and hardly any of those between: UTF-16 without its mark. */
static bool is_utf16(att_span probe)
{
    size_t nuls[2] = {0, 0};
    size_t size = probe.size < 4096 ? probe.size & ~(size_t)1 : 4096;

    for (size_t i = 0; i < size; i++)
        nuls[i & 1] += probe.text[i] == '\0';
    size_t most = nuls[0] > nuls[1] ? nuls[0] : nuls[1];
    size_t least = nuls[0] > nuls[1] ? nuls[1] : nuls[0];
    return size >= 4 && most * 10 >= size * 4 && least * 50 <= size;
}

/* The second line of a SubRip file is two times with an arrow between. */
static bool is_subrip(att_span probe)
{
    size_t at = att_white_skip(probe.text, probe.size, 0);
    size_t digits = 0;

    for (; at < probe.size && probe.text[at] >= '0' && probe.text[at] <= '9'; at++)
        digits++;
    size_t line = att_white_skip(probe.text, probe.size, at);
    size_t left = probe.size - line;
    return digits > 0 && line > at && left >= 17 && probe.text[line + 2] == ':' &&
           memmem(probe.text + line, left < 20 ? left : 20, " --> ", 5) != NULL;
}

const char *att_foreign_look(att_span probe, bool complete)
{
    uint64_t ill_formed = 0;
    uint64_t controls = 0;

    if (probe.size == 0 || (complete && att_white_skip(probe.text, probe.size, 0) == probe.size))
        return "holds no text; leave it out, or check that it was saved";
    const char *found = magic_look(probe);
    if (found)
        return found;
    if (is_utf16(probe))
        return CONVERT_UTF16 " (-f UTF-16LE or -f UTF-16BE where that does not help)";
    if (is_subrip(probe))
        return "is a SubRip file, which is not read yet; export it as plain text with `Name: text` lines";
    att_text_check(att_scan_choose(), probe.text, probe.size, &ill_formed, &controls);
    if (controls > probe.size / BYTES_A_CONTROL)
        return "is a binary file, not a text; give the transcript as plain text (UTF-8)";
    if (ill_formed > probe.size / BYTES_AN_ILL_FORMED)
        return "is not UTF-8; find out its encoding and convert it, for instance: iconv -f WINDOWS-1251 -t UTF-8";
    return NULL;
}
