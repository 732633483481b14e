namespace Akashi.Linux.Interop;

/// <summary>linux/audit.h.</summary>
static unsafe partial class LibC
{
    internal const int AUDIT_GET = 1000;
    internal const int AUDIT_SET = 1001;
    internal const int AUDIT_USER = 1005;
    internal const int AUDIT_LOGIN = 1006;
    internal const int AUDIT_SIGNAL_INFO = 1010;
    internal const int AUDIT_ADD_RULE = 1011;
    internal const int AUDIT_DEL_RULE = 1012;
    internal const int AUDIT_LIST_RULES = 1013;
    internal const int AUDIT_TRIM = 1014;
    internal const int AUDIT_MAKE_EQUIV = 1015;
    internal const int AUDIT_TTY_GET = 1016;
    internal const int AUDIT_TTY_SET = 1017;
    internal const int AUDIT_SET_FEATURE = 1018;
    internal const int AUDIT_GET_FEATURE = 1019;
    internal const int AUDIT_FIRST_USER_MSG = 1100;
    internal const int AUDIT_LAST_USER_MSG = 1199;
    internal const int AUDIT_FIRST_USER_MSG2 = 2100;
    internal const int AUDIT_LAST_USER_MSG2 = 2999;
    internal const int AUDIT_REPLACE = 1329;
    internal const int AUDIT_NLGRP_READLOG = 1;
    internal const uint AUDIT_STATUS_ENABLED = 0x0001;
    internal const uint AUDIT_STATUS_FAILURE = 0x0002;
    internal const uint AUDIT_STATUS_PID = 0x0004;
    internal const uint AUDIT_STATUS_RATE_LIMIT = 0x0008;
    internal const uint AUDIT_STATUS_BACKLOG_LIMIT = 0x0010;
    internal const uint AUDIT_STATUS_BACKLOG_WAIT_TIME = 0x0020;
    internal const uint AUDIT_STATUS_LOST = 0x0040;
    internal const uint AUDIT_STATUS_BACKLOG_WAIT_TIME_ACTUAL = 0x0080;
    internal const int AUDIT_FEATURE_VERSION = 1;
    internal const int AUDIT_FEATURE_ONLY_UNSET_LOGINUID = 0;
    internal const int AUDIT_FEATURE_LOGINUID_IMMUTABLE = 1;
    internal const int AUDIT_MAX_FIELDS = 64;
    internal const int AUDIT_BITMASK_SIZE = 64;
    internal const int AUDIT_MESSAGE_TEXT_MAX = 8560;
    internal const int CAP_AUDIT_WRITE = 29;
    internal const int CAP_AUDIT_CONTROL = 30;
    internal const int CAP_AUDIT_READ = 37;

    internal struct audit_status
    {
        public uint mask;
        public uint enabled;
        public uint failure;
        public uint pid;
        public uint rate_limit;
        public uint backlog_limit;
        public uint lost;
        public uint backlog;
        public uint feature_bitmap;
        public uint backlog_wait_time;
        public uint backlog_wait_time_actual;
    }

    internal struct audit_tty_status
    {
        public uint enabled;
        public uint log_passwd;
    }

    internal struct audit_features
    {
        public uint vers;
        public uint mask;
        public uint features;
        public uint @lock;
    }

    /// <summary>The fixed part; the strings of the rule follow.</summary>
    internal struct audit_rule_data
    {
        public uint flags;
        public uint action;
        public uint field_count;
        public fixed uint mask[AUDIT_BITMASK_SIZE];
        public fixed uint fields[AUDIT_MAX_FIELDS];
        public fixed uint values[AUDIT_MAX_FIELDS];
        public fixed uint fieldflags[AUDIT_MAX_FIELDS];
        public uint buflen;
    }
}
