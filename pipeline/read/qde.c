#include "read/qde.h"

#include "base/buffer.h"
#include "base/xml.h"
#include "read/qde_refs.h"

#include <stdlib.h>

#define NAMESPACE "urn:QDA-XML:project:"

/* What is being read. */
typedef struct {
    att_qde *project;
    att_qde_refs refs;
    size_t source;    /* that is open, or ATT_QDE_NOBODY, as the following */
    size_t selection; /* */
    size_t owner;
    att_span variable; /* the guid of the value that is open */
    att_span holder;   /* the name of the recording or PDF that a text belongs to */
    att_buffer text;
    bool takes_text;
    bool in_pdf_selection;
    bool found; /* the root element was a project's */
} reading;

/* One more item at the end of an array, zeroed; items: the address of its pointer. NULL: no memory. */
static void *added(void *items, size_t *count, size_t *capacity, size_t size)
{
    char *array;

    if (!att_grow(items, capacity, *count + 1, size))
        return NULL;
    memcpy(&array, items, sizeof array);
    array += *count * size;
    memset(array, 0, size);
    ++*count;
    return array;
}

/* GUIDs come in both cases of letters. */
static bool keep_guid(reading *in, att_span *to, att_span text)
{
    char *copy = att_arena_copy(&in->project->arena, text);

    for (size_t i = 0; copy && i < text.size; i++)
        copy[i] = copy[i] >= 'A' && copy[i] <= 'Z' ? (char)(copy[i] + 32) : copy[i];
    *to = (att_span){copy, text.size};
    return copy != NULL;
}

static uint64_t number_of(att_span text)
{
    uint64_t number = 0;

    for (size_t i = 0; i < text.size && i < 18 && text.text[i] >= '0' && text.text[i] <= '9'; i++)
        number = number * 10 + (uint64_t)(text.text[i] - '0');
    return number;
}

static bool source_begin(reading *in, const att_xml_element *element)
{
    att_qde *project = in->project;
    att_span name = att_xml_get(element, "name");
    att_qde_source *source =
        added(&project->sources, &project->source_count, &project->source_capacity, sizeof *project->sources);

    if (!source)
        return false;
    source->owner = ATT_QDE_NOBODY;
    in->source = project->source_count - 1;
    return keep_guid(in, &source->guid, att_xml_get(element, "guid")) &&
           att_arena_keep(&in->project->arena, &source->name, name.size ? name : in->holder) &&
           att_arena_keep(&in->project->arena, &source->path, att_xml_get(element, "plainTextPath"));
}

static bool selection_begin(reading *in, const att_xml_element *element)
{
    att_qde *project = in->project;

    if (in->source == ATT_QDE_NOBODY)
        return true;
    att_qde_selection *selection = added(&project->selections, &project->selection_count, &project->selection_capacity,
                                         sizeof *project->selections);
    if (!selection)
        return false;
    selection->source = in->source;
    selection->owner = ATT_QDE_NOBODY;
    selection->start = number_of(att_xml_get(element, "startPosition"));
    selection->end = number_of(att_xml_get(element, "endPosition"));
    in->selection = project->selection_count - 1;
    return keep_guid(in, &selection->guid, att_xml_get(element, "guid"));
}

static bool case_begin(reading *in, const att_xml_element *element)
{
    att_qde *project = in->project;
    att_qde_case *person = added(&project->cases, &project->case_count, &project->case_capacity, sizeof *person);

    if (!person)
        return false;
    in->owner = project->case_count - 1;
    return keep_guid(in, &person->guid, att_xml_get(element, "guid")) &&
           att_arena_keep(&in->project->arena, &person->name, att_xml_get(element, "name"));
}

/* A reference from a case, or from a coding to its code. */
static bool reference(reading *in, const char *name, const att_xml_element *element)
{
    bool code = att_xml_is(name, "CodeRef");
    att_span guid;

    if (in->owner == ATT_QDE_NOBODY && (in->selection == ATT_QDE_NOBODY || !code))
        return true;
    if (!keep_guid(in, &guid, att_xml_get(element, "targetGUID")))
        return false;
    if (in->owner == ATT_QDE_NOBODY)
        return att_qde_refs_add(&in->refs, ATT_QDE_CODING, in->selection, guid);
    return att_qde_refs_add(&in->refs,
                            code                               ? ATT_QDE_CASE_CODE
                            : att_xml_is(name, "SelectionRef") ? ATT_QDE_CASE_SELECTION
                                                               : ATT_QDE_CASE_SOURCE,
                            in->owner, guid);
}

/* Elements that hold the text of a source, where they stand by themselves or in a PDF or a recording. */
static const char *const text_sources[] = {"TextSource", "Representation", "Transcript", NULL};
static const char *const holders[] = {"PDFSource", "AudioSource", "VideoSource", NULL};
static const char *const references[] = {"CodeRef", "SelectionRef", "SourceRef", NULL};
static const char *const values[] = {
    "TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue", NULL};

