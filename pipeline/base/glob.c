#include "base/glob.h"

#include "base/utf8.h"

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
            att_utf8_next(token.text, token.size, &t);
        } else if (g < glob.size && glob.text[g] == token.text[t]) {
            g++;
            t++;
        } else if (star) {
            g = after_star;
            att_utf8_next(token.text, token.size, &retry);
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
