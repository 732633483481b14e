/* auparse raw|words|feed LOG: walks every field of every record by libauparse; prints what it met. feed: in words, of bytes that are fed in pieces of 4 KB. */
#include <auparse.h>
#include <stdio.h>
#include <string.h>

static int is_raw;
static long events, records, fields, length;

static void walk(auparse_state_t *state)
{
    events++;
    if (auparse_first_record(state) <= 0)
        return;
    do {
        records++;
        if (auparse_first_field(state) <= 0)
            continue;
        do {
            const char *value = is_raw ? auparse_get_field_str(state) : auparse_interpret_field(state);
            fields++;
            if (value != NULL)
                length += (long)strlen(value);
        } while (auparse_next_field(state) > 0);
    } while (auparse_next_record(state) > 0);
}

static void ready(auparse_state_t *state, auparse_cb_event_t what, void *data)
{
    (void)data;
    if (what == AUPARSE_CB_EVENT_READY)
        walk(state);
}

static int feed(const char *path)
{
    static char bytes[4096];
    size_t got;
    FILE *file = fopen(path, "r");
    auparse_state_t *state = auparse_init(AUSOURCE_FEED, NULL);
    if (file == NULL || state == NULL)
        return 1;
    auparse_add_callback(state, ready, NULL, NULL);
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
        auparse_feed(state, bytes, got);
    auparse_flush_feed(state);
    auparse_destroy(state);
    fclose(file);
    return 0;
}

static int read_file(const char *path)
{
    auparse_state_t *state = auparse_init(AUSOURCE_FILE, path);
    if (state == NULL)
        return 1;
    while (auparse_next_event(state) > 0)
        walk(state);
    auparse_destroy(state);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    is_raw = strcmp(argv[1], "raw") == 0;
    int result = strcmp(argv[1], "feed") == 0 ? feed(argv[2]) : read_file(argv[2]);
    printf("%ld events, %ld records\n", events, records);
    fprintf(stderr, "%ld fields, %ld bytes\n", fields, length);
    return result;
}
