/* What crashes the original, or may: NULL everywhere, closed and wrong descriptors, lengths and rules that are none. Answers only have to be; ends with "whole". */
#include <fcntl.h>
#include <libaudit.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* In no header. */
void audit_msg(int priority, const char *format, ...);

static void descriptor(int fd)
{
    struct audit_reply reply;
    static struct audit_rule_data rule;
    audit_log_user_message(fd, AUDIT_TEST, NULL, NULL, NULL, NULL, INT_MIN);
    audit_log_user_comm_message(fd, AUDIT_TEST, NULL, NULL, NULL, NULL, NULL, 1);
    audit_log_acct_message(fd, AUDIT_TEST, NULL, NULL, NULL, -1, NULL, NULL, NULL, 1);
    audit_log_user_avc_message(fd, AUDIT_TEST, NULL, NULL, NULL, NULL, 0);
    audit_log_semanage_message(fd, AUDIT_TEST, NULL, NULL, NULL, -1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1);
    audit_log_user_command(fd, AUDIT_TEST, NULL, NULL, 1);
    audit_log_user_message(fd, INT_MAX, "x", "a b\n", "\x01", "\xff", 1);
    audit_log_user_message(fd, INT_MIN, "x", "a b\n", "\x01", "\xff", 1);
    audit_get_reply(fd, NULL, GET_REPLY_NONBLOCKING, 0);
    audit_get_reply(fd, &reply, GET_REPLY_NONBLOCKING, 1);
    audit_request_status(fd);
    audit_is_enabled(fd);
    audit_add_rule_data(fd, NULL, 0, 0);
    rule.buflen = UINT_MAX;
    audit_add_rule_data(fd, &rule, 0, 0);
    audit_delete_rule_data(fd, NULL, 0, 0);
    audit_make_equivalent(fd, NULL, NULL);
    audit_make_equivalent(fd, "/", NULL);
    audit_set_feature(fd, UINT_MAX, 1, 1);
}

int main(void)
{
    static char big[1 << 20];
    memset(big, '/', sizeof big - 1);
    int null = open("/dev/null", O_RDWR), pipe_ends[2], closed = dup(null);
    close(closed);
    if (pipe(pipe_ends) != 0)
        return 1;
    descriptor(-1);
    descriptor(INT_MIN);
    descriptor(INT_MAX);
    descriptor(null);
    descriptor(closed);
    descriptor(pipe_ends[0]);
    audit_close(INT_MAX);
    audit_close(INT_MIN);

    int fd = audit_open();
    audit_log_user_message(fd, AUDIT_TEST, big, big, big, big, 1);
    audit_log_user_comm_message(fd, AUDIT_TEST, "m", big, big, big, big, 1);
    audit_log_acct_message(fd, AUDIT_TEST, big, big, big, -1, big, big, big, 1);
    audit_log_semanage_message(fd, AUDIT_TEST, big, big, big, -1, big, big, big, big, big, big, big, big, big, 1);
    audit_log_user_command(fd, AUDIT_TEST, big, big, 1);
    audit_make_equivalent(fd, big, big);

    const char *none = NULL;
    audit_name_to_field(none); audit_name_to_syscall(none, 1); audit_name_to_syscall("x", INT_MIN); audit_name_to_uringop(none);
    audit_name_to_flag(none); audit_name_to_action(none); audit_name_to_msg_type(none); audit_name_to_machine(none); audit_determine_machine(none);
    audit_name_to_errno(none); audit_name_to_ftype(none); audit_name_to_fstype(none); audit_name_to_field(big); audit_determine_machine(big);
    int wild[] = { INT_MIN, -1, INT_MAX, 14, 31, 32, 1 << 16 };
    for (unsigned i = 0; i < sizeof wild / sizeof *wild; i++) {
        audit_field_to_name(wild[i]); audit_syscall_to_name(wild[i], wild[i]); audit_syscall_to_name(1, wild[i]); audit_uringop_to_name(wild[i]);
        audit_flag_to_name(wild[i]); audit_action_to_name(wild[i]); audit_msg_type_to_name(wild[i]); audit_machine_to_name(wild[i]);
        audit_machine_to_elf(wild[i]); audit_elf_to_machine((unsigned)wild[i]); audit_operator_to_symbol(wild[i]); audit_errno_to_name(wild[i]);
        audit_ftype_to_name(wild[i]); audit_fstype_to_name(wild[i]); audit_number_to_errmsg(wild[i], NULL);
    }
    audit_number_to_errmsg(-2, NULL);
    set_aumessage_mode((message_t)99, (debug_message_t)99);
    get_auditfail_action(NULL);
    audit_value_needs_encoding(NULL, UINT_MAX);
    audit_encode_value(NULL, NULL, UINT_MAX);
    free(audit_encode_nv_string(NULL, NULL, 0));
    audit_format_signal_info(NULL, 5, NULL, NULL, NULL);
    char text[4];
    struct audit_reply reply = { 0 };
    audit_format_signal_info(text, 0, NULL, NULL, NULL);
    audit_format_signal_info(text, sizeof text, NULL, &reply, NULL);

    struct audit_rule_data *rule = NULL, *full = audit_rule_create_data();
    audit_rule_init_data(NULL);
    audit_rule_free_data(NULL);
    audit_rule_syscallbyname_data(NULL, "open"); audit_rule_syscallbyname_data(full, NULL); audit_rule_syscallbyname_data(full, big);
    audit_rule_io_uringbyname_data(NULL, NULL); audit_rule_io_uringbyname_data(full, "nope"); audit_rule_io_uringbyname_data(full, "openat");
    audit_rule_fieldpair_data(NULL, "uid=0", 4); audit_rule_fieldpair_data(&rule, "uid=0", 4); audit_rule_fieldpair_data(&full, NULL, 4);
    audit_rule_fieldpair_data(&full, big, 4); audit_rule_fieldpair_data(&full, "uid=0", INT_MIN); audit_rule_fieldpair_data(&full, "\xff\xfe=\xff", 4);
    audit_rule_interfield_comp_data(NULL, NULL, 4); audit_rule_interfield_comp_data(&full, "=", 4);
    audit_add_watch(NULL, "/x"); audit_add_watch(&rule, NULL); audit_add_watch(&rule, big); audit_add_watch_dir(-1, &rule, "/x");
    audit_update_watch_perms(NULL, 1);
    full->field_count = UINT_MAX;
    audit_rule_fieldpair_data(&full, "uid=0", 4); audit_update_watch_perms(full, 1); audit_rule_syscallbyname_data(full, "open");
    full->field_count = 1;
    full->fields[0] = AUDIT_WATCH;
    full->values[0] = UINT_MAX;
    full->buflen = 12;
    audit_rule_fieldpair_data(&full, "uid=0", 4);
    audit_rule_free_data(full);

    set_aumessage_mode(MSG_SYSLOG, DBG_YES);
    audit_msg(3, NULL);
    audit_msg(3, "%");
    audit_msg(3, "%s%s%s%s%s%s%s%s%s%s%s%s%s%s%s");
    audit_msg(3, "%n%n%n%n %Lf %f");
    puts("whole");
    return 0;
}
