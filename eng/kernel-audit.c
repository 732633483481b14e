/* The kernel's audit state, asked and put back without the programs under test.
 *
 *   kernel-audit status         one "name value" a line, features and number of rules too
 *   kernel-audit free           exit 0 when the kernel's audit can be had and no daemon has it; else 1, and why on stderr
 *   kernel-audit save FILE      status, features and rules, as the kernel's own bytes
 *   kernel-audit restore FILE   puts back what save wrote: settings, features, rules in their order; counts only to 0
 *   kernel-audit reset-counts   sets the counts of lost records and of time waited for room to 0
 *
 * Netlink as in linux/audit.h and netlink(7). FILE is the sequence of kernel replies, each an nlmsghdr with its
 * payload padded to 4 bytes. */
#include <errno.h>
#include <linux/audit.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define REPLY_BYTES_MAX (8970 + 4096)
#define SNAPSHOT_BYTES_MAX (16 << 20)

static int sock = -1;
static __u32 sequence;

static void fail(const char *what)
{
    fprintf(stderr, "kernel-audit: cannot %s: %s\n", what, strerror(errno));
    exit(1);
}

static void open_socket(void)
{
    struct timeval limit = { .tv_sec = 5 };
    sock = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_AUDIT);
    if (sock < 0 || setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) != 0)
        fail("open an audit socket");
}

static void send_request(int type, int flags, const void *payload, size_t length)
{
    char request[NLMSG_SPACE(REPLY_BYTES_MAX)] = { 0 };
    struct nlmsghdr *header = (struct nlmsghdr *)request;
    struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
    header->nlmsg_len = NLMSG_LENGTH(length);
    header->nlmsg_type = type;
    header->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
    header->nlmsg_seq = ++sequence;
    memcpy(NLMSG_DATA(header), payload, length);
    if (sendto(sock, request, header->nlmsg_len, 0, (struct sockaddr *)&kernel, sizeof kernel) < 0)
        fail("send to the kernel");
}

/* The next message that answers the last request. */
static struct nlmsghdr *receive(void)
{
    static _Alignas(struct nlmsghdr) char reply[REPLY_BYTES_MAX];
    struct nlmsghdr *header = (struct nlmsghdr *)reply;
    for (;;) {
        ssize_t length = recv(sock, reply, sizeof reply, 0);
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            fail("read the kernel's answer");
        if (header->nlmsg_seq == sequence)
            return header;
    }
}

/* Sends a request that only answers with an acknowledgement; 0 or -errno. */
static int request(int type, const void *payload, size_t length)
{
    send_request(type, 0, payload, length);
    struct nlmsghdr *header = receive();
    while (header->nlmsg_type != NLMSG_ERROR)
        header = receive();
    return ((struct nlmsgerr *)NLMSG_DATA(header))->error;
}

/* Appends the answers of a query to the buffer. A listing ends with NLMSG_DONE, a single answer with itself. */
static size_t query(int type, int is_list, char *to, size_t used)
{
    send_request(type, is_list ? NLM_F_DUMP : 0, "", 0);
    for (;;) {
        struct nlmsghdr *header = receive();
        if (header->nlmsg_type == NLMSG_DONE)
            return used;
        if (header->nlmsg_type == NLMSG_ERROR) {
            errno = -((struct nlmsgerr *)NLMSG_DATA(header))->error;
            if (errno != 0)
                fail("ask the kernel's audit");
            continue;
        }
        if (used + NLMSG_ALIGN(header->nlmsg_len) > SNAPSHOT_BYTES_MAX) {
            errno = ENOBUFS;
            fail("keep the rules");
        }
        memcpy(to + used, header, header->nlmsg_len);
        used += NLMSG_ALIGN(header->nlmsg_len);
        if (!is_list)
            return used;
    }
}

static size_t snapshot(char *to)
{
    size_t used = query(AUDIT_GET, 0, to, 0);
    used = query(AUDIT_GET_FEATURE, 0, to, used);
    return query(AUDIT_LIST_RULES, 1, to, used);
}

static struct audit_status status_of(const char *from)
{
    struct audit_status status = { 0 };
    const struct nlmsghdr *header = (const struct nlmsghdr *)from;
    size_t length = header->nlmsg_len - NLMSG_HDRLEN;
    memcpy(&status, from + NLMSG_HDRLEN, length < sizeof status ? length : sizeof status);
    return status;
}

static void print(const char *from, size_t used)
{
    struct audit_status s = status_of(from);
    unsigned rules = 0;
    for (size_t at = 0; at < used; at += NLMSG_ALIGN(((struct nlmsghdr *)(from + at))->nlmsg_len)) {
        const struct nlmsghdr *header = (const struct nlmsghdr *)(from + at);
        const struct audit_features *f = NLMSG_DATA((struct nlmsghdr *)header);
        if (header->nlmsg_type == AUDIT_GET_FEATURE)
            printf("features %u\nfeatures_locked %u\n", f->features, f->lock);
        rules += header->nlmsg_type == AUDIT_LIST_RULES;
    }
    printf("enabled %u\nfailure %u\npid %u\nrate_limit %u\nbacklog_limit %u\nlost %u\nbacklog %u\n"
           "backlog_wait_time %u\nbacklog_wait_time_actual %u\nrules %u\n", s.enabled, s.failure, s.pid, s.rate_limit,
           s.backlog_limit, s.lost, s.backlog, s.backlog_wait_time, s.backlog_wait_time_actual, rules);
}

