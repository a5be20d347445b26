#include "write/writer.h"

#include <attune/format.h>
#include <string.h>

const att_writer_format *const att_writers[] = {&att_writer_csv, &att_writer_table, NULL};

const att_writer_format *att_writer_find(const char *name)
{
    for (size_t i = 0; att_writers[i]; i++)
        if (strcmp(att_writers[i]->name, name) == 0)
            return att_writers[i];
    return NULL;
}

size_t att_writer_count(void)
{
    size_t count = 0;
    while (att_writers[count])
        count++;
    return count;
}

att_format_view att_writer_get(size_t index)
{
    const att_writer_format *format = att_writers[index];
    return (att_format_view){format->name, format->description, format->extensions};
}

att_status att_writer_open(att_writer *writer, const att_writer_format *format, const att_table *table, FILE *stream,
                           att_error *error)
{
    writer->format = format;
    writer->table = table;
    writer->stream = stream;
    writer->state = NULL;
    att_status status = format->open(writer, error);
    writer->failed = status != ATT_OK;
    return status;
}

att_status att_writer_row(att_writer *writer, const att_cell *cells, att_error *error)
{
    att_status status = writer->format->row(writer, cells, error);
    if (status != ATT_OK)
        writer->failed = true;
    return status;
}

att_status att_writer_close(att_writer *writer, att_error *error)
{
    att_status status = writer->format->close(writer, error);
    writer->state = NULL;
    return status;
}
