/* Runs a command and says what it cost: "wall user sys peak exit", seconds, KiB.
 *
 *   measure RESULT OUTPUT command…    figures to the file RESULT, the command's output to the file OUTPUT
 *   measure RESULT PID                the same for a process that runs already: user, sys and peak from /proc, wall and exit 0
 *
 * The peak of a started command is wait4's ru_maxrss: the memory of its own, as this program is smaller than any of them. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t) { return t.tv_sec + t.tv_usec / 1e6; }

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void write_figures(const char *path, double wall, double user, double sys, long peak, int code)
{
    FILE *file = fopen(path, "w");
    if (file == NULL || fprintf(file, "%.4f %.4f %.4f %ld %d\n", wall, user, sys, peak, code) < 0 || fclose(file) != 0) {
        perror(path);
        exit(125);
    }
}

/* utime and stime are the 14th and 15th field of stat; the name before them, in brackets, may hold blanks. */
static int measure_running(const char *result, const char *pid)
{
    char path[64], text[4096];
    unsigned long user, sys;
    long peak = 0;
    snprintf(path, sizeof path, "/proc/%s/stat", pid);
    FILE *file = fopen(path, "r");
    if (file == NULL || fgets(text, sizeof text, file) == NULL)
        return 1;
    fclose(file);
    if (sscanf(strrchr(text, ')') + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &sys) != 2)
        return 1;
    snprintf(path, sizeof path, "/proc/%s/status", pid);
    file = fopen(path, "r");
    while (file != NULL && fgets(text, sizeof text, file) != NULL)
        sscanf(text, "VmHWM: %ld", &peak);
    double ticks = sysconf(_SC_CLK_TCK);
    write_figures(result, 0, user / ticks, sys / ticks, peak, 0);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3)
        return measure_running(argv[1], argv[2]);
    if (argc < 4) {
        fprintf(stderr, "usage: measure RESULT OUTPUT command... | measure RESULT PID\n");
        return 2;
    }
    int output = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (output < 0) {
        perror(argv[2]);
        return 125;
    }
    double start = now();
    pid_t child = vfork();
    if (child == 0) {
        dup2(output, 1);
        execvp(argv[3], argv + 3);
        _exit(127);
    }
    int status;
    struct rusage used;
    if (child < 0 || wait4(child, &status, 0, &used) != child) {
        perror("measure");
        return 125;
    }
    double wall = now() - start;
    write_figures(argv[1], wall, seconds(used.ru_utime), seconds(used.ru_stime), used.ru_maxrss,
                  WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}
