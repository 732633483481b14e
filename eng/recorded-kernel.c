/* A kernel's audit that says yes to everything, and writes down what it was asked: for comparing what two programs send, byte for byte.
 *
 *   LD_PRELOAD=recorded-kernel AKASHI_REQUESTS=FILE auditctl -R rules
 *
 * Takes the place of the netlink socket of a program linked with the C library; the machine's own audit is never reached. FILE gets a line a
 * request: the message's type, a blank, its payload in hexadecimal digits. AUDIT_GET answers that auditing is on, AUDIT_LIST_RULES that there are none. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The kernel's end of each socket; 0 for none. */
static int kernel_ends[1024];

static int is_audit(int fd) { return fd > 0 && fd < 1024 && kernel_ends[fd] != 0; }

static void answer(int fd, unsigned short type, const struct nlmsghdr *request, const void *data, size_t length)
{
    char message[NLMSG_SPACE(512)] = { 0 };
    struct nlmsghdr *header = (struct nlmsghdr *)message;
    *header = (struct nlmsghdr){ .nlmsg_len = NLMSG_LENGTH(length), .nlmsg_type = type, .nlmsg_seq = request->nlmsg_seq };
    if (length > 0)
        memcpy(NLMSG_DATA(header), data, length);
    if (send(kernel_ends[fd], message, NLMSG_SPACE(length), 0) < 0)
        abort();
}

static void record(const struct nlmsghdr *request)
{
    const unsigned char *payload = NLMSG_DATA(request);
    FILE *file = fopen(getenv("AKASHI_REQUESTS"), "a");
    if (file == NULL)
        abort();
    fprintf(file, "%d ", request->nlmsg_type);
    for (size_t index = 0; index < request->nlmsg_len - NLMSG_HDRLEN; index++)
        fprintf(file, "%02x", payload[index]);
    fputc('\n', file);
    fclose(file);
}

int audit_can_control(void) { return 1; }

uid_t geteuid(void) { return 0; }

int socket(int domain, int type, int protocol)
{
    int (*real)(int, int, int) = (int (*)(int, int, int))dlsym(RTLD_NEXT, "socket");
    if (domain != AF_NETLINK || protocol != NETLINK_AUDIT)
        return real(domain, type, protocol);
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return -1;
    kernel_ends[ends[0]] = ends[1];
    return ends[0];
}

ssize_t sendto(int fd, const void *bytes, size_t length, int flags, const struct sockaddr *address, socklen_t address_length)
{
    const struct nlmsghdr *request = bytes;
    const struct nlmsgerr acknowledgement = { .error = 0, .msg = *request };
    if (!is_audit(fd)) {
        errno = EBADF;
        return -1;
    }
    (void)flags, (void)address, (void)address_length;
    record(request);
    answer(fd, NLMSG_ERROR, request, &acknowledgement, sizeof acknowledgement);
    if (request->nlmsg_type == AUDIT_GET)
        answer(fd, AUDIT_GET, request,
               &(struct audit_status){ .enabled = 1, .failure = 1, .backlog_limit = 64, .feature_bitmap = AUDIT_FEATURE_BITMAP_ALL },
               sizeof(struct audit_status));
    else if (request->nlmsg_type == AUDIT_LIST_RULES)
        answer(fd, NLMSG_DONE, request, NULL, 0);
    return (ssize_t)length;
}

ssize_t recvfrom(int fd, void *restrict buffer, size_t length, int flags, struct sockaddr *restrict address, socklen_t *restrict address_length)
{
    if (!is_audit(fd)) {
        errno = EBADF;
        return -1;
    }
    if (address != NULL && address_length != NULL) {
        const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
        memcpy(address, &kernel, sizeof kernel);
        *address_length = sizeof kernel;
    }
    return recv(fd, buffer, length, flags);
}
