/* auparse-defs.h: types of auparse.h, of Akashi. Written from the documented interface of audit-userspace 4.2.2. */
#ifndef AKASHI_AUPARSE_DEFS_H
#define AKASHI_AUPARSE_DEFS_H

#include <time.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Where records come from. */
typedef enum {
    AUSOURCE_LOGS,          /* this machine's, as auditd.conf names them */
    AUSOURCE_FILE,          /* const char *: a path */
    AUSOURCE_FILE_ARRAY,    /* const char **: paths, then NULL */
    AUSOURCE_BUFFER,        /* const char *: records, then a NUL */
    AUSOURCE_BUFFER_ARRAY,  /* const char **: buffers, then NULL */
    AUSOURCE_DESCRIPTOR,    /* an int, as a pointer; closed with the parser */
    AUSOURCE_FILE_POINTER,  /* FILE *; closed with the parser */
    AUSOURCE_FEED           /* auparse_feed */
} ausource_t;

/* Not used any more. */
typedef enum {
    AUSEARCH_UNSET,
    AUSEARCH_EXISTS,
    AUSEARCH_EQUAL,
    AUSEARCH_NOT_EQUAL,
    AUSEARCH_TIME_LT,
    AUSEARCH_TIME_LE,
    AUSEARCH_TIME_GE,
    AUSEARCH_TIME_GT,
    AUSEARCH_TIME_EQ,
    AUSEARCH_INTERPRETED = 0x40000000
} ausearch_op_t;

/* Where a search leaves the cursor. */
typedef enum {
    AUSEARCH_STOP_EVENT,
    AUSEARCH_STOP_RECORD,
    AUSEARCH_STOP_FIELD
} austop_t;

/* What becomes of the conditions that are there. */
typedef enum {
    AUSEARCH_RULE_CLEAR,
    AUSEARCH_RULE_OR,
    AUSEARCH_RULE_AND,
    AUSEARCH_RULE_REGEX
} ausearch_rule_t;

/* When an event happened, which it was, and where. */
typedef struct {
    time_t sec;
    unsigned int milli;
    unsigned long serial;
    const char *host;       /* NULL where its log doesn't say */
} au_event_t;

/* Why a callback is called. */
typedef enum {
    AUPARSE_CB_EVENT_READY
} auparse_cb_event_t;

/* What kind of value a field has. */
typedef enum {
    AUPARSE_TYPE_UNCLASSIFIED,
    AUPARSE_TYPE_UID,
    AUPARSE_TYPE_GID,
    AUPARSE_TYPE_SYSCALL,
    AUPARSE_TYPE_ARCH,
    AUPARSE_TYPE_EXIT,
    AUPARSE_TYPE_ESCAPED,
    AUPARSE_TYPE_PERM,
    AUPARSE_TYPE_MODE,
    AUPARSE_TYPE_SOCKADDR,
    AUPARSE_TYPE_FLAGS,
    AUPARSE_TYPE_PROMISC,
    AUPARSE_TYPE_CAPABILITY,
    AUPARSE_TYPE_SUCCESS,
    AUPARSE_TYPE_A0,
    AUPARSE_TYPE_A1,
    AUPARSE_TYPE_A2,
    AUPARSE_TYPE_A3,
    AUPARSE_TYPE_SIGNAL,
    AUPARSE_TYPE_LIST,
    AUPARSE_TYPE_TTY_DATA,
    AUPARSE_TYPE_SESSION,
    AUPARSE_TYPE_CAP_BITMAP,
    AUPARSE_TYPE_NFPROTO,
    AUPARSE_TYPE_ICMPTYPE,
    AUPARSE_TYPE_PROTOCOL,
    AUPARSE_TYPE_ADDR,
    AUPARSE_TYPE_PERSONALITY,
    AUPARSE_TYPE_SECCOMP,
    AUPARSE_TYPE_OFLAG,
    AUPARSE_TYPE_MMAP,
    AUPARSE_TYPE_MODE_SHORT,
    AUPARSE_TYPE_MAC_LABEL,
    AUPARSE_TYPE_PROCTITLE,
    AUPARSE_TYPE_HOOK,
    AUPARSE_TYPE_NETACTION,
    AUPARSE_TYPE_MACPROTO,
    AUPARSE_TYPE_IOCTL_REQ,
    AUPARSE_TYPE_ESCAPED_KEY,
    AUPARSE_TYPE_ESCAPED_FILE,
    AUPARSE_TYPE_FANOTIFY,
    AUPARSE_TYPE_NLMCGRP,
    AUPARSE_TYPE_RESOLVE,
    AUPARSE_TYPE_TRUST,
    AUPARSE_TYPE_FAN_TYPE,
    AUPARSE_TYPE_FAN_INFO,
    AUPARSE_TYPE_ERRNO
} auparse_type_t;

/* How values in words are escaped. */
typedef enum {
    AUPARSE_ESC_RAW,
    AUPARSE_ESC_TTY,
    AUPARSE_ESC_SHELL,
    AUPARSE_ESC_SHELL_QUOTE
} auparse_esc_t;

/* What is freed. */
typedef enum {
    AUPARSE_DESTROY_ALL,
    AUPARSE_DESTROY_COMMON
} auparse_destroy_what_t;

/* How much is looked for. */
typedef enum {
    NORM_OPT_ALL,
    NORM_OPT_NO_ATTRS
} normalize_option_t;

#ifdef __cplusplus
}
#endif

#endif
