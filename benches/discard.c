/* The least a daemon can do: takes the kernel's audit, receives every record and throws it away, until TERM. What it
 * reaches is what the kernel and the load can give; no daemon that keeps records can be quicker than it.
 *
 * Netlink as in linux/audit.h and netlink(7). Prints nothing; exit 0 when it gave the kernel back. */
#include <errno.h>
#include <linux/audit.h>
#include <linux/netlink.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static volatile sig_atomic_t ends;

static void end(int signal) { ends = signal; }

/* Asks for one setting; its acknowledgement is thrown away with everything else. */
static int set(int sock, struct audit_status status)
{
    struct {
        struct nlmsghdr header;
        struct audit_status status;
    } request = { { .nlmsg_len = sizeof request, .nlmsg_type = AUDIT_SET, .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK }, status };
    struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
    return sendto(sock, &request, sizeof request, 0, (struct sockaddr *)&kernel, sizeof kernel) < 0;
}

int main(void)
{
    static char message[8970 + 4096];
    sigaction(SIGTERM, &(struct sigaction){ .sa_handler = end }, NULL);
    int sock = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_AUDIT);
    if (sock < 0 || set(sock, (struct audit_status){ .mask = AUDIT_STATUS_PID, .pid = getpid() })
        || set(sock, (struct audit_status){ .mask = AUDIT_STATUS_ENABLED, .enabled = 1 })) {
        perror("discard: cannot take the kernel's audit");
        return 1;
    }
    while (!ends)
        if (recv(sock, message, sizeof message, 0) < 0 && errno != EINTR && errno != ENOBUFS) {
            perror("discard: cannot receive");
            break;
        }
    return set(sock, (struct audit_status){ .mask = AUDIT_STATUS_PID });
}
