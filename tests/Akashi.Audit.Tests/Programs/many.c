/* A million calls, by several threads, of everything that may be called often; says by how many kilobytes the process grew after a tenth of them. */
#include <libaudit.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 4 };
static long rounds;

static long resident(void)
{
    long pages = 0, all;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%ld %ld", &all, &pages) != 2)
        abort();
    fclose(file);
    return pages * 4;
}

static void build_rule(void)
{
    struct audit_rule_data *rule = audit_rule_create_data();
    char pair[] = "uid=0", path[] = "path=/etc/passwd";
    if (audit_rule_fieldpair_data(&rule, pair, AUDIT_FILTER_EXIT) != 0 || audit_rule_fieldpair_data(&rule, path, AUDIT_FILTER_EXIT) != 0)
        abort();
    audit_rule_free_data(rule);
}

static void *work(void *unused)
{
    (void)unused;
    struct audit_reply reply;
    int fd = audit_open();
    for (long i = 0; i < rounds; i++) {
        if (audit_log_user_message(fd, AUDIT_TEST, "m", "h", "1.1.1.1", "t", 1) <= 0 || audit_request_status(fd) <= 0
            || audit_get_reply(fd, &reply, GET_REPLY_NONBLOCKING, 0) <= 0 || reply.type != AUDIT_GET)
            abort();
        if (strcmp(audit_syscall_to_name(2, MACH_86_64), "open") != 0 || audit_name_to_syscall("close", MACH_86_64) != 3)
            abort();
        free(audit_encode_nv_string("name", "a b", 0));
        if (i % 16 == 0)
            build_rule();
    }
    audit_close(fd);
    return NULL;
}

static void run(long each)
{
    pthread_t threads[THREADS];
    rounds = each;
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, work, NULL) != 0)
            abort();
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

int main(int argc, char **argv)
{
    long calls = argc > 1 ? atol(argv[1]) : 1000000, each = calls / 6 / THREADS;
    /* Garbage is first collected when there is some megabytes of it: the heap has its size then. */
    for (long i = 0; i < 400000; i++)
        build_rule();
    run(each / 10);
    long before = resident();
    run(each - each / 10);
    printf("%ld KB\n", resident() - before);
    return 0;
}
