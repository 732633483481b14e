#include <libaudit.h>
#include <stdio.h>

int main(void)
{
    int fd = audit_open();
    if (fd < 0) {
        perror("audit_open");
        return 1;
    }
    int rc = audit_log_user_message(fd, AUDIT_USYS_CONFIG, "audit_log_user_message", "example.com", NULL, NULL, 1);
    audit_close(fd);
    return rc > 0 ? 0 : 1;
}
