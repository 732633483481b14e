/* Every form of libaudit's records once or more; what it sends is compared with what UserRecordSender sends for the same. */
#include <libaudit.h>
#include <stdlib.h>

#define MUST(call) do { if ((call) <= 0) return __LINE__ % 256; } while (0)

int main(void)
{
    int fd = audit_open();
    if (fd < 0)
        return 1;
    MUST(audit_log_user_message(fd, AUDIT_USYS_CONFIG, "op=set-banner", NULL, NULL, NULL, 1));
    MUST(audit_log_user_message(fd, AUDIT_USER_LOGIN, "op=login acct=\"bob\"", "localhost", NULL, "pts/3", 0));
    MUST(audit_log_user_message(fd, AUDIT_TEST, "local", NULL, NULL, "tty1", 1));
    MUST(audit_log_user_message(fd, AUDIT_TEST, "x window", NULL, "10.0.0.1", ":0", 1));
    MUST(audit_log_user_message(fd, AUDIT_TEST, "unknown host", "nosuch.invalid", NULL, "ssh", 1));
    MUST(audit_log_user_message(fd, AUDIT_TEST, "", "h", "1.2.3.4", "t", 1));
    MUST(audit_log_user_comm_message(fd, AUDIT_TEST, "m", "script.py", "h", "1.2.3.4", "t", 1));
    MUST(audit_log_user_comm_message(fd, AUDIT_TEST, "m", "my script", "h", "1.2.3.4", "t", 0));
    MUST(audit_log_acct_message(fd, AUDIT_ADD_USER, NULL, "adding-user", "bob", -1, "h", "1.2.3.4", "t", 1));
    MUST(audit_log_acct_message(fd, AUDIT_ADD_USER, NULL, "adding-user", "bob", 1003, NULL, NULL, "pts/1", 1));
    MUST(audit_log_acct_message(fd, AUDIT_ADD_GROUP, NULL, "adding-group", NULL, 77, NULL, NULL, NULL, 0));
    MUST(audit_log_acct_message(fd, AUDIT_ADD_GROUP, NULL, "adding-group", NULL, -1, NULL, NULL, NULL, 0));
    MUST(audit_log_user_avc_message(fd, AUDIT_USER_AVC, "avc:  denied  { send_msg } for scontext=a tcontext=b", "h", "1.2.3.4", "t", 1000));
    MUST(audit_log_user_avc_message(fd, AUDIT_USER_AVC, "avc", NULL, NULL, "tty1", -1));
    MUST(audit_log_semanage_message(fd, AUDIT_ROLE_ASSIGN, NULL, "adding-role", "bob", -1, "staff_u", "staff_r", "s0", "user_u", "user_r", "s0-s1", "h", "1.2.3.4", "t", 1));
    MUST(audit_log_semanage_message(fd, AUDIT_ROLE_REMOVE, NULL, "deleting-role", NULL, 1003, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, "tty1", 0));
    MUST(audit_log_user_command(fd, AUDIT_USER_CMD, "ls", "pts/1", 1));
    MUST(audit_log_user_command(fd, AUDIT_USER_CMD, "  cat /etc/shadow ", NULL, 0));
    /* Last: of a program that was named once, the original believes later ones too. */
    MUST(audit_log_acct_message(fd, AUDIT_USER_START, "/usr/sbin/sshd", "session-open", "a b", -1, "h", "::1", "ssh", 1));
    audit_close(fd);
    return 0;
}
