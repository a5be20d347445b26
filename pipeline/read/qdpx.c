/* REFI-QDA projects (.qdpx: a zip archive with a project file and its sources; .qde: the project file alone). All
 * sources with text are read, in the order of the project. */
#include "base/charset.h"
#include "read/package.h"
#include "read/qde.h"
#include "read/qde_turns.h"

#include <stdlib.h>

#define KIND     "a QDA project"
#define INTERNAL "internal://"
#define BOM      "\xEF\xBB\xBF"

/* The texts of a project. */
typedef struct {
    att_qde project;
    att_buffer *texts; /* one a source; empty where it is in the project file */
    att_package_member *members;
    size_t member_count;
} qdpx;

static bool is_xml(att_span content)
{
    return content.size && content.text[0] && strchr("<\xEF\xFE\xFF \t\r\n", content.text[0]);
}

static void clear(qdpx *in)
{
    for (size_t i = 0; in->texts && i < in->project.source_count; i++)
        att_buffer_clear(&in->texts[i]);
    for (size_t i = 0; i < in->member_count; i++)
        att_buffer_clear(&in->members[i].content);
    free(in->texts);
    free(in->members);
    att_qde_clear(&in->project);
}

static const char *name_of(const att_qde_source *source)
{
    return source->name.size ? source->name.text : "without a name";
}

/* internal://NAME, or without a scheme; other schemes are files that lie elsewhere. */
static bool is_in_archive(att_span path)
{
    return path.size && (strncmp(path.text, INTERNAL, sizeof INTERNAL - 1) == 0 || !strstr(path.text, "://"));
}

/* The last part of the path, as what is to be found in the archive ("?NAME"); NULL: no memory. */
static char *wish_of(qdpx *in, const att_qde_source *source)
{
    const char *path = source->path.text;
    char *wish;

    for (const char *at = path; *at; at++)
        path = *at == '/' || *at == '\\' ? at + 1 : path;
    wish = att_arena_take(&in->project.arena, strlen(path) + 2);
    if (wish) {
        wish[0] = '?';
        memcpy(wish + 1, path, strlen(path) + 1);
    }
    return wish;
}

static att_status wishes_make(qdpx *in, bool is_package, const char *file, att_error *error)
{
    in->members = calloc(in->project.source_count + 1, sizeof *in->members);
    in->texts = calloc(in->project.source_count + 1, sizeof *in->texts);
    if (!in->members || !in->texts)
        return att_fail_memory(error);
    for (size_t i = 0; i < in->project.source_count; i++) {
        const att_qde_source *source = &in->project.sources[i];
        if (source->inside)
            continue;
        bool there = is_in_archive(source->path) && is_package;
        if (!there)
            return att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                            "the text of its source '%.100s' is not in the project (%.100s); export the project "
                            "together with its sources",
                            name_of(source), source->path.size ? source->path.text : "no path is given");
        char *wish = wish_of(in, source);
        if (!wish)
            return att_fail_memory(error);
        in->members[in->member_count++].name = wish;
    }
    return ATT_OK;
}

/* The text of a file in the archive as UTF-8. */
static att_status text_take(att_buffer *to, att_buffer *from, att_error *error)
{
    att_span content = {from->size ? from->data : "", from->size};
    att_span probe = {content.text, content.size < ATT_PROBE ? content.size : ATT_PROBE};
    att_charset charset;
    att_status status = att_charset_choose(&charset, probe, probe.size == content.size, NULL, error);

    if (status)
        return status;
    if (!charset.is_utf8)
        return att_charset_convert(charset.name, content, to, error);
    *to = *from;
    *from = (att_buffer){0};
    return ATT_OK;
}

static att_status texts_read(qdpx *in, att_span package, const char *file, att_error *error)
{
    att_status status = wishes_make(in, !is_xml(package), file, error);
    size_t member = 0;

    if (!status && in->member_count)
        status = att_package_read(package, in->members, in->member_count, KIND, file, error);
    for (size_t i = 0; !status && i < in->project.source_count; i++) {
        const att_qde_source *source = &in->project.sources[i];
        if (source->inside)
            continue;
        if (!in->members[member].found)
            return att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                            "the text of its source '%.100s' (%.100s) is missing; export the project anew",
                            name_of(source), source->path.text);
        status = text_take(&in->texts[i], &in->members[member++].content, error);
    }
    return status;
}

/* How many sources before this one have its name? */
static size_t namesakes(const att_qde *project, size_t index)
{
    size_t count = 0;

    for (size_t i = 0; i < index; i++)
        count += att_span_equal(project->sources[i].name, project->sources[index].name) ? 1 : 0;
    return count;
}

