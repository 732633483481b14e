/* libaudit.h: the kernel's audit from C. The interface is that of audit-userspace 4.2.2; each function is described by its page of section 3 of the manual. */
#ifndef AKASHI_LIBAUDIT_H
#define AKASHI_LIBAUDIT_H

#include <stdarg.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <syslog.h>

#include <asm/types.h>
#include <linux/audit.h>
#include <linux/netlink.h>

#include <audit-records.h>
#include <audit_logging.h>

#ifdef __cplusplus
extern "C" {
#endif

/* In the texts of rules, between two keys; in records, before what the daemon looked up. */
#define AUDIT_KEY_SEPARATOR 0x01
#define AUDIT_INTERP_SEPARATOR 0x1D

/* Lists: bits of a rule's flags that name one, and the number of none. */
#define AUDIT_FILTER_MASK 0x07
#define AUDIT_FILTER_UNSET 0x80
#ifndef AUDIT_FILTER_EXCLUDE
#define AUDIT_FILTER_EXCLUDE AUDIT_FILTER_TYPE
#endif
#ifndef AUDIT_FILTER_FS
#define AUDIT_FILTER_FS 0x06
#endif
#ifndef AUDIT_FILTER_URING_EXIT
#define AUDIT_FILTER_URING_EXIT 0x07
#endif

/* What older kernels' headers lack. */
#ifndef AUDIT_STATUS_BACKLOG_WAIT_TIME_ACTUAL
#define AUDIT_STATUS_BACKLOG_WAIT_TIME_ACTUAL 0x0080
#endif
#ifndef AUDIT_SADDR_FAM
#define AUDIT_SADDR_FAM 113
#endif

/* ---- Messages of the kernel ---- */

/* The longest, header and padding included. */
#define MAX_AUDIT_MESSAGE_LENGTH 8970

/* Who sent the daemon a signal; the security context follows. */
struct audit_sig_info {
    uid_t uid;
    pid_t pid;
    char ctx[];
};

struct audit_message {
    struct nlmsghdr nlh;
    char data[MAX_AUDIT_MESSAGE_LENGTH];
};

struct daemon_conf;

struct audit_reply {
    int type;             /* nlmsg_type */
    int len;              /* nlmsg_len */
    struct nlmsghdr *nlh; /* to the header in msg */
    struct audit_message msg;
    /* All of them the same pointer: behind the header. */
    union {
        struct audit_status *status;
        struct audit_rule_data *ruledata;
        struct audit_login *login;
        char *message;
        struct nlmsgerr *error;
        struct audit_sig_info *signal_info;
        struct daemon_conf *conf;
        struct audit_features *features;
    };
};

/* What plugins get in binary form: this header, then size bytes. */
struct audit_dispatcher_header {
    uint32_t ver;  /* AUDISP_PROTOCOL_VER… */
    uint32_t hlen; /* of this header */
    uint32_t type; /* of the record */
    uint32_t size; /* of what follows */
};
#define AUDISP_PROTOCOL_VER 0  /* the text begins with audit( */
#define AUDISP_PROTOCOL_VER2 1 /* it begins with node= or type= */

/* ---- Types ---- */

typedef enum {
    MACH_X86 = 0,
    MACH_86_64,
    MACH_IA64, /* gone */
    MACH_PPC64,
    MACH_PPC,
    MACH_S390X,
    MACH_S390,
    MACH_ALPHA, /* gone */
    MACH_ARM,
    MACH_AARCH64,
    MACH_PPC64LE,
    MACH_IO_URING, /* not a machine: in rules, operations of io_uring */
    MACH_RISCV32,
    MACH_RISCV64
} machine_t;

typedef enum { FAIL_IGNORE = 0, FAIL_LOG, FAIL_TERMINATE } auditfail_t;
typedef enum { MSG_STDERR, MSG_SYSLOG, MSG_QUIET } message_t;
typedef enum { DBG_NO, DBG_YES } debug_message_t;
typedef enum { GET_REPLY_BLOCKING = 0, GET_REPLY_NONBLOCKING } reply_t;
typedef enum { WAIT_NO, WAIT_YES } rep_wait_t;

/* ---- The socket ---- */

int audit_get_reply(int fd, struct audit_reply *rep, reply_t block, int peek);
char *audit_format_signal_info(char *buf, int len, char *op, struct audit_reply *rep, char *res);
/* Does nothing: the library prints nothing by itself. */
void set_aumessage_mode(message_t mode, debug_message_t debug);

/* ---- The process ---- */

uid_t audit_getloginuid(void);
int audit_setloginuid(uid_t uid);
uint32_t audit_get_session(void);
int audit_can_control(void);
int audit_can_write(void);
int audit_can_read(void);
int get_auditfail_action(auditfail_t *failmode);

/* ---- Names and numbers ---- */

int audit_detect_machine(void);
int audit_determine_machine(const char *arch);
int audit_name_to_field(const char *field);
const char *audit_field_to_name(int field);
int audit_name_to_syscall(const char *sc, int machine);
const char *audit_syscall_to_name(int sc, int machine);
int audit_name_to_uringop(const char *uringop);
const char *audit_uringop_to_name(int uringop);
int audit_name_to_flag(const char *flag);
const char *audit_flag_to_name(int flag);
int audit_name_to_action(const char *action);
const char *audit_action_to_name(int action);
int audit_name_to_msg_type(const char *msg_type);
const char *audit_msg_type_to_name(int msg_type);
int audit_name_to_machine(const char *machine);
const char *audit_machine_to_name(int machine);
unsigned int audit_machine_to_elf(int machine);
int audit_elf_to_machine(unsigned int elf);
const char *audit_operator_to_symbol(int op);
int audit_name_to_errno(const char *error);
const char *audit_errno_to_name(int error);
int audit_name_to_ftype(const char *name);
const char *audit_ftype_to_name(int ftype);
int audit_name_to_fstype(const char *name);
const char *audit_fstype_to_name(int fstype);
/* Says on standard error what a negative answer of a rule function means. */
void audit_number_to_errmsg(int errnumber, const char *opt);

/* ---- State and settings ---- */

int audit_request_status(int fd);
int audit_is_enabled(int fd);
int audit_request_features(int fd);
uint32_t audit_get_features(void);
int audit_request_signal_info(int fd);
int audit_set_pid(int fd, uint32_t pid, rep_wait_t wmode);
int audit_set_enabled(int fd, uint32_t enabled);
int audit_set_failure(int fd, uint32_t failure);
int audit_set_rate_limit(int fd, uint32_t limit);
int audit_set_backlog_limit(int fd, uint32_t limit);
int audit_set_backlog_wait_time(int fd, uint32_t bwt);
int audit_reset_lost(int fd);
int audit_reset_backlog_wait_time_actual(int fd);
int audit_set_feature(int fd, unsigned feature, unsigned value, unsigned lock);
int audit_set_loginuid_immutable(int fd);

/* ---- Rules ---- */

int audit_request_rules_list_data(int fd);
struct audit_rule_data *audit_rule_create_data(void);
void audit_rule_init_data(struct audit_rule_data *rule);
void audit_rule_free_data(struct audit_rule_data *rule);
int audit_rule_syscallbyname_data(struct audit_rule_data *rule, const char *scall);
int audit_rule_io_uringbyname_data(struct audit_rule_data *rule, const char *scall);
/* The rule may move: rulep is a pointer to the pointer. */
int audit_rule_fieldpair_data(struct audit_rule_data **rulep, const char *pair, int flags);
int audit_rule_interfield_comp_data(struct audit_rule_data **rulep, const char *pair, int flags);
int audit_add_watch(struct audit_rule_data **rulep, const char *path);
int audit_add_watch_dir(int type, struct audit_rule_data **rulep, const char *path);
int audit_update_watch_perms(struct audit_rule_data *rule, int perms);
int audit_add_rule_data(int fd, struct audit_rule_data *rule, int flags, int action);
int audit_delete_rule_data(int fd, struct audit_rule_data *rule, int flags, int action);
int audit_trim_subtrees(int fd);
int audit_make_equivalent(int fd, const char *mount_point, const char *subtree);

#ifdef __cplusplus
}
#endif

#endif
