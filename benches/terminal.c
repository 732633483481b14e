/* Measures a command on a terminal of its own, 80 columns and 24 rows, whose screen it reads.
 *
 *   terminal echo COUNT command…     types COUNT bytes into a program that echoes them; prints the median of the waits in microseconds
 *   terminal drain command…          reads all it shows; prints "bytes wall user sys", seconds, children included
 *   terminal memory command…         waits for READY, prints the KiB that are the command's own (Private_Clean and Private_Dirty), then types a line */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void fail(const char *what)
{
    perror(what);
    exit(125);
}

static pid_t start(char **command, int *master)
{
    struct winsize size = { .ws_row = 24, .ws_col = 80 };
    int number, unlocked = 0;
    *master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*master < 0 || ioctl(*master, TIOCGPTN, &number) || ioctl(*master, TIOCSPTLCK, &unlocked) || ioctl(*master, TIOCSWINSZ, &size))
        fail("ptmx");
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    int slave = ioctl(*master, TIOCGPTPEER, O_RDWR);
    setsid();
    ioctl(slave, TIOCSCTTY, 0);
    dup2(slave, 0);
    dup2(slave, 1);
    dup2(slave, 2);
    execvp(command[0], command);
    _exit(127);
}

static char buffer[1 << 16];

/* Reads what is there within the time; 0 where nothing came or the terminal is gone. */
static size_t take(int master, int milliseconds)
{
    struct pollfd ready = { .fd = master, .events = POLLIN };
    if (poll(&ready, 1, milliseconds) <= 0)
        return 0;
    ssize_t count = read(master, buffer, sizeof buffer);
    return count > 0 ? count : 0;
}

static void wait_for(int master, const char *text)
{
    char seen[sizeof buffer + 16] = "";
    size_t kept = 0;
    for (double limit = now() + 60; now() < limit;) {
        size_t count = take(master, 100);
        memcpy(seen + kept, buffer, count);
        if (memmem(seen, kept + count, text, strlen(text)))
            return;
        size_t whole = kept + count;
        kept = whole < strlen(text) ? whole : strlen(text);
        memmove(seen, seen + whole - kept, kept);
    }
    fprintf(stderr, "terminal: %s was never shown\n", text);
    exit(125);
}

static int ascending(const void *a, const void *b)
{
    double difference = *(const double *)a - *(const double *)b;
    return difference < 0 ? -1 : difference > 0;
}

static void measure_echo(int master, int count)
{
    double *waits = calloc(count, sizeof *waits);
    wait_for(master, "READY");
    while (take(master, 200) > 0)
        ;
    for (int index = 0; index < count; index++) {
        char key = index % 60 == 59 ? '\n' : 'a';
        double began = now();
        if (write(master, &key, 1) != 1)
            fail("write");
        if (take(master, 5000) == 0)
            fail("nothing echoed");
        waits[index] = now() - began;
        /* What else a line end shows; and a pause, as between keys. */
        while (take(master, 2) > 0)
            ;
    }
    qsort(waits, count, sizeof *waits, ascending);
    printf("%.1f\n", waits[count / 2] * 1e6);
}

static void measure_memory(int master, pid_t pid)
{
    char path[64], line[256];
    long sum = 0, value;
    wait_for(master, "READY");
    take(master, 300);
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        fail(path);
    while (fgets(line, sizeof line, file))
        if (sscanf(line, "Private_Clean: %ld", &value) == 1 || sscanf(line, "Private_Dirty: %ld", &value) == 1)
            sum += value;
    fclose(file);
    printf("%ld\n", sum);
    if (write(master, "\n", 1) != 1)
        fail("write");
    while (take(master, 2000) > 0)
        ;
}

int main(int argc, char **argv)
{
    int count = argc > 3 && !strcmp(argv[1], "echo") ? atoi(argv[2]) : 0;
    if (argc < 3 || (!count && strcmp(argv[1], "drain") && strcmp(argv[1], "memory"))) {
        fprintf(stderr, "usage: terminal echo COUNT | drain | memory command...\n");
        return 2;
    }
    int master, status;
    double began = now();
    pid_t pid = start(argv + (count ? 3 : 2), &master);
    if (count) {
        measure_echo(master, count);
        kill(pid, SIGTERM);
        while (take(master, 3000) > 0)
            ;
    } else if (!strcmp(argv[1], "memory")) {
        measure_memory(master, pid);
    } else {
        long long bytes = 0;
        for (ssize_t got; (got = read(master, buffer, sizeof buffer)) > 0;)
            bytes += got;
        waitpid(pid, &status, 0);
        struct rusage used;
        getrusage(RUSAGE_CHILDREN, &used);
        printf("%lld %.4f %.4f %.4f\n", bytes, now() - began, used.ru_utime.tv_sec + used.ru_utime.tv_usec / 1e6, used.ru_stime.tv_sec + used.ru_stime.tv_usec / 1e6);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 125;
    }
    close(master);
    waitpid(pid, &status, 0);
    return 0;
}
