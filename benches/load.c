/* Makes events as one unprivileged process, as user UID; prints "wall user sys", seconds.
 *
 *   load UID COUNT         COUNT failing opens, as fast as it can
 *   load UID COUNT RATE    COUNT programs (/bin/true) started one after the other, RATE a second where that can be kept
 *
 * Under a rule on failing open and openat of that uid each open is one event (SYSCALL, CWD, PATH, PROCTITLE); under one on
 * execve each program is one (SYSCALL, EXECVE, CWD, PATH twice, PROCTITLE). */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

/* A failing open; 0 when it failed as it should. */
static int fail_to_open(void) { return open("/akashi-bench/not-there", O_RDONLY) >= 0; }

/* One program, started and waited for; 0 when it ended well. */
static int run_true(void)
{
    int status;
    pid_t child = vfork();
    if (child == 0) {
        execl("/bin/true", "true", (char *)NULL);
        _exit(127);
    }
    return child < 0 || waitpid(child, &status, 0) < 0 || status != 0;
}

/* Waits for the turn of event number i; one that is late starts at once, so that the rate is kept over all. */
static void wait_for_turn(double start, unsigned long i, double rate)
{
    double turn = start + i / rate;
    struct timespec t = { .tv_sec = (time_t)turn, .tv_nsec = (long)((turn - (time_t)turn) * 1e9) };
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
        ;
}

int main(int argc, char **argv)
{
    unsigned long uid = argc >= 3 ? strtoul(argv[1], NULL, 10) : 0, count = argc >= 3 ? strtoul(argv[2], NULL, 10) : 0;
    double rate = argc == 4 ? strtod(argv[3], NULL) : 0;
    if (uid == 0 || count == 0 || argc > 4 || (argc == 4 && rate <= 0)) {
        fprintf(stderr, "usage: load UID COUNT [RATE]\n");
        return 2;
    }
    if (setgroups(0, NULL) != 0 || setresgid(uid, uid, uid) != 0 || setresuid(uid, uid, uid) != 0) {
        perror("load: cannot become the user");
        return 1;
    }
    double start = now();
    for (unsigned long i = 0; i < count; i++) {
        if (rate > 0)
            wait_for_turn(start, i, rate);
        if (rate > 0 ? run_true() : fail_to_open())
            return 1;
    }
    double wall = now() - start;
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("%.4f %.4f %.4f\n", wall, used.ru_utime.tv_sec + used.ru_utime.tv_usec / 1e6,
           used.ru_stime.tv_sec + used.ru_stime.tv_usec / 1e6);
    return 0;
}
