/* How long a daemon needs from its start to the first record of the kernel's in its log.
 *
 *   first-record LOG command…    prints milliseconds; then ends the command by TERM and waits for it
 *
 * The record looked for is the SYSCALL of the event that the kernel, switched on before, makes of the daemon taking its audit. Exit 1 when none came in 10 s. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int has_record(const char *path)
{
    static char text[65536];
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? 0 : read(file, text, sizeof text);
    if (file >= 0)
        close(file);
    return length > 0 && memmem(text, length, "type=SYSCALL", 12) != NULL;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: first-record LOG command...\n");
        return 2;
    }
    double start = now(), took = 0;
    pid_t child = vfork();
    if (child == 0) {
        execv(argv[2], argv + 2);
        _exit(127);
    }
    while (took == 0 && now() - start < 10000) {
        if (has_record(argv[1]))
            took = now() - start;
        else
            nanosleep(&(struct timespec){ .tv_nsec = 100000 }, NULL);
    }
    if (child > 0) {
        kill(child, SIGTERM);
        waitpid(child, NULL, 0);
    }
    if (took > 0)
        printf("%.2f\n", took);
    return took == 0;
}
