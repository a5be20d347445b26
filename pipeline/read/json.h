/* What the dialects of the json reader share: looking into values, and words that become pieces. For read/json*.c.
 *
 * A dialect is one file: it tells whether a document is its own (`knows`) and reads it (`read`). What fails is kept in
 * the att_json, so a dialect goes on as if nothing had happened; json.c looks at the end. */
#ifndef ATT_READ_JSON_H
#define ATT_READ_JSON_H

#include "base/arena.h"
#include "base/buffer.h"
#include "read/document.h"
#include "read/json_tree.h"

/* A larger document is refused, because it is kept in memory. */
#define ATT_JSON_MOST ((size_t)256 << 20)
/* So is one of more values: taken apart they come to 512 MiB. */
#define ATT_JSON_VALUES_MOST ((size_t)16 << 20)

/* A word, or a part of a transcript that has one speaker. Spans last as long as the document's tree or the arena. */
typedef struct {
    att_span label;
    att_span text;
    int64_t start_ms; /* ATT_NO_TIME: not given */
    int64_t end_ms;
    bool attached; /* no space before it */
    bool holds;    /* no space behind it */
} att_json_word;

/* A piece that waits to be put in order. */
typedef struct att_json_waiting att_json_waiting;

typedef struct {
    att_document *document;
    const att_read_options *options;
    const char *file;
    att_error *error;
    att_status status; /* of the first that failed */
    att_arena arena;
    att_buffer text; /* of the words of one speaker so far, and: */
    att_span label;
    int64_t start_ms, end_ms;
    att_span language; /* of all pieces until it changes; size 0: the transcript's */
    bool open;
    bool holds;    /* nothing may come between the text and the next word */
    bool by_start; /* pieces are put in order of their start: the source has them channel by channel */
    att_json_waiting *waiting;
    size_t waiting_count, waiting_capacity;
} att_json;

/* Names that a key may have, the likeliest first; NULL-terminated. */
typedef const char *const *att_json_names;

/* How a dialect calls what it says about a word or a segment. */
typedef struct {
    att_json_names text;
    att_json_names label;
    att_json_names start;
    att_json_names end;
    int64_t unit_ms; /* of times that are plain numbers: 1000 or 1 */
} att_json_keys;

/* ---- Values (json_value.c). All take NULL and values of the wrong type for "not there". */

const att_json_value *att_json_any(const att_json_value *object,
                                   att_json_names names); /* the first that is there and not null */
att_span att_json_text(const att_json_value *string);
att_span att_json_trim(att_span text); /* without white space around it */
/* A name, a number, or an object with a name; trimmed. */
att_span att_json_label(att_json *json, const att_json_value *value);
/* A number that stands for one. */
att_span att_json_count_label(att_json *json, size_t number);
/* Seconds or milliseconds (unit_ms) as a number or its text, "1.300s", "01:02:03.5", {"seconds": 1, "nanos": 5}. */
int64_t att_json_time(const att_json_value *value, int64_t unit_ms);
/* "A/B", or whichever is not empty. */
att_span att_json_path(att_json *json, att_span a, att_span b);
/* A language as a tag ("en_us") or by its English name ("english"): BCP 47, or empty where it is none. */
att_span att_json_tag(att_json *json, att_span language);
/* That the whole transcript is in it. */
void att_json_language(att_json *json, att_span language);
att_json_word att_json_read(att_json *json, const att_json_value *object, const att_json_keys *keys);

/* ---- Speech (json_speech.c). */

/* A word goes on where the last one of the same speaker ended. */
void att_json_add(att_json *json, const att_json_word *word);
/* Nothing joins the words so far. */
void att_json_flush(att_json *json);
/* A part that stands for itself; opens: it is a turn of its own. */
void att_json_say(att_json *json, const att_json_word *part, bool opens);
/* The words of a part. Where they differ in their speaker they decide, and the part's text only says how they are
 * spaced; else the part is said as a whole. */
void att_json_talk(att_json *json, const att_json_word *part, const att_json_value *words, const att_json_keys *keys);
/* Hands over what waits. */
void att_json_finish(att_json *json);
void att_json_clear(att_json *json);

/* Keeps the message of a failure: `FILE: ...`. */
void att_json_fail(att_json *json, const char *message);

/* ---- Dialects */

typedef struct {
    bool (*knows)(const att_json_value *root);
    void (*read)(att_json *json, const att_json_value *root);
} att_json_dialect;

extern const att_json_dialect att_json_whisper;
extern const att_json_dialect att_json_aws;
extern const att_json_dialect att_json_google;
extern const att_json_dialect att_json_assemblyai;
extern const att_json_dialect att_json_deepgram;
extern const att_json_dialect att_json_speechmatics;

/* Lists of objects with a text and a speaker, wherever they stand, by --column or by usual names (json_list.c). false:
 * there is none. */
bool att_json_list_read(att_json *json, const att_json_value *root);
/* {"text": "..."} and no more. false: it is not that. */
bool att_json_text_read(att_json *json, const att_json_value *root);
extern const att_json_keys att_json_usual_words;

#endif