static int set(__u32 mask, struct audit_status values)
{
    values.mask = mask;
    return request(AUDIT_SET, &values, sizeof values);
}

/* Writing a count sets it to 0, and the acknowledgement carries the old one in place of an error. */
static int reset(__u32 count)
{
    struct audit_status none = { 0 };
    return set(count, none) < 0 ? -1 : 0;
}

/* Who has the kernel's audit, or 0. One that was killed stays in the status until the kernel fails to reach it: a request
 * that is refused makes the record for that. */
static unsigned owner(char *buffer)
{
    for (int tries = 0;; tries++) {
        char path[32];
        query(AUDIT_GET, 0, buffer, 0);
        unsigned pid = status_of(buffer).pid;
        snprintf(path, sizeof path, "/proc/%u", pid);
        if (pid == 0 || access(path, F_OK) == 0 || tries == 20)
            return pid;
        reset(AUDIT_STATUS_PID);
        usleep(50000);
    }
}

static void change_rules(const char *from, size_t used, int type)
{
    for (size_t at = 0; at < used; at += NLMSG_ALIGN(((struct nlmsghdr *)(from + at))->nlmsg_len)) {
        const struct nlmsghdr *header = (const struct nlmsghdr *)(from + at);
        if (header->nlmsg_type != AUDIT_LIST_RULES)
            continue;
        int error = request(type, from + at + NLMSG_HDRLEN, header->nlmsg_len - NLMSG_HDRLEN);
        if (error != 0)
            fprintf(stderr, "kernel-audit: cannot put back a rule: %s\n", strerror(-error));
    }
}

static void restore(const char *before, size_t before_bytes)
{
    static char now[SNAPSHOT_BYTES_MAX];
    size_t now_bytes = snapshot(now);
    struct audit_status s = status_of(before);
    change_rules(now, now_bytes, AUDIT_DEL_RULE);
    change_rules(before, before_bytes, AUDIT_ADD_RULE);
    for (size_t at = 0; at < before_bytes; at += NLMSG_ALIGN(((struct nlmsghdr *)(before + at))->nlmsg_len)) {
        struct audit_features f;
        if (((struct nlmsghdr *)(before + at))->nlmsg_type != AUDIT_GET_FEATURE)
            continue;
        memcpy(&f, before + at + NLMSG_HDRLEN, sizeof f);
        f.mask = (1 << (AUDIT_LAST_FEATURE + 1)) - 1;
        request(AUDIT_SET_FEATURE, &f, sizeof f);
    }
    int error = set(AUDIT_STATUS_FAILURE | AUDIT_STATUS_RATE_LIMIT | AUDIT_STATUS_BACKLOG_LIMIT
                    | AUDIT_STATUS_BACKLOG_WAIT_TIME, s);
    if (error == 0 && s.lost == 0)
        error = reset(AUDIT_STATUS_LOST);
    if (error == 0 && s.backlog_wait_time_actual == 0)
        error = reset(AUDIT_STATUS_BACKLOG_WAIT_TIME_ACTUAL);
    /* enabled last, and alone: with 0 nothing of the above would be recorded by whoever listens. */
    if (error == 0)
        error = set(AUDIT_STATUS_ENABLED, s);
    if (error != 0) {
        errno = -error;
        fail("put the settings back");
    }
}

int main(int argc, char **argv)
{
    static char buffer[SNAPSHOT_BYTES_MAX];
    const char *command = argc > 1 ? argv[1] : "";
    open_socket();
    if (strcmp(command, "status") == 0) {
        print(buffer, snapshot(buffer));
    } else if (strcmp(command, "free") == 0) {
        unsigned pid = owner(buffer);
        if (pid != 0) {
            fprintf(stderr, "kernel-audit: process %u has the kernel's audit\n", pid);
            return 1;
        }
    } else if (strcmp(command, "reset-counts") == 0) {
        if (reset(AUDIT_STATUS_LOST) != 0 || reset(AUDIT_STATUS_BACKLOG_WAIT_TIME_ACTUAL) != 0)
            fail("reset the counts");
    } else if (argc == 3 && (strcmp(command, "save") == 0 || strcmp(command, "restore") == 0)) {
        int saves = command[0] == 's';
        FILE *file = fopen(argv[2], saves ? "w" : "r");
        if (file == NULL)
            fail("open the snapshot");
        size_t used = saves ? snapshot(buffer) : fread(buffer, 1, sizeof buffer, file);
        if ((saves && fwrite(buffer, 1, used, file) != used) || fclose(file) != 0)
            fail("write the snapshot");
        if (!saves && used < NLMSG_SPACE(4)) {
            errno = EINVAL;
            fail("read the snapshot");
        }
        if (!saves)
            restore(buffer, used);
    } else {
        fprintf(stderr, "usage: kernel-audit status | free | save FILE | restore FILE | reset-counts\n");
        return 2;
    }
    return 0;
}
