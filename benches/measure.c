/* Runs a command and says what it cost: "wall user sys peak exit", seconds, KiB.
 *
 *   measure RESULT OUTPUT command…    figures to the file RESULT, the command's output to the file OUTPUT
 *
 * TERM is passed on to the command, so that a daemon can be measured to its end.
 * The peak of a started command is wait4's ru_maxrss: the memory of its own, as this program is smaller than any of them. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
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

static volatile pid_t child;

static void pass_on(int signal) { kill(child, signal); }

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: measure RESULT OUTPUT command...\n");
        return 2;
    }
    int output = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (output < 0) {
        perror(argv[2]);
        return 125;
    }
    double start = now();
    pid_t started = vfork();
    if (started == 0) {
        dup2(output, 1);
        execvp(argv[3], argv + 3);
        _exit(127);
    }
    int status, ended;
    struct rusage used;
    child = started;
    if (started > 0)
        sigaction(SIGTERM, &(struct sigaction){ .sa_handler = pass_on }, NULL);
    do
        ended = started < 0 ? -1 : wait4(started, &status, 0, &used);
    while (ended < 0 && errno == EINTR);
    if (ended < 0) {
        perror("measure");
        return 125;
    }
    double wall = now() - start;
    write_figures(argv[1], wall, seconds(used.ru_utime), seconds(used.ru_stime), used.ru_maxrss,
                  WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}
