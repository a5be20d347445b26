#include "read/rtf_text.h"

#include "base/utf8.h"
#include "read/rtf_charset.h"
#include "read/rtf_words.h"

#include <stdlib.h>

/* What a group inherits from the one around it. */
typedef struct {
    bool skipped; /* no text */
    bool deleted;
    bool hidden;
    bool fonts;     /* the font table */
    bool starred;   /* \* was read and its word is not yet */
    bool two_forms; /* \upr: the first form is skipped, and: */
    bool shown;     /* the second is not */
    uint32_t skip;  /* characters that stand for each \u, for readers that cannot read it */
    uint32_t page;  /* code page of bytes; 0: the document's */
} group;

#define MOST_FONTS 65536

typedef struct {
    att_span rtf;
    size_t at;
    att_buffer *out;
    att_rtf_bytes bytes;
    group *groups; /* the last is the one we are in */
    size_t depth, capacity;
    uint16_t *fonts; /* the code page of each, by number; NULL: none has one of its own */
    int64_t font;    /* that the font table speaks of */
    uint32_t page;
    uint32_t skip; /* characters still to be skipped */
    uint32_t high; /* first half of a pair */
    uint64_t ill_formed;
    bool failed; /* no memory */
} reader;

static const att_span mark = {"{\\rtf", 5};

bool att_rtf_looks(att_span probe)
{
    return probe.size >= mark.size && memcmp(probe.text, mark.text, mark.size) == 0;
}

static group *top(reader *in)
{
    return &in->groups[in->depth - 1];
}

static bool is_shown(reader *in)
{
    const group *now = top(in);
    return !now->skipped && !now->deleted && !now->hidden;
}

static void put_code_point(reader *in, uint32_t c)
{
    char bytes[4];

    in->failed = in->failed || !att_rtf_bytes_flush(&in->bytes, in->out);
    att_buffer_append(in->out, bytes, att_utf8_put(bytes, c));
}

/* A first half that nothing followed. */
static void put_lone_half(reader *in)
{
    if (in->high) {
        in->high = 0;
        in->ill_formed++;
        put_code_point(in, ATT_REPLACEMENT);
    }
}

static void put_character(reader *in, uint32_t c)
{
    put_lone_half(in);
    if (is_shown(in))
        put_code_point(in, c);
}

/* Bytes of the document's or the font's code page. */
static void put_bytes(reader *in, att_span text)
{
    size_t skip = in->skip < text.size ? in->skip : text.size;

    in->skip -= (uint32_t)skip;
    text.text += skip;
    text.size -= skip;
    if (!text.size || !is_shown(in))
        return;
    put_lone_half(in);
    uint32_t page = top(in)->page ? top(in)->page : in->page;
    in->failed = in->failed || !att_rtf_bytes_add(&in->bytes, in->out, page, text);
}

/* \u: a UTF-16 unit, as a signed number in 16 bits or, by some programs, as it is. */
static void put_unit(reader *in, int64_t number)
{
    uint32_t unit = number < 0 ? (uint32_t)(number + 65536) : (uint32_t)number;

    in->skip = top(in)->skip;
    if (!is_shown(in))
        return;
    if (number < -32768 || number > 0x10FFFF) {
        unit = ATT_REPLACEMENT;
        in->ill_formed++;
    }
    if (in->high && unit >= 0xDC00 && unit <= 0xDFFF) {
        unit = 0x10000 + ((in->high - 0xD800) << 10) + (unit - 0xDC00);
        in->high = 0;
    }
    put_lone_half(in);
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        in->high = unit;
    } else if (unit >= 0xDC00 && unit <= 0xDFFF) {
        in->ill_formed++;
        put_code_point(in, ATT_REPLACEMENT);
    } else if (unit) {
        put_code_point(in, unit);
    }
}

static void add_font(reader *in, int64_t charset)
{
    if (!in->fonts && !(in->fonts = calloc(MOST_FONTS, sizeof *in->fonts)))
        in->failed = true;
    else if (in->font >= 0 && in->font < MOST_FONTS)
        in->fonts[in->font] = (uint16_t)att_rtf_charset_page(charset);
}

