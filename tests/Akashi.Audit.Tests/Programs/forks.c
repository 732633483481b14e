/* A host of one thread forks as often as it is told; each child logs, in every way, and must end by itself. AKASHI_FIRST=child: the parent never called the library. */
#include <errno.h>
#include <libaudit.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int child(int fd)
{
    char digits[16];
    /* One that hangs is killed, which the parent sees. */
    alarm(20);
    int own = audit_open();
    if (own < 0 || audit_log_user_message(own, AUDIT_TEST, "child", NULL, NULL, "t", 1) <= 0)
        return 1;
    if (fd >= 0 && audit_log_acct_message(fd, AUDIT_ADD_USER, NULL, "op", "bob", -1, "h", "1.1.1.1", "t", 1) <= 0)
        return 2;
    if (audit_log_user_comm_message(own, AUDIT_TEST, "m", NULL, "h", "1.1.1.1", NULL, 1) <= 0 || audit_log_user_command(own, AUDIT_USER_CMD, "ls", NULL, 1) <= 0
        || audit_log_user_avc_message(own, AUDIT_USER_AVC, "m", "h", "1.1.1.1", "t", 1) <= 0
        || audit_log_semanage_message(own, AUDIT_ROLE_ASSIGN, NULL, "op", "n", -1, 0, 0, 0, 0, 0, 0, "h", "1.1.1.1", "t", 1) <= 0)
        return 3;
    if (audit_value_needs_encoding("a b", 3) != 1 || strcmp(audit_encode_value(digits, "a b", 3), "612062") != 0)
        return 4;
    audit_close(own);
    return 0;
}

int main(int argc, char **argv)
{
    int count = argc > 1 ? atoi(argv[1]) : 100;
    int fd = getenv("AKASHI_FIRST") ? -1 : audit_open();
    if (fd >= 0 && audit_log_user_message(fd, AUDIT_TEST, "parent", NULL, NULL, "t", 1) <= 0)
        return 1;
    for (int i = 0; i < count; i++) {
        pid_t pid = fork();
        if (pid == 0)
            _exit(child(fd));
        int status;
        if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0) {
            printf("child %d: status %d\n", i, status);
            return 1;
        }
    }
    printf("%d children\n", count);
    return 0;
}
