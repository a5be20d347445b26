#include "match/glob.h"

/* Bytes of the code point that begins with this byte, in well-formed UTF-8. */
static size_t code_point_size(char lead)
{
    unsigned char byte = (unsigned char)lead;

    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

bool att_glob_matches(att_span glob, att_span token)
{
    size_t g = 0, t = 0, after_star = 0, retry = 0;
    bool star = false;

    while (t < token.size) {
        if (g < glob.size && glob.text[g] == '*') {
            /* Let the star take nothing at first; `retry` is where it would take one more. */
            star = true;
            after_star = ++g;
            retry = t;
        } else if (g < glob.size && glob.text[g] == '?') {
            g++;
            t += code_point_size(token.text[t]);
        } else if (g < glob.size && glob.text[g] == token.text[t]) {
            g++;
            t++;
        } else if (star) {
            g = after_star;
            retry += code_point_size(token.text[retry]);
            t = retry;
        } else {
            return false;
        }
    }
    while (g < glob.size && glob.text[g] == '*')
        g++;
    return g == glob.size;
}

static bool is_wild(char c)
{
    return c == '*' || c == '?';
}

size_t att_glob_beginning(att_span glob)
{
    size_t size = 0;

    while (size < glob.size && !is_wild(glob.text[size]))
        size++;
    return size;
}

size_t att_glob_ending(att_span glob)
{
    size_t size = 0;

    while (size < glob.size && !is_wild(glob.text[glob.size - size - 1]))
        size++;
    return size;
}
