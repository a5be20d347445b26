#include "run/manifest.h"

#include "base/utf8.h"

#include <attune/version.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct att_manifest {
    FILE *stream;
    uint64_t transcripts;
};

enum { DUMP = JSON_COMPACT | JSON_PRESERVE_ORDER };

/* A JSON string of any bytes: what is not well-formed becomes U+FFFD. */
static json_t *json_text(const char *text)
{
    size_t size = strlen(text), at = 0;
    att_buffer clean = {0};
    char bytes[4];

    while (at < size)
        att_buffer_append(&clean, bytes, att_utf8_put(bytes, att_utf8_next(text, size, &at)));
    json_t *string = clean.failed ? NULL : json_stringn(clean.data ? clean.data : "", clean.size);
    att_buffer_clear(&clean);
    return string;
}

static json_t *json_count(uint64_t count)
{
    return json_integer((json_int_t)count);
}

static json_t *json_hash(uint64_t hash)
{
    char text[17];

    snprintf(text, sizeof text, "%016" PRIx64, hash);
    return json_string(text);
}

/* Writes `"name": value` or, without a name, the value; takes the reference. Jansson's setters refuse NULL, so a
 * missing value anywhere shows as a failure here or a missing member there, both of which are "no memory". */
static att_status put(const att_manifest *manifest, const char *name, json_t *value, const char *after,
                      att_error *error)
{
    char *text = value ? json_dumps(value, DUMP | JSON_ENCODE_ANY) : NULL;

    json_decref(value);
    if (!text)
        return att_fail_memory(error);
    fprintf(manifest->stream, name ? "  \"%s\": %s%s\n" : "    %.0s%s%s\n", name ? name : "", text, after);
    free(text);
    return ATT_OK;
}

att_status att_manifest_open(att_manifest **out, FILE *stream, const char *command, att_error *error)
{
    att_manifest *manifest = calloc(1, sizeof *manifest);
    char stamp[32] = "";
    time_t now = time(NULL);
    struct tm utc;

    if (!manifest)
        return att_fail_memory(error);
    manifest->stream = stream;
    if (gmtime_r(&now, &utc))
        strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &utc);
    fputs("{\n", stream);
    att_status status = put(manifest, "attune", json_string(ATTUNE_VERSION), ",", error);
    if (!status)
        status = put(manifest, "written", json_string(stamp), ",", error);
    if (!status && command)
        status = put(manifest, "command", json_text(command), ",", error);
    if (status) {
        free(manifest);
        return status;
    }
    fputs("  \"transcripts\": [\n", stream);
    *out = manifest;
    return ATT_OK;
}

static att_status put_transcript(att_manifest *manifest, json_t *record, att_error *error)
{
    if (manifest->transcripts++)
        fputs("    ,\n", manifest->stream);
    return put(manifest, NULL, record, "", error);
}

static void set_counts(json_t *record, const att_transcript_tally *tally)
{
    uint64_t turns = 0, tokens = 0;

    att_transcript_tally_count(tally, &turns, &tokens);
    json_object_set_new(record, "language", json_stringn(tally->language.text, tally->language.size));
    json_object_set_new(record, "labels", json_count(tally->label_count));
    json_object_set_new(record, "turns", json_count(turns));
    json_object_set_new(record, "tokens", json_count(tokens));
}

static void set_if_any(json_t *record, const char *name, uint64_t count)
{
    if (count)
        json_object_set_new(record, name, json_count(count));
}

static void set_left_out(json_t *record, att_left_out left_out)
{
    set_if_any(record, "excluded_turns", left_out.excluded_turns);
    set_if_any(record, "excluded_tokens", left_out.excluded_tokens);
    set_if_any(record, "unlabelled_turns", left_out.unlabelled_turns);
    set_if_any(record, "unmatched_labels", left_out.unmatched_labels);
}

att_status att_manifest_transcript(att_manifest *manifest, const att_job_transcript *transcript, att_left_out left_out,
                                   att_error *error)
{
    json_t *record = json_object();

    json_object_set_new(record, "id", json_text(transcript->input->id));
    json_object_set_new(record, "path", json_text(transcript->input->path));
    if (transcript->reason) {
        json_object_set_new(record, "skipped", json_text(transcript->reason));
        return put_transcript(manifest, record, error);
    }
    json_object_set_new(record, "size", json_count(transcript->size));
    json_object_set_new(record, "xxh3", json_hash(transcript->hash));
    json_object_set_new(record, "format", json_string(transcript->format->name));
    if (!transcript->charset.is_utf8)
        json_object_set_new(record, "encoding", json_text(transcript->charset.name));
    set_counts(record, &transcript->tally);
    set_if_any(record, "ill_formed_utf8", transcript->counts.ill_formed);
    set_if_any(record, "control_characters", transcript->counts.controls);
    set_if_any(record, "cut_turns", transcript->counts.cut_turns);
    set_if_any(record, "transcription_notes", transcript->counts.notes);
    set_if_any(record, "uncovered_turns", transcript->uncovered_turns);
    if (transcript->uncovered_turns)
        json_object_set_new(record, "uncovered_language", json_text(transcript->uncovered));
    set_left_out(record, left_out);
    return put_transcript(manifest, record, error);
}