/* What is put before the labels of a source; nothing where it is the only one. */
static att_status prefix_make(att_buffer *prefix, const att_qde *project, size_t index, att_error *error)
{
    prefix->size = 0;
    if (project->source_count < 2)
        return ATT_OK;
    size_t before = namesakes(project, index);
    att_buffer_span(prefix, project->sources[index].name);
    if (before)
        att_buffer_format(prefix, " (%zu)", before + 1);
    return prefix->failed ? att_fail_memory(error) : ATT_OK;
}

static att_span text_of(const qdpx *in, size_t index)
{
    const att_buffer *text = &in->texts[index];
    att_span all = text->size ? (att_span){text->data, text->size} : (att_span){"", 0};

    if (in->project.sources[index].inside)
        all = in->project.sources[index].content;
    if (all.size >= 3 && memcmp(all.text, BOM, 3) == 0)
        all = (att_span){all.text + 3, all.size - 3};
    return all;
}

static att_status sources_add(att_document *document, qdpx *in, const att_read_options *options, const char *file,
                              att_error *error)
{
    att_qde *project = &in->project;
    att_buffer prefix = {0};
    att_status status = ATT_OK;
    size_t first = 0;

    for (size_t i = 0; !status && i < project->source_count; i++) {
        size_t last = first;
        while (last < project->selection_count && project->selections[last].source == i)
            last++;
        status = prefix_make(&prefix, project, i, error);
        if (!status)
            status = att_qde_turns(
                document, project, &project->sources[i], text_of(in, i), (att_span){prefix.data, prefix.size},
                last > first ? project->selections + first : NULL, last - first, options, file, error);
        first = last;
    }
    att_buffer_clear(&prefix);
    return status;
}

/* Variables of the cases that speak. */
static att_status facts_add(att_document *document, const att_qde *project, att_error *error)
{
    att_status status = att_document_title(document, project->name, error);

    for (size_t i = 0; !status && i < project->value_count; i++) {
        const att_qde_value *value = &project->values[i];
        const att_qde_case *person = &project->cases[value->owner];
        if (person->speaks && value->name.size)
            status = att_document_fact(document, person->name, value->name, value->text, error);
    }
    return status;
}

/* The project file, in an archive or by itself. */
static att_status project_read(qdpx *in, att_span content, const char *file, att_error *error)
{
    att_package_member member = {.name = "*.qde"};
    att_buffer name = {0};
    att_status status;

    if (is_xml(content))
        return att_qde_read(&in->project, content, file, error);
    status = att_package_read(content, &member, 1, KIND, file, error);
    if (!status && !member.found)
        status =
            att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                     "is no REFI-QDA project: there is no .qde file in it; export one from the program (\"QDA-XML\")");
    if (!status) {
        att_buffer_format(&name, "%s (its .qde file)", file);
        status = name.failed ? att_fail_memory(error)
                             : att_qde_read(&in->project, (att_span){member.content.data, member.content.size},
                                            name.data, error);
    }
    att_buffer_clear(&name);
    att_buffer_clear(&member.content);
    return status;
}

static att_status qdpx_parse(att_document *document, att_span content, const att_read_options *options,
                             const char *file, att_error *error)
{
    qdpx in = {0};
    att_status status = project_read(&in, content, file, error);

    if (!status && in.project.source_count == 0)
        status = att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                          "is a project without texts; export it together with its documents");
    if (!status && in.project.source_count > ATT_QDE_SOURCES)
        status = att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                          "is a project with more than %u texts; export its parts by themselves", ATT_QDE_SOURCES);
    if (!status)
        status = texts_read(&in, content, file, error);
    if (!status)
        status = sources_add(document, &in, options, file, error);
    if (!status)
        status = facts_add(document, &in.project, error);
    clear(&in);
    return status;
}

static att_status qdpx_open(void **reader, const void *plan, att_source *source, uint64_t from, uint64_t to,
                            att_error *error)
{
    (void)from, (void)to;
    return att_document_open(reader, plan, source, qdpx_parse, error);
}

static int qdpx_sniff(att_span probe, bool complete, const char *file_name)
{
    static const char space[] = "urn:QDA-XML:project:";
    const char *dot = file_name ? strrchr(file_name, '.') : NULL;

    (void)complete;
    if (is_xml(probe) && memmem(probe.text, probe.size < 4096 ? probe.size : 4096, space, sizeof space - 1))
        return 95;
    if (probe.size < 4 || memcmp(probe.text, "PK\3\4", 4) != 0)
        return 0;
    if (att_package_shows(probe, NULL, ".qde"))
        return 95;
    return dot && strcmp(dot, ".qdpx") == 0 ? 60 : 0;
}

const att_format att_format_qdpx = {
    .name = "qdpx",
    .description = "REFI-QDA projects",
    .extensions = "qdpx qde",
    .binary = true,
    .sniff = qdpx_sniff,
    .plan = att_document_plan,
    .forget = att_document_forget,
    .open = qdpx_open,
    .next = att_document_next,
    .counts = att_document_counts,
    .info = att_document_info,
    .close = att_document_close,
};
