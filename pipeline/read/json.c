/* Transcripts as transcription services give them: one JSON document. Which service it is, the keys say. */
#include "read/json.h"

#include "read/columns.h"

#include <stdlib.h>
#include <string.h>

#define SERVICES                                                                                                       \
    "Whisper, WhisperX, faster-whisper, AWS Transcribe, Google Speech-to-Text, AssemblyAI, Deepgram, Speechmatics"

/* The first that knows a document reads it: those that look closer come first. */
static const att_json_dialect *const dialects[] = {&att_json_aws,    &att_json_deepgram,   &att_json_speechmatics,
                                                   &att_json_google, &att_json_assemblyai, &att_json_whisper};

static size_t blank_skip(att_span text, size_t at)
{
    while (at < text.size && strchr(" \t\r\n", text.text[at]) && text.text[at])
        at++;
    return at;
}

static size_t mark_size(att_span text)
{
    return text.size >= 3 && memcmp(text.text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* Behind the value that begins at `at`, or the end of the text. */
static size_t value_skip(att_span text, size_t at)
{
    size_t depth = 0;
    bool quoted = false;

    for (; at < text.size; at++) {
        char c = text.text[at];
        if (quoted) {
            at += c == '\\';
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return at + 1;
        }
    }
    return text.size;
}

/* Is it the beginning of an object (`{"key":`)? Labels in braces and brackets are none. */
static bool is_object(att_span text, size_t at)
{
    if (at >= text.size || text.text[at] != '{')
        return false;
    at = blank_skip(text, at + 1);
    if (at < text.size && text.text[at] == '}')
        return true;
    if (at >= text.size || text.text[at] != '"')
        return at >= text.size;
    for (at++; at < text.size && text.text[at] != '"'; at++)
        at += text.text[at] == '\\';
    at = blank_skip(text, at + 1);
    return at >= text.size || text.text[at] == ':';
}

/* Lists in lists are no transcript, but no text either: whoever parses them says what is wrong. */
static bool is_lists(att_span text, size_t at)
{
    enum { DEEP = 4 };
    int depth = 0;

    for (; depth < DEEP && at < text.size && text.text[at] == '['; depth++)
        at = blank_skip(text, at + 1);
    return depth == DEEP;
}

static int json_sniff(att_span probe, bool complete, const char *file_name)
{
    size_t at = blank_skip(probe, mark_size(probe));
    size_t inner = at < probe.size && probe.text[at] == '[' ? blank_skip(probe, at + 1) : at;

    if (is_lists(probe, at))
        return 60;
    if (!is_object(probe, inner) && !(complete && inner > at && inner < probe.size && probe.text[inner] == ']'))
        return 0;
    size_t end = value_skip(probe, at);
    /* A record a line, or no JSON: with the name of JSON, whoever parses it says what is wrong. */
    if (blank_skip(probe, end) < probe.size)
        return att_extension_is(file_name, "json") ? 30 : 0;
    if (att_extension_is(file_name, "jsonl") || att_extension_is(file_name, "ndjson"))
        return inner > at ? 60 : 40;
    return 80;
}

static att_status explain(const att_json_tree *tree, att_json_fault fault, const char *file, att_error *error)
{
    uint64_t line = tree->line, column = tree->column;

    switch (fault) {
    case ATT_JSON_FINE:
        return ATT_OK;
    case ATT_JSON_MEMORY:
        return att_fail_memory(error);
    case ATT_JSON_DEEP:
        return att_fail(error, ATT_BAD_INPUT, file, line, column,
                        "is nested more than %d levels deep, which no transcript is; check where the file comes from",
                        ATT_JSON_DEEPEST);
    case ATT_JSON_CUT:
        return att_fail(error, ATT_BAD_INPUT, file, line, column,
                        "the JSON ends before it is complete, as if the file had been cut off; export it again");
    case ATT_JSON_FOLLOWED:
        return att_fail(error, ATT_BAD_INPUT, file, line, column,
                        "something follows the end of the JSON document; where every line is a record of its own, read "
                        "it with --format jsonl");
    case ATT_JSON_HUGE:
        return att_fail(error, ATT_BAD_INPUT, file, line, column,
                        "a number is too large; put it into quotation marks or leave it out");
    case ATT_JSON_MANY:
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                        "is larger than one JSON document may be (256 MiB, and 16 million values); split it, or "
                        "convert it to JSON Lines, which may be of any size");
    default:
        return att_fail(error, ATT_BAD_INPUT, file, line, column, "is no JSON: %s; correct it there or export it again",
                        tree->message);
    }
}

static bool says_column(const att_read_options *options, const char *role)
{
    for (size_t i = 0; i < options->column_count; i++)
        if (strcmp(options->columns[i].role, role) == 0)
            return true;
    return false;
}

static void read_root(att_json *json, const att_json_value *root)
{
    bool named = says_column(json->options, "text");

    for (size_t i = 0; i < sizeof dialects / sizeof *dialects && !named; i++)
        if (dialects[i]->knows(root)) {
            dialects[i]->read(json, root);
            return;
        }
    if (att_json_list_read(json, root) || (!named && att_json_text_read(json, root)))
        return;
    att_json_fail(json, named ? "holds no list of objects with the key that --column text=KEY names; check its spelling"
                              : "is JSON, but not of a service known here (" SERVICES "), nor a list of objects with "
                                "`speaker` and `text`; name its keys with --column speaker=KEY --column text=KEY, or "
                                "convert it to JSON Lines or CSV");
}

static att_status json_parse(att_document *document, att_span content, const att_read_options *options,
                             const char *file, att_error *error)
{
    size_t mark = mark_size(content);
    att_span text = {content.text + mark, content.size - mark};
    att_json_tree tree = {.most = ATT_JSON_VALUES_MOST};
    const att_json_value *root = NULL;
    att_json_fault fault = text.size > ATT_JSON_MOST ? ATT_JSON_MANY : att_json_tree_read(&tree, text, &root);
    att_status status = explain(&tree, fault, file, error);

    if (!status) {
        att_json json = {.document = document, .options = options, .file = file, .error = error};
        att_document_ill_formed(document, tree.ill_formed);
        read_root(&json, root);
        att_json_finish(&json);
        status = json.status;
        att_json_clear(&json);
    }
    att_json_tree_clear(&tree);
    return status;
}

static att_status json_open(void **reader, const void *plan, att_source *source, uint64_t from, uint64_t to,
                            att_error *error)
{
    (void)from, (void)to;
    return att_document_open(reader, plan, source, json_parse, error);
}

const att_format att_format_json = {
    .name = "json",
    .description =
        "JSON of transcription services (Whisper, AWS, Google, AssemblyAI, Deepgram, Speechmatics) and lists of turns",
    .extensions = "json",
    .sniff = json_sniff,
    .plan = att_document_plan,
    .forget = att_document_forget,
    .open = json_open,
    .next = att_document_next,
    .counts = att_document_counts,
    .info = att_document_info,
    .close = att_document_close,
};
