/* Codebooks of REFI-QDA, .qdc, as MAXQDA, NVivo, ATLAS.ti and others exchange them: codes in codes, with descriptions
 * (Codebook.xsd, urn:QDA-XML:codebook:1.0). A code is a category; what is coded with it is a person's work, so there
 * are no terms. */
#include "base/hash.h"
#include "base/xml.h"
#include "lexicon/dictionary.h"
#include "lexicon/dictionary_lines.h"

typedef struct {
    att_dictionary *dictionary;
    bool rooted, describing;
    uint32_t open;
    att_buffer description;
} codebook_reader;

static att_status start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    codebook_reader *r = context;
    att_losses *losses = &r->dictionary->losses;

    if (!r->rooted && !att_xml_is(element->name, "CodeBook"))
        return att_fail(error, ATT_BAD_INPUT, r->dictionary->file, att_xml_line(xml), 0,
                        "the outermost element is <%s>; that of a codebook is <CodeBook>", element->name);
    r->rooted = true;
    r->description.size = 0;
    r->describing = att_xml_is(element->name, "Description");
    if (att_xml_is(element->name, "Set"))
        att_losses_add(losses, "sets of codes are not read", NULL, att_xml_get(element, "name"), att_xml_line(xml));
    if (!att_xml_is(element->name, "Code"))
        return ATT_OK;
    if (att_xml_get(element, "color").size)
        att_losses_add(losses, "colours of codes are not read", NULL, att_xml_get(element, "name"), att_xml_line(xml));
    return att_dictionary_category(r->dictionary, r->open, att_xml_get(element, "name"), att_xml_line(xml), &r->open,
                                   error);
}

static att_status text(void *context, const att_xml *xml, att_span part, att_error *error)
{
    codebook_reader *r = context;

    (void)xml;
    if (r->describing)
        att_buffer_span(&r->description, part);
    return r->description.failed ? att_fail_memory(error) : ATT_OK;
}

static att_status end(void *context, const att_xml *xml, const char *name, att_error *error)
{
    codebook_reader *r = context;

    (void)xml;
    if (att_xml_is(name, "Code")) {
        r->open = r->dictionary->categories[r->open].parent;
    } else if (r->describing && r->open != ATT_NO_CATEGORY) {
        att_span said = att_line_trim((att_span){r->description.data, r->description.size});
        if (said.size && !(r->dictionary->categories[r->open].definition = att_dictionary_copy(r->dictionary, said)))
            return att_fail_memory(error);
    }
    r->describing = false;
    return ATT_OK;
}

static att_status codebook_read(att_dictionary *out, const char *file, att_span content, att_error *error)
{
    static const att_xml_handler handler = {.start = start, .end = end, .text = text};
    codebook_reader r = {.dictionary = out, .open = ATT_NO_CATEGORY};
    att_status status = att_xml_parse(content, file, &handler, &r, error);

    att_buffer_clear(&r.description);
    return status;
}

static bool codebook_sniff(att_span content)
{
    char name[64];

    return att_xml_root(name, sizeof name, content) && att_xml_is(name, "CodeBook");
}

/* ---- Writing */

static void indent(att_buffer *out, uint32_t depth)
{
    for (uint32_t i = 0; i < depth + 2; i++)
        att_buffer_text(out, "  ");
}

/* The same code has the same one in every copy of the file: made of its path. */
static void put_guid(att_buffer *out, const att_dictionary *dictionary, uint32_t category)
{
    att_buffer path = {0};
    uint64_t hash[2] = {0, 0};

    att_buffer_text(&path, "attune codebook ");
    att_dictionary_put_path(&path, dictionary, category);
    out->failed |= path.failed;
    if (!path.failed)
        att_hash128(path.data, path.size, hash);
    att_buffer_clear(&path);
    /* Version 8 of RFC 9562: bits of one's own choice. */
    att_buffer_format(out, "%08x-%04x-8%03x-%04x-%012llx", (unsigned)(hash[1] >> 32),
                      (unsigned)(hash[1] >> 16) & 0xFFFF, (unsigned)hash[1] & 0xFFF,
                      ((unsigned)(hash[0] >> 48) & 0x3FFF) | 0x8000,
                      (unsigned long long)(hash[0] & UINT64_C(0xFFFFFFFFFFFF)));
}

static void close_to(att_buffer *out, uint32_t *open, uint32_t depth)
{
    while (*open > depth) {
        indent(out, --*open);
        att_buffer_text(out, "</Code>\n");
    }
}

static void codebook_write(att_buffer *out, const att_dictionary *dictionary)
{
    uint32_t open = 0;

    att_buffer_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                         "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" origin=\"attune\">\n  <Codes>\n");
    for (uint32_t c = 0; c < dictionary->category_count; c++) {
        const att_category *category = &dictionary->categories[c];
        const char *name = att_category_shown(category);
        close_to(out, &open, category->depth);
        indent(out, open++);
        att_buffer_text(out, "<Code guid=\"");
        put_guid(out, dictionary, c);
        att_buffer_text(out, "\" name=\"");
        att_put_xml(out, name, strlen(name));
        att_buffer_text(out, "\" isCodable=\"true\">\n");
        if (!category->definition)
            continue;
        indent(out, open);
        att_buffer_text(out, "<Description>");
        att_put_xml(out, category->definition, strlen(category->definition));
        att_buffer_text(out, "</Description>\n");
    }
    close_to(out, &open, 0);
    att_buffer_text(out, "  </Codes>\n</CodeBook>\n");
}

static const char *const extensions[] = {"qdc", NULL};

const att_dictionary_format att_dictionary_codebook = {
    .name = "qdc",
    .title = "REFI-QDA codebook",
    .extensions = extensions,
    .holds = ATT_HOLDS_NESTING | ATT_HOLDS_DEFINITIONS,
    .utf8 = true,
    .sniff = codebook_sniff,
    .read = codebook_read,
    .write = codebook_write,
};
