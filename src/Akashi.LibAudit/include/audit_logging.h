/* audit_logging.h: sending records to the kernel's audit. Each function is described by its page of section 3 of the manual.
 *
 * What returns int returns the number of the request, above 0, or the negative number of an error, which errno has too; 0 where an unprivileged program may not
 * send, or no kernel listens. All of them may be called by several threads, with one descriptor or many, and by a forked child of a host that has one thread. */
#ifndef AKASHI_AUDIT_LOGGING_H
#define AKASHI_AUDIT_LOGGING_H

#include <sys/types.h>

#include <audit-records.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A socket to the kernel's audit; -1 and errno. */
int audit_open(void);
void audit_close(int fd);

/* 1 where a value must be written in hexadecimal digits: it has a quote, or a byte below 0x21 or above 0x7e. */
int audit_value_needs_encoding(const char *str, unsigned int size);
/* Writes size bytes as digits, and a NUL: final has room for 2 * size + 1. */
char *audit_encode_value(char *final, const char *buf, unsigned int size);
/* name="value", or name=DIGITS, in memory of malloc; vlen 0 for strlen(value). NULL where memory has run out. */
char *audit_encode_nv_string(const char *name, const char *value, unsigned int vlen);

/* For all that follow: hostname, addr NULL for unknown; tty NULL for that of standard input; result 1 for success, 0 for failed.
 * A text with all its fields has at most 8951 bytes; a longer one is -EINVAL. */
int audit_log_user_message(int audit_fd, int type, const char *message, const char *hostname, const char *addr, const char *tty, int result);
/* comm: the script's name; NULL for the process's own. */
int audit_log_user_comm_message(int audit_fd, int type, const char *message, const char *comm, const char *hostname, const char *addr,
                                const char *tty, int result);
/* pgname NULL for the process's own program; id -1 where name is to stand. */
int audit_log_acct_message(int audit_fd, int type, const char *pgname, const char *op, const char *name, unsigned int id, const char *host,
                           const char *addr, const char *tty, int result);
int audit_log_user_avc_message(int audit_fd, int type, const char *message, const char *hostname, const char *addr, const char *tty, uid_t auid);
int audit_log_semanage_message(int audit_fd, int type, const char *pgname, const char *op, const char *name, unsigned int id,
                               const char *new_seuser, const char *new_role, const char *new_range, const char *old_seuser,
                               const char *old_role, const char *old_range, const char *host, const char *addr, const char *tty, int result);
int audit_log_user_command(int audit_fd, int type, const char *command, const char *tty, int result);

#ifdef __cplusplus
}
#endif

#endif
