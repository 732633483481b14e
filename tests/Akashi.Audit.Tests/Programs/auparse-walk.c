/* auparse-walk SOURCE MODE FILE [N]: walks events by libauparse and prints every call's result.
   SOURCE: file array buffer buffers fd fp feed logs. MODE: bits 1 fields, 2 interpretations, 4 normal form, 8 jumps, 16 whole paths,
   128 ports and addresses (freed memory in the original), and 32 * escape mode. N: bytes of a piece that is fed. */
#include <auparse.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int mode;

static const char *text(const char *s) { return s ? s : "(NULL)"; }

static void place(auparse_state_t *au)
{
    printf(" @%u/%u %s\n", auparse_get_record_num(au), auparse_get_field_num(au), text(auparse_get_field_name(au)));
}

static void fields(auparse_state_t *au)
{
    printf("  fields %u\n", auparse_get_num_fields(au));
    if (auparse_first_field(au) <= 0)
        return;
    do {
        int type = auparse_get_field_type(au);
        errno = 0;
        int number = auparse_get_field_int(au);
        int error = errno;
        printf("   %u %s=%s type %d int %d%s", auparse_get_field_num(au), text(auparse_get_field_name(au)), text(auparse_get_field_str(au)), type, number, error ? " errno" : "");
        if (mode & 2) {
            printf(" is %s", text(auparse_interpret_field(au)));
            printf(" family %s", text(auparse_interpret_sock_family(au)));
            if (mode & 128)
                printf(" port %s address %s", text(auparse_interpret_sock_port(au)), text(auparse_interpret_sock_address(au)));
        }
        if (mode & 16)
            printf(" real %s", text(auparse_interpret_realpath(au)));
        printf("\n");
    } while (auparse_next_field(au) > 0);
}

static void jumps(auparse_state_t *au)
{
    static const char *const names[] = { "type", "node", "auid", "uid", "name", "key", "exe", "res", "success", "a0", "saddr", "nothing", "msg", "pid" };
    printf(" goto 0 %d", auparse_goto_record_num(au, 0));
    place(au);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        auparse_first_record(au);
        const char *found = auparse_find_field(au, names[i]);
        for (int n = 0; found && n < 20; n++) {
            printf(" found %s=%s", names[i], found);
            place(au);
            found = auparse_find_field_next(au);
        }
        printf(" end");
        place(au);
    }
    for (unsigned n = 0; n < auparse_get_num_records(au) + 2; n++) {
        printf(" record %u %d", n, auparse_goto_record_num(au, n));
        place(au);
        printf(" field 3 %d", auparse_goto_field_num(au, 3));
        place(au);
        printf(" field 999 %d", auparse_goto_field_num(au, 999));
        place(au);
        printf(" field 0 %d", auparse_goto_field_num(au, 0));
        place(au);
        printf(" next %d", auparse_next_field(au));
        place(au);
    }
    printf(" first %d", auparse_first_record(au));
    place(au);
    int next;
    do {
        next = auparse_next_record(au);
        printf(" next %d", next);
        place(au);
    } while (next > 0);
}

static void point(auparse_state_t *au, const char *what, int result)
{
    printf("  %s %d", what, result);
    if (result == 1)
        printf(" %u %s=%s is %s", auparse_get_record_num(au), text(auparse_get_field_name(au)), text(auparse_get_field_str(au)), text(auparse_interpret_field(au)));
    printf("\n");
}

static void normal(auparse_state_t *au, normalize_option_t option)
{
    int result = auparse_normalize(au, option);
    printf(" normalize %d kind %s\n", result, text(auparse_normalize_get_event_kind(au)));
    point(au, "session", auparse_normalize_session(au));
    point(au, "subject", auparse_normalize_subject_primary(au));
    point(au, "subject 2", auparse_normalize_subject_secondary(au));
    printf("  subject kind %s\n", text(auparse_normalize_subject_kind(au)));
    int more = auparse_normalize_subject_first_attribute(au);
    point(au, "attribute", more);
    while (more == 1)
        point(au, "attribute", more = auparse_normalize_subject_next_attribute(au));
    printf("  action %s\n", text(auparse_normalize_get_action(au)));
    point(au, "object", auparse_normalize_object_primary(au));
    point(au, "object 2", auparse_normalize_object_secondary(au));
    point(au, "object primary2", auparse_normalize_object_primary2(au));
    more = auparse_normalize_object_first_attribute(au);
    point(au, "object attribute", more);
    while (more == 1)
        point(au, "object attribute", more = auparse_normalize_object_next_attribute(au));
    printf("  object kind %s\n", text(auparse_normalize_object_kind(au)));
    point(au, "results", auparse_normalize_get_results(au));
    printf("  how %s\n", text(auparse_normalize_how(au)));
    point(au, "key", auparse_normalize_key(au));
}

