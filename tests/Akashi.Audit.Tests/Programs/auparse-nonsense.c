/* What crashes the original, or may: pointers that are no parser's, NULL everywhere, parsers that end inside their own callback. Ends with "whole". */
#include <auparse.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void all(auparse_state_t *au)
{
    static const int options[] = { 0, 1, 2, -1, INT_MAX, INT_MIN };
    char *error = NULL;
    au_event_t stamp = { 1, 2, 3, NULL };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        int n = options[i];
        auparse_set_escape_mode(au, (auparse_esc_t)n);
        auparse_goto_record_num(au, (unsigned)n);
        auparse_goto_field_num(au, (unsigned)n);
        ausearch_set_stop(au, (austop_t)n);
        auparse_normalize(au, (normalize_option_t)n);
        ausearch_add_item(au, "uid", "=", "0", (ausearch_rule_t)n);
        ausearch_add_timestamp_item(au, "<", n == INT_MIN ? LONG_MIN : n, (unsigned)n, (ausearch_rule_t)n);
        ausearch_add_timestamp_item_ex(au, ">=", n == INT_MAX ? LONG_MAX : n, 1, (unsigned)n, (ausearch_rule_t)n);
        ausearch_add_expression(au, "uid r= 0", &error, (ausearch_rule_t)n);
    }
    ausearch_add_expression(au, NULL, NULL, AUSEARCH_RULE_CLEAR);
    ausearch_add_expression(au, "((((", NULL, AUSEARCH_RULE_CLEAR);
    ausearch_add_item(au, NULL, NULL, NULL, AUSEARCH_RULE_CLEAR);
    ausearch_add_item(au, "", "", "", AUSEARCH_RULE_CLEAR);
    ausearch_add_interpreted_item(au, NULL, "=", NULL, AUSEARCH_RULE_CLEAR);
    ausearch_add_timestamp_item(au, NULL, 0, 0, AUSEARCH_RULE_CLEAR);
    ausearch_add_regex(au, NULL);
    ausearch_add_regex(au, "\xff\xfe(");
    auparse_new_buffer(au, NULL, 0);
    auparse_new_buffer(au, NULL, SIZE_MAX);
    auparse_feed(au, NULL, 0);
    auparse_feed(au, NULL, 100);
    auparse_feed(au, "x", SIZE_MAX);
    auparse_feed_age_events(au);
    auparse_feed_has_data(au);
    auparse_feed_has_ready_event(au);
    auparse_find_field(au, NULL);
    auparse_find_field(au, "");
    auparse_find_field_next(au);
    ausearch_next_event(au);
    ausearch_cur_event(au);
    auparse_first_record(au);
    auparse_next_record(au);
    auparse_next_event(au);
    auparse_get_timestamp(au);
    auparse_get_time(au);
    auparse_get_milli(au);
    auparse_get_serial(au);
    free((void *)auparse_get_node(au));
    free(auparse_metrics(au));
    auparse_node_compare(NULL, &stamp);
    auparse_timestamp_compare(&stamp, NULL);
    auparse_get_num_records(au);
    auparse_get_record_num(au);
    auparse_get_type(au);
    auparse_get_type_name(au);
    auparse_get_line_number(au);
    auparse_get_filename(au);
    auparse_get_record_text(au);
    auparse_get_record_interpretations(au);
    auparse_first_field(au);
    auparse_next_field(au);
    auparse_get_num_fields(au);
    auparse_get_field_num(au);
    auparse_get_field_name(au);
    auparse_get_field_str(au);
    auparse_get_field_type(au);
    (void)auparse_get_field_int(au);
    auparse_interpret_field(au);
    auparse_interpret_realpath(au);
    auparse_interpret_sock_family(au);
    auparse_interpret_sock_port(au);
    auparse_interpret_sock_address(au);
    auparse_normalize_get_event_kind(au);
    auparse_normalize_session(au);
    auparse_normalize_subject_primary(au);
    auparse_normalize_subject_secondary(au);
    auparse_normalize_subject_kind(au);
    auparse_normalize_subject_next_attribute(au);
    auparse_normalize_subject_first_attribute(au);
    auparse_normalize_get_action(au);
    auparse_normalize_object_primary(au);
    auparse_normalize_object_secondary(au);
    auparse_normalize_object_primary2(au);
    auparse_normalize_object_next_attribute(au);
    auparse_normalize_object_first_attribute(au);
    auparse_normalize_object_kind(au);
    auparse_normalize_get_results(au);
    auparse_normalize_how(au);
    auparse_normalize_key(au);
    auparse_flush_feed(au);
    ausearch_clear(au);
    auparse_add_callback(au, NULL, NULL, NULL);
    auparse_reset(au);
}

