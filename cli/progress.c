#include "progress.h"

#include "terminal.h"

#include <stdio.h>
#include <string.h>

static const double first_after = 0.3; /* a short run shows none: no flicker */
static const double every = 0.1;

cli_progress_bar cli_progress_begin(bool quiet)
{
    return (cli_progress_bar){.shown = !quiet && cli_terminal_moves(stderr), .last = first_after - every};
}

/* "41.2 MB" */
static void format_bytes(char out[32], double bytes)
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB"};
    size_t unit = 0;
    while (bytes >= 999.5 && unit + 1 < sizeof units / sizeof *units) {
        bytes /= 1000;
        unit++;
    }
    snprintf(out, 32, bytes < 99.95 && unit > 0 ? "%.1f %s" : "%.0f %s", bytes, units[unit]);
}

/* "0:12", "1:02:03" */
static void format_time(char out[32], double seconds)
{
    double most = 359999; /* 99:59:59 */
    unsigned whole = (unsigned)(seconds < most ? seconds + 0.5 : most);
    if (whole >= 3600) {
        snprintf(out, 32, "%u:%02u:%02u", whole / 3600, whole / 60 % 60, whole % 60);
    } else {
        snprintf(out, 32, "%u:%02u", whole / 60, whole % 60);
    }
}

static void draw_bar(const char *tail, double part)
{
    /* The last column stays free: some terminals wrap there. */
    int room = cli_terminal_width(stderr, 80) - (int)strlen(tail) - 12;
    int length = room < 0 ? 0 : room > 40 ? 40 : room;
    int full = (int)(part * length);
    fprintf(stderr, "\rattune: [%.*s%*s]%s\033[K", full, "========================================", length - full, "",
            tail);
    fflush(stderr);
}

void cli_progress_draw(void *context, const att_progress *progress)
{
    cli_progress_bar *bar = context;
    if (!bar->shown || progress->seconds < bar->last + every) {
        return;
    }
    bar->last = progress->seconds;
    bar->drawn = true;
    double done = (double)progress->bytes_done;
    double total = (double)progress->bytes_total;
    double speed = progress->seconds > 0 ? done / progress->seconds : 0;
    char done_text[32];
    char speed_text[32];
    char tail[160];
    format_bytes(done_text, done);
    format_bytes(speed_text, speed);
    if (progress->bytes_total == 0) {
        fprintf(stderr, "\rattune: %s  %s/s\033[K", done_text, speed_text);
        fflush(stderr);
        return;
    }
    double part = done < total ? done / total : 1;
    char total_text[32];
    char left_text[32] = "-:--";
    format_bytes(total_text, total);
    if (speed > 0) {
        format_time(left_text, (total - part * total) / speed);
    }
    snprintf(tail, sizeof tail, " %3.0f %%  %s of %s  %s/s  %s left", part * 100, done_text, total_text, speed_text,
             left_text);
    draw_bar(tail, part);
}

void cli_progress_end(cli_progress_bar *bar)
{
    if (bar->drawn) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
        bar->drawn = false;
    }
}
