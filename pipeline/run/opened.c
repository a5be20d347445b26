#include "run/opened.h"

static bool knows_label(const void *context, att_span label)
{
    const att_opened *opened = context;

    return opened->speakers && att_speakers_knows(opened->speakers, opened->transcript, label);
}

void att_opened_close(att_opened *opened)
{
    if (opened->reader)
        opened->format->close(opened->reader);
    if (opened->plan)
        opened->format->forget(opened->plan);
    att_file_source_close(&opened->source);
}

att_status att_opened_open(att_opened *out, const att_input *input, const att_study *study, const att_reading *reading,
                           const att_speakers *speakers, char *probe, att_error *error)
{
    att_recognised known;

    *out = (att_opened){.source = {.file = -1}, .transcript = att_span_of(input->id), .speakers = speakers};
    out->options = reading->options;
    out->options.known_label = knows_label;
    out->options.known_context = out;
    att_status status = att_file_source_open(&out->source, input, &study->limits, 0, NULL, error);
    if (!status)
        status = att_file_source_recognise(&out->source, study->format, study->encoding, probe, &known, error);
    if (status)
        return status;
    out->format = known.format;
    out->probe = known.probe;
    out->recognised = known.format->sniff(known.probe, known.complete, input->path) >= ATT_SURE;
    status = out->format->plan(&out->plan, known.probe, known.complete, input->path, &out->options, error);
    if (!status)
        status = out->format->open(&out->reader, out->plan, &out->source.source, 0, UINT64_MAX, error);
    return att_file_source_outcome(&out->source, status, error);
}
