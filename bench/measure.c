/* measure RUNS COMMAND [ARGUMENT]... [-- COMMAND [ARGUMENT]...]...: runs commands several times, by turns, so that all
 * see the same machine, and prints a line for each: the medians of CPU seconds (user + system) and wall seconds, and
 * the largest resident set in MB, over the runs after one warm-up. RUNS 0: a single run, without a warm-up. What the
 * commands print is thrown away. Exit status: 0 when all commands had that. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 100, MOST_COMMANDS = 8 };

typedef struct {
    double cpu;
    double wall;
    double peak;
    int status;
} run;

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static run run_once(char **command)
{
    struct timespec began, ended;
    struct rusage usage;
    run r = {0};

    clock_gettime(CLOCK_MONOTONIC, &began);
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        execvp(command[0], command);
        _exit(127);
    }
    if (child < 0 || wait4(child, &r.status, 0, &usage) < 0) {
        fprintf(stderr, "measure: %s: %s\n", command[0], strerror(errno));
        exit(2);
    }
    clock_gettime(CLOCK_MONOTONIC, &ended);
    r.cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    r.wall = (double)(ended.tv_sec - began.tv_sec) + (double)(ended.tv_nsec - began.tv_nsec) / 1e9;
    r.peak = (double)usage.ru_maxrss / 1024;
    return r;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Cuts the arguments at every "--"; returns how many commands there are. */
static int split(int count, char **arguments, char **commands[MOST_COMMANDS])
{
    int found = 0;

    for (int i = 0; i < count; i++) {
        if (found < MOST_COMMANDS && (i == 0 || !arguments[i - 1]))
            commands[found++] = arguments + i;
        if (strcmp(arguments[i], "--") == 0)
            arguments[i] = NULL;
    }
    return found;
}

int main(int count, char **arguments)
{
    static run done[MOST_COMMANDS][MOST_RUNS];
    char **commands[MOST_COMMANDS];
    int runs = count > 2 ? atoi(arguments[1]) : -1, warm_ups = runs > 0, status = 0;

    if (runs < 0 || runs > MOST_RUNS) {
        fprintf(stderr, "usage: measure RUNS COMMAND [ARGUMENT]... [-- COMMAND [ARGUMENT]...]...\n");
        return 2;
    }
    runs = runs ? runs : 1;
    int command_count = split(count - 2, arguments + 2, commands);
    for (int i = -warm_ups; i < runs; i++)
        for (int j = 0; j < command_count; j++)
            done[j][i < 0 ? 0 : i] = run_once(commands[j]);
    for (int j = 0; j < command_count; j++) {
        double cpu[MOST_RUNS], wall[MOST_RUNS], peak = 0;
        for (int i = 0; i < runs; i++) {
            cpu[i] = done[j][i].cpu;
            wall[i] = done[j][i].wall;
            peak = done[j][i].peak > peak ? done[j][i].peak : peak;
            status |= done[j][i].status;
        }
        qsort(cpu, (size_t)runs, sizeof *cpu, compare);
        qsort(wall, (size_t)runs, sizeof *wall, compare);
        printf("%.4f %.4f %.1f\n", cpu[runs / 2], wall[runs / 2], peak);
    }
    return status ? 1 : 0;
}