static void event(auparse_state_t *au)
{
    const au_event_t *stamp = auparse_get_timestamp(au);
    printf("event %lu.%03u:%lu %s", (unsigned long)stamp->sec, stamp->milli, stamp->serial, text(stamp->host));
    const char *node = auparse_get_node(au);
    printf(" time %lu %u %lu %s records %u", (unsigned long)auparse_get_time(au), auparse_get_milli(au), auparse_get_serial(au), text(node), auparse_get_num_records(au));
    free((void *)node);
    place(au);
    if (mode & 19) {
        int more = auparse_first_record(au);
        while (more > 0) {
            printf(" record %u type %d %s line %u file %s\n", auparse_get_record_num(au), auparse_get_type(au), text(auparse_get_type_name(au)),
                auparse_get_line_number(au), text(auparse_get_filename(au)));
            printf("  text %s\n  looked up %s\n", text(auparse_get_record_text(au)), text(auparse_get_record_interpretations(au)));
            fields(au);
            more = auparse_next_record(au);
        }
        printf(" end %d", more);
        place(au);
    }
    if (mode & 4) {
        auparse_first_record(au);
        normal(au, NORM_OPT_ALL);
        auparse_first_record(au);
        normal(au, NORM_OPT_NO_ATTRS);
    }
    if (mode & 8)
        jumps(au);
}

static void ready(auparse_state_t *au, auparse_cb_event_t what, void *data)
{
    if (what != AUPARSE_CB_EVENT_READY)
        return;
    ++*(int *)data;
    auparse_first_record(au);
    event(au);
}

static void gone(void *data) { printf("gone after %d\n", *(int *)data); }

static char *whole(const char *path, size_t *length)
{
    FILE *f = fopen(path, "r");
    char *bytes = NULL;
    size_t room = 0;
    *length = 0;
    for (;;) {
        bytes = realloc(bytes, room += 1 << 20);
        size_t got = fread(bytes + *length, 1, room - *length - 1, f);
        if (got == 0)
            break;
        *length += got;
    }
    bytes[*length] = 0;
    fclose(f);
    return bytes;
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    const char *source = argv[1], *path = argv[3];
    mode = atoi(argv[2]);
    size_t length, piece = argc > 4 ? strtoul(argv[4], NULL, 10) : 1000;
    auparse_state_t *au = NULL;
    const char *both[] = { path, path, NULL };
    if (strcmp(source, "file") == 0)
        au = auparse_init(AUSOURCE_FILE, path);
    else if (strcmp(source, "array") == 0)
        au = auparse_init(AUSOURCE_FILE_ARRAY, both);
    else if (strcmp(source, "buffer") == 0)
        au = auparse_init(AUSOURCE_BUFFER, whole(path, &length));
    else if (strcmp(source, "buffers") == 0) {
        const char *bytes[] = { whole(path, &length), "type=USER msg=audit(99999999999.001:1): pid=1\n", NULL };
        au = auparse_init(AUSOURCE_BUFFER_ARRAY, bytes);
    } else if (strcmp(source, "fd") == 0)
        au = auparse_init(AUSOURCE_DESCRIPTOR, (void *)(long)open(path, O_RDONLY));
    else if (strcmp(source, "fp") == 0)
        au = auparse_init(AUSOURCE_FILE_POINTER, fopen(path, "r"));
    else if (strcmp(source, "logs") == 0)
        au = auparse_init(AUSOURCE_LOGS, NULL);
    else if (strcmp(source, "feed") == 0)
        au = auparse_init(AUSOURCE_FEED, NULL);
    if (au == NULL) {
        printf("no parser\n");
        return 0;
    }
    auparse_set_escape_mode(au, (auparse_esc_t)(mode / 32 % 4));
    if (strcmp(source, "feed") == 0) {
        char *bytes = whole(path, &length);
        int count = 0;
        auparse_add_callback(au, ready, &count, gone);
        for (size_t at = 0; at < length; at += piece) {
            int before = count, result = auparse_feed(au, bytes + at, piece < length - at ? piece : length - at);
            int has = auparse_feed_has_data(au), is_ready = auparse_feed_has_ready_event(au);
            if (result != 0 || before != count)
                printf("fed %zu: %d, data %d, ready %d\n", at, result, has, is_ready);
        }
        printf("flush %d\n", auparse_flush_feed(au));
        printf("data %d ready %d\n", auparse_feed_has_data(au), auparse_feed_has_ready_event(au));
        free(bytes);
    } else {
        int more;
        while ((more = auparse_next_event(au)) > 0)
            event(au);
        printf("end %d\n", more);
        printf("reset %d", auparse_reset(au));
        printf(" %d", auparse_next_event(au));
        place(au);
    }
    auparse_destroy(au);
    return 0;
}