static bool element_begin(reading *in, const char *name, const att_xml_element *element)
{
    if (att_xml_is(name, "Project"))
        return att_arena_keep(&in->project->arena, &in->project->name, att_xml_get(element, "name"));
    if (att_xml_is(name, "PDFSelection"))
        in->in_pdf_selection = true;
    else if (att_xml_is_any(name, holders))
        return att_arena_keep(&in->project->arena, &in->holder, att_xml_get(element, "name"));
    else if (att_xml_is_any(name, text_sources))
        return in->in_pdf_selection || source_begin(in, element);
    else if (att_xml_is(name, "PlainTextSelection"))
        return selection_begin(in, element);
    else if (att_xml_is(name, "Case"))
        return case_begin(in, element);
    else if (att_xml_is(name, "Variable"))
        return keep_guid(in, &in->variable, att_xml_get(element, "guid")) &&
               att_qde_refs_name(&in->refs, &in->project->arena, in->variable, att_xml_get(element, "name"));
    else if (att_xml_is(name, "VariableRef"))
        return keep_guid(in, &in->variable, att_xml_get(element, "targetGUID"));
    else if (att_xml_is_any(name, references))
        return reference(in, name, element);
    return true;
}

static att_status on_start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    reading *in = context;

    (void)xml;
    if (!element->space || strncmp(element->space, NAMESPACE, sizeof NAMESPACE - 1) != 0)
        return ATT_OK;
    in->found = true;
    in->text.size = 0;
    in->takes_text = (in->source != ATT_QDE_NOBODY && att_xml_is(element->name, "PlainTextContent")) ||
                     (in->owner != ATT_QDE_NOBODY && att_xml_is_any(element->name, values));
    return element_begin(in, element->name, element) ? ATT_OK : att_fail_memory(error);
}

static bool value_end(reading *in)
{
    att_qde *project = in->project;
    att_qde_value *value = added(&project->values, &project->value_count, &project->value_capacity, sizeof *value);

    if (!value)
        return false;
    value->owner = in->owner;
    value->name = in->variable; /* until all variables are known */
    return att_arena_keep(&in->project->arena, &value->text, att_xml_trim((att_span){in->text.data, in->text.size}));
}

static bool element_end(reading *in, const char *name)
{
    if (in->takes_text) {
        bool content = att_xml_is(name, "PlainTextContent");
        att_qde_source *source = content ? &in->project->sources[in->source] : NULL;
        in->takes_text = false;
        if (in->text.failed)
            return false;
        if (!content)
            return value_end(in);
        source->inside = true;
        return att_arena_keep(&in->project->arena, &source->content,
                              (att_span){in->text.size ? in->text.data : "", in->text.size});
    }
    if (att_xml_is(name, "PDFSelection"))
        in->in_pdf_selection = false;
    else if (att_xml_is_any(name, holders))
        in->holder.size = 0;
    else if (att_xml_is_any(name, text_sources) && !in->in_pdf_selection)
        in->source = ATT_QDE_NOBODY;
    else if (att_xml_is(name, "PlainTextSelection"))
        in->selection = ATT_QDE_NOBODY;
    else if (att_xml_is(name, "Case"))
        in->owner = ATT_QDE_NOBODY;
    return true;
}

static att_status on_end(void *context, const att_xml *xml, const char *name, att_error *error)
{
    (void)xml;
    return element_end(context, name) ? ATT_OK : att_fail_memory(error);
}

static att_status on_text(void *context, const att_xml *xml, att_span text, att_error *error)
{
    reading *in = context;

    (void)xml, (void)error;
    if (in->takes_text)
        att_buffer_span(&in->text, text);
    return ATT_OK;
}

att_status att_qde_read(att_qde *project, att_span xml, const char *file, att_error *error)
{
    static const att_xml_handler handler = {on_start, on_end, on_text};
    reading in = {.project = project, .source = ATT_QDE_NOBODY, .selection = ATT_QDE_NOBODY, .owner = ATT_QDE_NOBODY};

    att_status status = att_xml_parse(xml, file, &handler, &in, error);
    if (!status && !in.found)
        status = att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                          "is no REFI-QDA project; export one from the program (\"QDA-XML\", .qdpx)");
    if (!status && !att_qde_refs_resolve(&in.refs, project))
        status = att_fail_memory(error);
    att_qde_refs_clear(&in.refs);
    att_buffer_clear(&in.text);
    return status;
}

void att_qde_clear(att_qde *project)
{
    att_arena_clear(&project->arena);
    free(project->sources);
    free(project->selections);
    free(project->cases);
    free(project->values);
    *project = (att_qde){0};
}
