#include "read/textgrid_tokens.h"

#include <math.h>

static bool is_white(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

void att_praat_open(att_praat_reader *reader, att_span content)
{
    size_t mark = content.size >= 3 && memcmp(content.text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    *reader = (att_praat_reader){content, mark, 1};
}

/* One character on; lines end with \n, \r\n or \r. */
static void pass(att_praat_reader *reader)
{
    char c = reader->content.text[reader->at++];
    bool more = reader->at < reader->content.size;

    reader->line += c == '\n' || (c == '\r' && !(more && reader->content.text[reader->at] == '\n'));
}

static size_t digits_pass(att_span text, size_t at)
{
    while (at < text.size && is_digit(text.text[at]))
        at++;
    return at;
}

/* -12.5e-3, whatever the locale; a file gives times in no other way. False: this is no number. */
static bool number_read(att_span word, double *number)
{
    size_t sign = word.size && (word.text[0] == '-' || word.text[0] == '+'), whole, at;
    double value = 0, place = 1;
    int exponent = 0, direction = 1;

    at = whole = digits_pass(word, sign);
    for (size_t i = sign; i < whole; i++)
        value = value * 10 + (word.text[i] - '0');
    if (at < word.size && word.text[at] == '.') {
        at = digits_pass(word, at + 1);
        for (size_t i = whole + 1; i < at && i < whole + 18; i++)
            value += (word.text[i] - '0') * (place /= 10);
    }
    if (whole == sign)
        return false;
    if (at < word.size && (word.text[at] == 'e' || word.text[at] == 'E')) {
        at++;
        if (at < word.size && (word.text[at] == '-' || word.text[at] == '+'))
            direction = word.text[at++] == '-' ? -1 : 1;
        for (; at < word.size && is_digit(word.text[at]); at++)
            exponent = exponent < 1000 ? exponent * 10 + (word.text[at] - '0') : exponent;
    }
    *number = (word.text[0] == '-' ? -value : value) * pow(10, direction * exponent);
    return at == word.size && isfinite(*number);
}

/* The reader is behind the opening quote. */
static att_praat_token string_take(att_praat_reader *reader)
{
    att_praat_token token = {.kind = ATT_PRAAT_STRING, .line = reader->line};
    size_t from = reader->at;

    while (reader->at < reader->content.size) {
        bool quote = reader->content.text[reader->at] == '"';
        pass(reader);
        if (!quote)
            continue;
        if (reader->at == reader->content.size || reader->content.text[reader->at] != '"') {
            token.text = (att_span){reader->content.text + from, reader->at - 1 - from};
            return token;
        }
        token.doubled = true;
        pass(reader);
    }
    token.kind = ATT_PRAAT_OPEN;
    return token;
}

static void comment_pass(att_praat_reader *reader)
{
    uint64_t line = reader->line;

    while (reader->at < reader->content.size && reader->line == line)
        pass(reader);
}

att_praat_token att_praat_next(att_praat_reader *reader)
{
    att_praat_token token = {.kind = ATT_PRAAT_END, .line = reader->line};

    while (reader->at < reader->content.size) {
        char c = reader->content.text[reader->at];
        token.line = reader->line;
        if (c == '"') {
            pass(reader);
            return string_take(reader);
        }
        if (c == '!') {
            comment_pass(reader);
            continue;
        }
        if (is_white(c)) {
            pass(reader);
            continue;
        }
        size_t from = reader->at;
        while (reader->at < reader->content.size && !is_white(reader->content.text[reader->at]) &&
               reader->content.text[reader->at] != '"')
            reader->at++;
        att_span word = {reader->content.text + from, reader->at - from};
        if (number_read(word, &token.number)) {
            token.kind = ATT_PRAAT_NUMBER;
            token.text = word;
            return token;
        }
        if (word.size > 2 && word.text[0] == '<' && word.text[word.size - 1] == '>') {
            token.kind = ATT_PRAAT_FLAG;
            token.text = (att_span){word.text + 1, word.size - 2};
            return token;
        }
    }
    token.line = reader->line;
    return token;
}
