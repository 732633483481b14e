/* auparse-calls FILE: answers and errno of calls in and out of order, with right and wrong arguments. */
#include <auparse.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NUMBER(call) do { errno = 0; long r_ = (long)(call); printf("%s = %ld errno %d\n", #call, r_, r_ < 0 ? errno : 0); } while (0)
#define TEXT(call) do { const char *r_ = (call); printf("%s = %s\n", #call, r_ ? r_ : "(NULL)"); } while (0)

static void all(auparse_state_t *au)
{
    NUMBER(auparse_get_num_records(au));
    NUMBER(auparse_get_record_num(au));
    NUMBER(auparse_get_time(au));
    NUMBER(auparse_get_milli(au));
    NUMBER(auparse_get_serial(au));
    TEXT(auparse_get_node(au));
    NUMBER(auparse_get_type(au));
    TEXT(auparse_get_type_name(au));
    NUMBER(auparse_get_line_number(au));
    NUMBER(auparse_get_num_fields(au));
    TEXT(auparse_get_record_text(au));
    TEXT(auparse_get_record_interpretations(au));
    NUMBER(auparse_get_field_num(au));
    TEXT(auparse_get_field_name(au));
    TEXT(auparse_get_field_str(au));
    TEXT(auparse_interpret_field(au));
    TEXT(auparse_interpret_realpath(au));
    TEXT(auparse_interpret_sock_family(au));
}

static void order(const char *file)
{
    auparse_state_t *au = auparse_init(AUSOURCE_FILE, file);
    NUMBER(auparse_first_record(au));
    NUMBER(auparse_next_record(au));
    NUMBER(auparse_first_field(au));
    NUMBER(auparse_next_field(au));
    all(au);
    NUMBER(auparse_goto_record_num(au, 0));
    TEXT(auparse_find_field(au, "uid"));
    TEXT(auparse_find_field_next(au));
    all(au);
    NUMBER(auparse_normalize(au, NORM_OPT_ALL));
    NUMBER(auparse_normalize_subject_primary(au));
    all(au);
    int count = 0;
    while (auparse_next_event(au) > 0)
        count++;
    printf("%d more\n", count);
    NUMBER(auparse_next_event(au));
    NUMBER(auparse_first_record(au));
    NUMBER(auparse_next_field(au));
    NUMBER(auparse_goto_record_num(au, 0));
    NUMBER(auparse_get_num_records(au));
    TEXT(auparse_get_field_name(au));
    NUMBER(auparse_reset(au));
    NUMBER(auparse_next_event(au));
    NUMBER(auparse_get_line_number(au));
    auparse_destroy(au);
}

static void searches(const char *file)
{
    auparse_state_t *au = auparse_init(AUSOURCE_FILE, file);
    NUMBER(ausearch_next_event(au));
    NUMBER(ausearch_set_stop(au, AUSEARCH_STOP_EVENT));
    NUMBER(ausearch_set_stop(au, (austop_t)3));
    NUMBER(ausearch_set_stop(au, (austop_t)-1));
    NUMBER(ausearch_add_item(au, "uid", "=", NULL, AUSEARCH_RULE_CLEAR));
    NUMBER(ausearch_add_item(au, "uid", "==", "0", AUSEARCH_RULE_CLEAR));
    NUMBER(ausearch_add_item(au, "uid", "exists", NULL, AUSEARCH_RULE_CLEAR));
    NUMBER(ausearch_add_item(au, "uid", "=", "0", (ausearch_rule_t)7));
    NUMBER(ausearch_add_item(au, "uid", "=", "0", AUSEARCH_RULE_REGEX));
    NUMBER(ausearch_add_regex(au, "(("));
    NUMBER(ausearch_add_timestamp_item(au, "!=", 1, 2, AUSEARCH_RULE_CLEAR));
    NUMBER(ausearch_add_timestamp_item(au, "=", 1, 2, AUSEARCH_RULE_CLEAR));
    NUMBER(ausearch_add_timestamp_item(au, "=", 1, 1000, AUSEARCH_RULE_CLEAR));
    NUMBER(ausearch_add_timestamp_item_ex(au, "=", 1, 1, 1, AUSEARCH_RULE_CLEAR));
    NUMBER(ausearch_add_timestamp_item(au, "<=", -1, 1, AUSEARCH_RULE_CLEAR));
    NUMBER(ausearch_add_interpreted_item(au, "uid", "=", "root", AUSEARCH_RULE_OR));
    static const char *const wrong[] = {
        "uid", "uid r=", "uid = 0", "(uid r= 0", "uid r= 0)", "uid r= 0 &&", "\\foo == 1", "comm == a", "\\timestamp == 1", "\\regexp /((/", "",
        "\"uid r= 0", "uid r= 0 | auid r= 1", "\\record_type == NOPE",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char *error = NULL;
        errno = 0;
        int result = ausearch_add_expression(au, wrong[i], &error, AUSEARCH_RULE_CLEAR);
        printf("%s: %d errno %d %s\n", wrong[i], result, errno, error && *error ? "explained" : "unexplained");
        free(error);
    }
    auparse_destroy(au);
}

