#include "read/foreign.h"

#include "read/scan.h"

#include <stdint.h>

#define CONVERT_DOCUMENT "save it as plain text (.txt, UTF-8) in the program that made it"
/* Text is binary with more than 1 control character in so many bytes; it is of another encoding than UTF-8 with
 * more than 1 ill-formed sequence in so many. */
#define BYTES_A_CONTROL     100
#define BYTES_AN_ILL_FORMED 4

typedef struct {
    size_t at;
    size_t size;
    const char *bytes;
    const char *message;
} magic;

/* What containers hold is unpacked before anybody looks here: these are within one already, or come where none is
 * looked for. */
static const magic bytes_magics[] = {
    {0, 4, "PK\3\4",
     "is a zip archive where none is looked into (in another one, on standard input, or named like a transcript); "
     "unpack "
     "it, or name the file NAME.zip"},
    {0, 4, "PK\5\6", "is an empty zip archive; name the transcripts themselves"},
    {257, 5, "ustar",
     "is a tar archive where none is looked into (in another one, on standard input, or named like a transcript); "
     "unpack it, or name the file NAME.tar"},
    {0, 2, "\x1F\x8B", "is compressed with gzip, and that twice; unpack it: gunzip"},
    {0, 4, "\x28\xB5\x2F\xFD", "is compressed with zstd, and that twice; unpack it: zstd -d"},
    {0, 6, "\xFD\x37zXZ\0", "is compressed with xz, and that twice; unpack it: xz -d"},
    {4, 6, "1AY&SY", "is compressed with bzip2, and that twice; unpack it: bunzip2"},
    {0, 6, "7z\xBC\xAF\x27\x1C", "is a 7z archive; unpack it"},
    {0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "is a file of an old word processor (.doc); " CONVERT_DOCUMENT},
    {0, 5, "%PDF-", "is a PDF file; extract its text, for instance: pdftotext -layout"},
    {0, 4, "RIFF", "is a sound or video file; give its transcript"},
    {0, 4, "ID3\2", "is a sound file; give its transcript"},
    {0, 4, "ID3\3", "is a sound file; give its transcript"},
    {0, 4, "ID3\4", "is a sound file; give its transcript"},
    {4, 4, "ftyp", "is a sound or video file; give its transcript"},
    {0, 4, "OggS", "is a sound file; give its transcript"},
    {0, 4, "fLaC", "is a sound file; give its transcript"},
    {0, 8, "\x89PNG\r\n\x1A\n", "is a picture; give the transcript"},
    {0, 3, "\xFF\xD8\xFF", "is a picture; give the transcript"},
    {0, 7, "ATTALLY", "holds tallies of attune, not a transcript; use `attune merge`"},
};

static const magic text_magics[] = {
    {0, 5, "{\\rtf", "is a rich text file; " CONVERT_DOCUMENT},
    {0, 5, "<?xml", "is an XML file of a kind not known here; export it as plain text with `Name: text` lines"},
    {0, 14, "<!DOCTYPE html", "is a web page; save it as plain text with `Name: text` lines"},
};

static const char *magic_look(att_span probe, const magic *magics, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const magic *m = &magics[i];
        if (probe.size >= m->at + m->size && memcmp(probe.text + m->at, m->bytes, m->size) == 0)
            return m->message;
    }
    return NULL;
}

const char *att_foreign_bytes(att_span raw)
{
    return magic_look(raw, bytes_magics, sizeof bytes_magics / sizeof *bytes_magics);
}

const char *att_foreign_look(att_span probe, bool complete)
{
    uint64_t ill_formed = 0;
    uint64_t controls = 0;
    size_t mark = probe.size >= 3 && memcmp(probe.text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    if (probe.size == 0 || (complete && att_white_skip(probe.text, probe.size, 0) == probe.size))
        return "holds no text; leave it out, or check that it was saved";
    const char *found = att_foreign_bytes(probe);
    if (!found)
        found = magic_look((att_span){probe.text + mark, probe.size - mark}, text_magics,
                           sizeof text_magics / sizeof *text_magics);
    if (found)
        return found;
    att_text_check(att_scan_choose(), probe.text, probe.size, &ill_formed, &controls);
    if (controls > probe.size / BYTES_A_CONTROL)
        return "is a binary file, not a text; give the transcript as plain text (UTF-8)";
    if (ill_formed > probe.size / BYTES_AN_ILL_FORMED)
        return "is not UTF-8; name its encoding with --encoding, for instance: --encoding windows-1251";
    return NULL;
}
