/* measure RUNS COMMAND [ARGUMENT]...: runs a command several times and prints, on one line, the medians of CPU seconds
 * (user + system) and wall seconds, and the largest resident set in MB, over the runs after one warm-up. What the
 * command prints is thrown away. Exit status: of the last run. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 100 };

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

int main(int count, char **arguments)
{
    int runs = count > 2 ? atoi(arguments[1]) : 0;
    double cpu[MOST_RUNS], wall[MOST_RUNS], peak = 0;
    run last = {0};

    if (runs < 1 || runs > MOST_RUNS) {
        fprintf(stderr, "usage: measure RUNS COMMAND [ARGUMENT]...\n");
        return 2;
    }
    run_once(arguments + 2);
    for (int i = 0; i < runs; i++) {
        last = run_once(arguments + 2);
        cpu[i] = last.cpu;
        wall[i] = last.wall;
        peak = last.peak > peak ? last.peak : peak;
    }
    qsort(cpu, (size_t)runs, sizeof *cpu, compare);
    qsort(wall, (size_t)runs, sizeof *wall, compare);
    printf("%.4f %.4f %.1f\n", cpu[runs / 2], wall[runs / 2], peak);
    return WIFEXITED(last.status) ? WEXITSTATUS(last.status) : 2;
}