static void sources(const char *file)
{
    int fd = open(file, O_RDONLY);
    auparse_state_t *au = auparse_init(AUSOURCE_DESCRIPTOR, (void *)(long)fd);
    NUMBER(auparse_next_event(au));
    NUMBER(auparse_reset(au));
    NUMBER(auparse_next_event(au));
    NUMBER(fcntl(fd, F_GETFD));
    auparse_destroy(au);
    NUMBER(fcntl(fd, F_GETFD));
    FILE *stream = fopen(file, "r");
    fd = fileno(stream);
    char line[100];
    fgets(line, sizeof line, stream);
    au = auparse_init(AUSOURCE_FILE_POINTER, stream);
    NUMBER(auparse_next_event(au));
    NUMBER(auparse_get_serial(au));
    NUMBER(auparse_reset(au));
    NUMBER(auparse_next_event(au));
    NUMBER(auparse_get_serial(au));
    NUMBER(fcntl(fd, F_GETFD));
    auparse_destroy(au);
    NUMBER(fcntl(fd, F_GETFD));
    const char *const missing[] = { file, "/nonexistent", NULL };
    NUMBER(auparse_init(AUSOURCE_FILE, NULL) == NULL);
    NUMBER(auparse_init(AUSOURCE_FILE, "/nonexistent") == NULL);
    NUMBER(auparse_init(AUSOURCE_FILE_ARRAY, missing) == NULL);
    NUMBER(auparse_init(AUSOURCE_BUFFER, NULL) == NULL);
    NUMBER(auparse_init((ausource_t)99, NULL) == NULL);
    au = auparse_init(AUSOURCE_FILE, "/tmp");
    NUMBER(auparse_next_event(au));
    auparse_destroy(au);
    static const char two[] = "type=USER msg=audit(1.001:1): pid=1\ntype=USER msg=audit(1.001:2): pid=\n";
    au = auparse_init(AUSOURCE_BUFFER, "type=USER msg=audit(1.001:7): pid=1\n");
    NUMBER(auparse_next_event(au));
    NUMBER(auparse_next_event(au));
    NUMBER(auparse_new_buffer(au, two, sizeof two - 1));
    NUMBER(auparse_next_event(au));
    NUMBER(auparse_get_serial(au));
    NUMBER(auparse_next_event(au));
    NUMBER(auparse_get_serial(au));
    NUMBER(auparse_get_num_fields(au));
    NUMBER(auparse_next_event(au));
    auparse_destroy(au);
    au = auparse_init(AUSOURCE_FILE, file);
    NUMBER(auparse_new_buffer(au, two, sizeof two - 1));
    auparse_destroy(au);
}

static void compare(void)
{
    au_event_t a = { 1, 2, 3, "x" }, b = { 1, 2, 4, "x" }, c = { 1, 3, 3, NULL }, d = { 2, 2, 3, "y" };
    NUMBER(auparse_timestamp_compare(&a, &b));
    NUMBER(auparse_timestamp_compare(&b, &a));
    NUMBER(auparse_timestamp_compare(&a, &c));
    NUMBER(auparse_timestamp_compare(&c, &a));
    NUMBER(auparse_timestamp_compare(&a, &d));
    NUMBER(auparse_timestamp_compare(&d, &a));
    NUMBER(auparse_timestamp_compare(&a, &a));
    NUMBER(auparse_node_compare(&a, &b));
    NUMBER(auparse_node_compare(&a, &c));
    NUMBER(auparse_node_compare(&c, &a));
    NUMBER(auparse_node_compare(&a, &d));
    NUMBER(auparse_node_compare(&d, &a));
    NUMBER(auparse_node_compare(&c, &c));
}

static void count(auparse_state_t *au, auparse_cb_event_t what, void *data)
{
    printf("called %d with %lu, %u records, at %s\n", what, auparse_get_serial(au), auparse_get_num_records(au), auparse_get_field_name(au));
    ++*(int *)data;
}

static void ended(void *data) { printf("ended at %d\n", *(int *)data); }

static void feed(auparse_state_t *au, const char *bytes) { NUMBER(auparse_feed(au, bytes, strlen(bytes))); }

static void feeds(void)
{
    int first = 0, second = 0;
    auparse_state_t *au = auparse_init(AUSOURCE_FEED, NULL);
    feed(au, "type=USER msg=audit(1.001:1): pid=1\n");
    NUMBER(auparse_get_num_records(au));
    NUMBER(auparse_feed_has_data(au));
    auparse_add_callback(au, count, &first, ended);
    feed(au, "type=USER msg=audit(1.001:2): pid=1\n");
    feed(au, "type=SYSCALL msg=audit(1.001:3): pid=1\n");
    NUMBER(auparse_feed_has_data(au));
    NUMBER(auparse_feed_has_ready_event(au));
    auparse_feed_age_events(au);
    NUMBER(auparse_feed_has_data(au));
    auparse_add_callback(au, count, &second, ended);
    feed(au, "type=SYSCALL msg=audit(1.001:4): pid=1\ntype=PATH msg=audit(1.001:4): item=0\n");
    feed(au, "type=SYSCALL msg=audit(9.001:5): pid=1\n");
    NUMBER(auparse_flush_feed(au));
    NUMBER(auparse_feed_has_data(au));
    feed(au, "type=USER msg=audit(10.001:6): pid=1\n");
    auparse_add_callback(au, NULL, NULL, NULL);
    feed(au, "type=USER msg=audit(10.001:7): pid=1\n");
    NUMBER(auparse_reset(au) < 0);
    auparse_destroy_ext(au, AUPARSE_DESTROY_COMMON);
    printf("%d %d\n", first, second);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    order(argv[1]);
    searches(argv[1]);
    sources(argv[1]);
    compare();
    feeds();
    return 0;
}
