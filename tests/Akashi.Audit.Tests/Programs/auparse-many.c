/* auparse-many ROUNDS FILE: parsers made, used in all ways and destroyed, by four threads at once, each its own; all must see the same.
   Says by how many kilobytes the process grew after the first rounds. */
#include <auparse.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 4 };
static long rounds;
static const char *path;
static char *bytes;
static size_t length;

static long resident(void)
{
    long pages = 0, all;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%ld %ld", &all, &pages) != 2)
        abort();
    fclose(file);
    return pages * 4;
}

static unsigned long sum;

static unsigned long add(unsigned long seen, const char *text)
{
    for (; text && *text; text++)
        seen = seen * 31 + (unsigned char)*text;
    return seen;
}

static unsigned long event(auparse_state_t *au)
{
    unsigned long seen = auparse_get_serial(au);
    int record = auparse_first_record(au);
    for (; record > 0; record = auparse_next_record(au)) {
        seen = add(seen, auparse_get_record_text(au));
        auparse_first_field(au);
        do {
            seen = add(seen, auparse_get_field_name(au));
            seen = add(seen, auparse_interpret_field(au));
        } while (auparse_next_field(au) > 0);
    }
    auparse_normalize(au, NORM_OPT_ALL);
    seen = add(seen, auparse_normalize_get_action(au));
    return add(seen, auparse_normalize_how(au));
}

static void ready(auparse_state_t *au, auparse_cb_event_t what, void *data)
{
    (void)what;
    *(unsigned long *)data += event(au);
}

static unsigned long walk(ausource_t source, const void *data)
{
    unsigned long seen = 0;
    auparse_state_t *au = auparse_init(source, data);
    char *error = NULL;
    if (ausearch_add_expression(au, "uid >= 0 || type r= PATH", &error, AUSEARCH_RULE_CLEAR) != 0 || ausearch_add_regex(au, "audit") != 0)
        abort();
    if (ausearch_add_expression(au, "((", &error, AUSEARCH_RULE_CLEAR) == 0)
        abort();
    free(error);
    while (auparse_next_event(au) > 0) {
        seen += event(au);
        free((void *)auparse_get_node(au));
    }
    auparse_destroy(au);
    return seen;
}

static void *work(void *unused)
{
    (void)unused;
    for (long i = 0; i < rounds; i++) {
        unsigned long seen = 0;
        auparse_state_t *au = auparse_init(AUSOURCE_FEED, NULL);
        auparse_add_callback(au, ready, &seen, NULL);
        for (size_t at = 0; at < length; at += 999)
            auparse_feed(au, bytes + at, length - at < 999 ? length - at : 999);
        auparse_flush_feed(au);
        auparse_destroy(au);
        unsigned long file = walk(AUSOURCE_FILE, path), buffer = walk(AUSOURCE_BUFFER, bytes);
        if (seen != file || seen != buffer || !__sync_bool_compare_and_swap(&sum, sum == 0 ? 0 : seen, seen)) {
            fprintf(stderr, "%lu fed, %lu of the file, %lu of the buffer, %lu before\n", seen, file, buffer, sum);
            exit(1);
        }
    }
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
    if (argc < 3)
        return 2;
    long each = atol(argv[1]) / THREADS;
    path = argv[2];
    FILE *file = fopen(path, "r");
    bytes = malloc(1 << 22);
    length = fread(bytes, 1, (1 << 22) - 1, file);
    bytes[length] = 0;
    fclose(file);
    run(each / 4 + 1);
    long before = resident();
    run(each);
    printf("%ld KB\n", resident() - before);
    return 0;
}
