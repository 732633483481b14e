/* What a program without privilege, or with a wrong descriptor, is told; run as nobody against the real kernel, which refuses everything. */
#include <errno.h>
#include <libaudit.h>
#include <stdio.h>

#define INT(call) do { errno = 0; long answer = (long)(call); printf("%s = %ld, errno %d\n", #call, answer, errno); } while (0)

static void all(int fd)
{
    struct audit_reply reply;
    INT(audit_request_status(fd));
    INT(audit_request_features(fd));
    INT(audit_request_rules_list_data(fd));
    INT(audit_request_signal_info(fd));
    INT(audit_is_enabled(fd));
    INT(audit_set_enabled(fd, 1));
    INT(audit_set_failure(fd, 1));
    INT(audit_set_rate_limit(fd, 1));
    INT(audit_set_backlog_limit(fd, 1));
    INT(audit_set_backlog_wait_time(fd, 1));
    INT(audit_set_pid(fd, 1, WAIT_YES));
    INT(audit_set_pid(fd, 1, WAIT_NO));
    INT(audit_set_feature(fd, 1, 1, 1));
    INT(audit_set_loginuid_immutable(fd));
    INT(audit_trim_subtrees(fd));
    INT(audit_make_equivalent(fd, "/a", "/b"));
    INT(audit_log_user_message(fd, AUDIT_TEST, "x", NULL, NULL, NULL, 1));
    INT(audit_log_user_message(fd, AUDIT_USER, "x", NULL, NULL, NULL, 1));
    INT(audit_log_user_message(fd, 1300, "x", NULL, NULL, NULL, 1));
    INT(audit_log_user_message(fd, 0, "x", NULL, NULL, NULL, 1));
    INT(audit_log_user_command(fd, AUDIT_USER_CMD, "x", NULL, 1));
    INT(audit_log_acct_message(fd, AUDIT_ADD_USER, NULL, "o", "n", -1, NULL, NULL, NULL, 1));
    INT(audit_log_user_comm_message(fd, AUDIT_TEST, "m", NULL, NULL, NULL, NULL, 1));
    INT(audit_log_user_avc_message(fd, AUDIT_USER_AVC, "m", NULL, NULL, NULL, 1));
    INT(audit_log_semanage_message(fd, AUDIT_ROLE_ASSIGN, NULL, "op", "n", -1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1));
    INT(audit_get_reply(fd, &reply, GET_REPLY_NONBLOCKING, 0));
}

int main(void)
{
    auditfail_t action = FAIL_TERMINATE;
    int fd = audit_open();
    all(fd);
    all(0);
    all(999);
    INT(audit_log_user_message(-1, AUDIT_TEST, "x", NULL, NULL, NULL, 1));
    INT(audit_request_status(-1));
    INT(audit_is_enabled(-1));
    INT(audit_set_pid(-1, 1, WAIT_NO));
    INT(audit_get_reply(-1, NULL, GET_REPLY_NONBLOCKING, 0) < 0);
    INT(audit_reset_backlog_wait_time_actual(-1));
    INT(audit_reset_lost(fd) < 0);
    printf("features %u\n", audit_get_features());
    INT(audit_getloginuid());
    INT(audit_get_session());
    INT(audit_setloginuid(0));
    INT(audit_can_control());
    INT(audit_can_write());
    INT(audit_can_read());
    INT(get_auditfail_action(&action));
    printf("%d\n", action);
    audit_close(fd);
    return 0;
}
