/* auparse raw|words LOG: walks every field of every record by libauparse; prints what it met. */
#include <auparse.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    int is_raw = strcmp(argv[1], "raw") == 0;
    auparse_state_t *state = auparse_init(AUSOURCE_FILE, argv[2]);
    if (state == NULL)
        return 1;
    long events = 0, records = 0, fields = 0, length = 0;
    while (auparse_next_event(state) > 0) {
        events++;
        if (auparse_first_record(state) <= 0)
            continue;
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
    auparse_destroy(state);
    printf("%ld events, %ld records\n", events, records);
    fprintf(stderr, "%ld fields, %ld bytes\n", fields, length);
    return 0;
}
