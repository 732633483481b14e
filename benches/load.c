/* Makes events as fast as one unprivileged process can: COUNT failing opens as user UID.
 *
 *   load UID COUNT     prints "wall user sys", seconds
 *
 * Under a rule on failing open and openat of that uid each call is one event (SYSCALL, CWD, PATH, PROCTITLE). */
#define _GNU_SOURCE
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    unsigned long uid = argc == 3 ? strtoul(argv[1], NULL, 10) : 0, count = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
    if (uid == 0 || count == 0) {
        fprintf(stderr, "usage: load UID COUNT\n");
        return 2;
    }
    if (setgroups(0, NULL) != 0 || setresgid(uid, uid, uid) != 0 || setresuid(uid, uid, uid) != 0) {
        perror("load: cannot become the user");
        return 1;
    }
    double start = now();
    for (unsigned long i = 0; i < count; i++)
        if (open("/akashi-bench/not-there", O_RDONLY) >= 0)
            return 1;
    double wall = now() - start;
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("%.4f %.4f %.4f\n", wall, used.ru_utime.tv_sec + used.ru_utime.tv_usec / 1e6,
           used.ru_stime.tv_sec + used.ru_stime.tv_usec / 1e6);
    return 0;
}