att_status att_manifest_tally(att_manifest *manifest, const att_transcript_tally *tally, att_left_out left_out,
                              att_error *error)
{
    json_t *record = json_object();

    json_object_set_new(record, "id", json_stringn(tally->id.text, tally->id.size));
    json_object_set_new(record, "size", json_count(tally->size));
    json_object_set_new(record, "xxh3", json_hash(tally->hash));
    set_counts(record, tally);
    set_left_out(record, left_out);
    return put_transcript(manifest, record, error);
}

static json_t *lexicon_list(const att_lexicon_stamp *lexicons, size_t count)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *record = json_object();
        json_object_set_new(record, "name", json_text(lexicons[i].name));
        json_object_set_new(record, "language", json_text(lexicons[i].language));
        json_object_set_new(record, "version", json_text(lexicons[i].version));
        json_object_set_new(record, "xxh3", json_hash(lexicons[i].hash));
        json_array_append_new(list, record);
    }
    return list;
}

static json_t *count_record(const att_counts *counts)
{
    json_t *record = json_object();

    json_object_set_new(record, "transcripts", json_count(counts->transcripts));
    json_object_set_new(record, "skipped", json_count(counts->skipped));
    json_object_set_new(record, "speakers", json_count(counts->speakers));
    json_object_set_new(record, "bytes", json_count(counts->bytes));
    json_object_set_new(record, "turns", json_count(counts->turns));
    json_object_set_new(record, "tokens", json_count(counts->tokens));
    if (counts->hits != ATT_NOT_COUNTED)
        json_object_set_new(record, "hits", json_count(counts->hits));
    json_object_set_new(record, "excluded_turns", json_count(counts->excluded_turns));
    json_object_set_new(record, "excluded_tokens", json_count(counts->excluded_tokens));
    json_object_set_new(record, "uncovered_turns", json_count(counts->uncovered_turns));
    json_object_set_new(record, "unlabelled_turns", json_count(counts->unlabelled_turns));
    json_object_set_new(record, "unmatched_labels", json_count(counts->unmatched_labels));
    json_object_set_new(record, "undated", json_count(counts->undated));
    json_object_set_new(record, "passed_over", json_count(counts->passed_over));
    json_object_set_new(record, "ill_formed_utf8", json_count(counts->ill_formed));
    json_object_set_new(record, "control_characters", json_count(counts->controls));
    json_object_set_new(record, "cut_turns", json_count(counts->cut_turns));
    json_object_set_new(record, "transcription_notes", json_count(counts->notes));
    return record;
}

static json_t *message_list(const att_diagnostics *diagnostics)
{
    json_t *list = json_array();

    for (size_t i = 0; i < att_diagnostics_count(diagnostics); i++) {
        const att_diagnostic *d = att_diagnostics_get(diagnostics, i);
        json_t *record = json_object();
        json_object_set_new(record, "severity",
                            json_string(d->severity == ATT_ERROR     ? "error"
                                        : d->severity == ATT_WARNING ? "warning"
                                                                     : "note"));
        if (d->file)
            json_object_set_new(record, "file", json_text(d->file));
        if (d->line)
            json_object_set_new(record, "line", json_count(d->line));
        json_object_set_new(record, "message", json_text(d->message));
        json_array_append_new(list, record);
    }
    return list;
}

att_status att_manifest_close(att_manifest *manifest, const att_lexicon_stamp *lexicons, size_t lexicon_count,
                              const att_counts *counts, const att_diagnostics *diagnostics, att_error *error)
{
    fputs("  ],\n", manifest->stream);
    att_status status = put(manifest, "lexicons", lexicon_list(lexicons, lexicon_count), ",", error);
    if (!status)
        status = put(manifest, "counts", count_record(counts), ",", error);
    if (!status)
        status = put(manifest, "messages", message_list(diagnostics), ",", error);
    if (!status)
        status = put(manifest, "versions", json_text(att_version()), "", error);
    fputs("}\n", manifest->stream);
    free(manifest);
    return status;
}

void att_manifest_abandon(att_manifest *manifest)
{
    free(manifest);
}
