#include "tokenise/keys.h"

#include <string.h>

att_wide_key att_key_longer(att_key_seed seed, att_span token)
{
    uint64_t hash = token.size;
    att_token_key part;

    for (size_t at = 0; at + ATT_KEY_BYTES <= token.size; at += ATT_KEY_BYTES) {
        memcpy(&part, token.text + at, sizeof part);
        part.low ^= hash;
        hash = att_key_mix(seed, part);
    }
    memcpy(&part, token.text + token.size - sizeof part, sizeof part);
    part.low ^= hash;
    return (att_wide_key){{att_key_mix(seed, part), 0}, {0, ATT_LONG_KEY}};
}