static void use_font(reader *in, int64_t number)
{
    if (top(in)->fonts)
        in->font = number;
    else
        top(in)->page = in->fonts && number >= 0 && number < MOST_FONTS ? in->fonts[number] : 0;
}

/* What a word opens: \* before one that is not known means that it may be passed over. */
static bool opens_destination(reader *in, const att_rtf_word *word)
{
    group *now = top(in);
    bool starred = now->starred;

    now->starred = false;
    if (word->action == ATT_RTF_UNICODE_FORM && now->two_forms) {
        now->skipped = !now->shown;
        now->two_forms = false;
        return true;
    }
    if (word->action == ATT_RTF_TWO_FORMS && !now->two_forms) {
        now->two_forms = true;
        now->shown = !now->skipped;
        now->skipped = true;
        return true;
    }
    if (!starred && word->action != ATT_RTF_DESTINATION && word->action != ATT_RTF_FONTS)
        return false;
    now->skipped = true;
    now->shown = false; /* not even in the second form */
    now->fonts = word->action == ATT_RTF_FONTS;
    return true;
}

static void skip_binary(reader *in, int64_t count)
{
    size_t left = in->rtf.size - in->at;

    if (count > 0)
        in->at += (uint64_t)count < left ? (size_t)count : left;
}

static void obey(reader *in, const att_rtf_word *word, int64_t number, bool given)
{
    group *now = top(in);
    bool on = !given || number != 0;

    switch (word->action) {
    case ATT_RTF_CHARACTER:
        put_character(in, word->value);
        break;
    case ATT_RTF_FONT:
        use_font(in, number);
        break;
    case ATT_RTF_FONT_CHARSET:
        if (now->fonts)
            add_font(in, number);
        break;
    case ATT_RTF_CODE_PAGE:
        if (word->value || (number > 0 && number <= 65535))
            in->page = word->value ? word->value : (uint32_t)number;
        break;
    case ATT_RTF_UNICODE:
        put_unit(in, number);
        break;
    case ATT_RTF_UNICODE_SKIP:
        now->skip = number < 0 ? 0 : number > 100 ? 100 : (uint32_t)number;
        break;
    case ATT_RTF_BINARY:
        skip_binary(in, number);
        break;
    case ATT_RTF_DELETED:
        now->deleted = on;
        break;
    case ATT_RTF_HIDDEN:
        now->hidden = on;
        break;
    case ATT_RTF_PLAIN:
        now->hidden = now->deleted = false;
        now->page = 0;
        break;
    default:
        break;
    }
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A control word: letters, perhaps a number, perhaps a space that belongs to it. */
static void read_word(reader *in)
{
    char name[32];
    size_t size = 0;
    int64_t number = 0;
    const char *text = in->rtf.text;
    bool minus, given = false;

    for (; in->at < in->rtf.size && is_letter(text[in->at]); in->at++)
        if (size < sizeof name - 1)
            name[size++] = text[in->at];
    name[size] = '\0';
    minus = in->at + 1 < in->rtf.size && text[in->at] == '-' && is_digit(text[in->at + 1]);
    in->at += minus;
    for (; in->at < in->rtf.size && is_digit(text[in->at]); in->at++, given = true)
        if (number < INT32_MAX)
            number = number * 10 + (text[in->at] - '0');
    if (in->at < in->rtf.size && text[in->at] == ' ')
        in->at++;
    in->skip = 0; /* fallbacks of \u are characters; a word means that there was none */
    const att_rtf_word *word = att_rtf_word_find(name);
    if (!opens_destination(in, word))
        obey(in, word, minus ? -number : number, given);
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* \' and two hexadecimal digits. */
static void read_hex(reader *in)
{
    const char *text = in->rtf.text + in->at;

    if (in->rtf.size - in->at < 2)
        return;
    int high = hex(text[0]), low = hex(text[1]);
    if (high < 0 || low < 0)
        return;
    char byte = (char)(high * 16 + low);
    in->at += 2;
    put_bytes(in, (att_span){&byte, 1});
}

/* What follows a backslash. */
static void read_control(reader *in)
{
    if (in->at == in->rtf.size)
        return;
    char c = in->rtf.text[in->at];
    if (is_letter(c)) {
        read_word(in);
        return;
    }
    in->at++;
    switch (c) {
    case '\'':
        read_hex(in);
        break;
    case '*':
        top(in)->starred = true;
        break;
    case '\\':
    case '{':
    case '}':
        put_bytes(in, (att_span){&c, 1});
        break;
    case '~':
        put_character(in, 0xA0);
        break;
    case '_':
        put_character(in, 0x2011);
        break;
    case '\n':
    case '\r':
        put_character(in, '\n');
        if (c == '\r' && in->at < in->rtf.size && in->rtf.text[in->at] == '\n')
            in->at++;
        break;
    default:
        break;
    }
}

static bool open_group(reader *in)
{
    static const group outermost = {.skip = 1};
    group next = in->depth ? *top(in) : outermost;

    /* Bytes on both sides of a brace are not one character, and neither are units; a skip ends here too. */
    in->failed = in->failed || !att_rtf_bytes_flush(&in->bytes, in->out);
    in->skip = 0;
    next.starred = false;
    if (!att_grow(&in->groups, &in->capacity, in->depth + 1, sizeof *in->groups)) {
        in->failed = true;
        return false;
    }
    in->groups[in->depth++] = next;
    return true;
}

static void close_group(reader *in)
{
    in->failed = in->failed || !att_rtf_bytes_flush(&in->bytes, in->out);
    in->skip = 0;
    in->depth--;
}

static bool is_plain(char c)
{
    return c != '\\' && c != '{' && c != '}' && c != '\r' && c != '\n' && c != '\0';
}

/* Characters that are just text, up to the next that is not. Line ends mean nothing, and neither does NUL. */
static void read_text(reader *in)
{
    size_t from = in->at;

    while (in->at < in->rtf.size && is_plain(in->rtf.text[in->at]))
        in->at++;
    if (in->at > from)
        put_bytes(in, (att_span){in->rtf.text + from, in->at - from});
    else
        in->at++;
}

static att_status read_groups(reader *in, const char *file, att_error *error)
{
    do {
        char c = in->rtf.text[in->at];
        if (c == '{' && in->depth == ATT_RTF_DEPTH)
            return att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                            "is nested more than %u groups deep, which no transcript is; save it again in a word "
                            "processor",
                            ATT_RTF_DEPTH);
        in->at += c == '{' || c == '}' || c == '\\';
        if (c == '{')
            open_group(in);
        else if (c == '}')
            close_group(in);
        else if (c == '\\')
            read_control(in);
        else
            read_text(in);
        if (in->failed || in->out->failed)
            return att_fail_memory(error);
    } while (in->depth > 0 && in->at < in->rtf.size);
    if (in->depth == 0)
        return ATT_OK;
    return att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                    "ends before its last group is closed, as if the file had been cut off; save or copy it again");
}

att_status att_rtf_text(att_buffer *out, att_span rtf, uint64_t *ill_formed, const char *file, att_error *error)
{
    reader in = {.rtf = rtf, .out = out, .page = 1252};

    *ill_formed = 0;
    if (!att_rtf_looks(rtf))
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                        "is no rich text file, it does not begin with {\\rtf; name its format with --format");
    att_status status = read_groups(&in, file, error);
    if (!status)
        put_lone_half(&in);
    if (!att_rtf_bytes_flush(&in.bytes, out) && !status)
        status = att_fail_memory(error);
    *ill_formed = in.ill_formed + in.bytes.ill_formed;
    att_rtf_bytes_clear(&in.bytes);
    free(in.groups);
    free(in.fonts);
    return status;
}