static int depth;

static void destroys(auparse_state_t *au, auparse_cb_event_t what, void *data)
{
    (void)what;
    (void)data;
    auparse_destroy(au);
    all(au);
}

static void feeds(auparse_state_t *au, auparse_cb_event_t what, void *data)
{
    static const char more[] = "type=USER msg=audit(5.001:9): pid=1 uid=0\ntype=SYSCALL msg=audit(5.001:10): a0=1\n";
    (void)what;
    (void)data;
    if (depth++ < 5) {
        auparse_feed(au, more, sizeof more - 1);
        auparse_flush_feed(au);
        auparse_next_event(au);
        auparse_reset(au);
    }
    auparse_first_record(au);
    auparse_interpret_field(au);
}

int main(void)
{
    static const char *const lines[] = {
        "", "\n", "\n\n\n", "type=", "type=SYSCALL", "type=SYSCALL msg=audit(1.001:1):", "type=SYSCALL msg=audit(1.001:1):\n", "type=USER msg=audit(1.001:1): \n",
        "type=USER msg=audit(1.001:1): =\n", "type=USER msg=audit(1.001:1): a=\"\"b=\"c\"d=e\n", "type=USER msg=audit(1.001:1): a='b c=\"d\n",
        "type=AVC msg=audit(1.001:1): avc: { }\n", "type=USER_AVC msg=audit(1.001:1): msg='avc:  denied { a'\n", "type=USER msg=audit(1.001:1): key=01 key=0101 key=016101\n",
        "type=SOCKADDR msg=audit(1.001:1): saddr=0\ntype=SOCKADDR msg=audit(1.001:1): saddr=02\ntype=SOCKADDR msg=audit(1.001:1): saddr=\n",
        "node= type=USER msg=audit(1.001:1): a=b\n", "node=x type=USER msg=audit(1.001:1): a=b\n", "type=USER msg=audit(1.001:1): a=b\x1d" "AUID=\x1d\n",
        "type=EXECVE msg=audit(1.001:1): argc=99999999999999999999 a0=-99999999999999999999 a1=- a2=+ a3=+5\n",
    };
    static char big[1 << 20], destroyed_place[64];
    auparse_state_t *gone = auparse_init(AUSOURCE_FEED, NULL);
    auparse_destroy(gone);
    auparse_destroy(gone);
    auparse_state_t *wrong[] = { NULL, gone, (auparse_state_t *)1, (auparse_state_t *)-1, (auparse_state_t *)destroyed_place, (auparse_state_t *)((char *)gone + 1) };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        all(wrong[i]);
        auparse_destroy(wrong[i]);
        auparse_destroy_ext(wrong[i], (auparse_destroy_what_t)77);
    }
    memset(big, 'x', sizeof big - 1);
    for (size_t i = 0; i <= sizeof lines / sizeof *lines; i++) {
        const char *bytes = i < sizeof lines / sizeof *lines ? lines[i] : big;
        auparse_state_t *au = auparse_init(AUSOURCE_BUFFER, bytes);
        all(au);
        all(au);
        auparse_destroy(au);
        au = auparse_init(AUSOURCE_FEED, NULL);
        for (size_t at = 0; bytes[at] && at < 200000; at += 7)
            auparse_feed(au, bytes + at, strlen(bytes + at) < 7 ? strlen(bytes + at) : 7);
        all(au);
        auparse_destroy(au);
    }
    void (*const callbacks[])(auparse_state_t *, auparse_cb_event_t, void *) = { destroys, feeds };
    for (int i = 0; i < 2; i++) {
        static const char bytes[] = "type=USER msg=audit(1.001:1): pid=1\ntype=USER msg=audit(1.001:2): pid=1\n";
        auparse_state_t *au = auparse_init(AUSOURCE_FEED, NULL);
        auparse_add_callback(au, callbacks[i], NULL, NULL);
        auparse_feed(au, bytes, sizeof bytes - 1);
        auparse_flush_feed(au);
        auparse_destroy(au);
    }
    const char *const empty[] = { NULL };
    auparse_destroy(auparse_init(AUSOURCE_FILE_ARRAY, empty));
    auparse_state_t *au = auparse_init(AUSOURCE_BUFFER_ARRAY, empty);
    all(au);
    auparse_destroy(au);
    au = auparse_init(AUSOURCE_DESCRIPTOR, (void *)(long)-1);
    all(au);
    auparse_destroy(au);
    auparse_init(AUSOURCE_FILE_POINTER, NULL);
    auparse_init(AUSOURCE_FILE_ARRAY, NULL);
    puts("whole");
    return 0;
}
