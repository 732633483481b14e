namespace Akashi.Audit;

/// <summary>What kind of value a field has, and so how it's interpreted; names and numbers are those of auparse(3).</summary>
public enum AuditFieldType
{
    /// <summary><c>AUPARSE_TYPE_UNCLASSIFIED</c>.</summary>
    Unclassified = 0,

    /// <summary><c>AUPARSE_TYPE_UID</c>.</summary>
    Uid = 1,

    /// <summary><c>AUPARSE_TYPE_GID</c>.</summary>
    Gid = 2,

    /// <summary><c>AUPARSE_TYPE_SYSCALL</c>.</summary>
    Syscall = 3,

    /// <summary><c>AUPARSE_TYPE_ARCH</c>.</summary>
    Arch = 4,

    /// <summary><c>AUPARSE_TYPE_EXIT</c>.</summary>
    Exit = 5,

    /// <summary><c>AUPARSE_TYPE_ESCAPED</c>.</summary>
    Escaped = 6,

    /// <summary><c>AUPARSE_TYPE_PERM</c>.</summary>
    Perm = 7,

    /// <summary><c>AUPARSE_TYPE_MODE</c>.</summary>
    Mode = 8,

    /// <summary><c>AUPARSE_TYPE_SOCKADDR</c>.</summary>
    Sockaddr = 9,

    /// <summary><c>AUPARSE_TYPE_FLAGS</c>.</summary>
    Flags = 10,

    /// <summary><c>AUPARSE_TYPE_PROMISC</c>.</summary>
    Promisc = 11,

    /// <summary><c>AUPARSE_TYPE_CAPABILITY</c>.</summary>
    Capability = 12,

    /// <summary><c>AUPARSE_TYPE_SUCCESS</c>.</summary>
    Success = 13,

    /// <summary><c>AUPARSE_TYPE_A0</c>.</summary>
    A0 = 14,

    /// <summary><c>AUPARSE_TYPE_A1</c>.</summary>
    A1 = 15,

    /// <summary><c>AUPARSE_TYPE_A2</c>.</summary>
    A2 = 16,

    /// <summary><c>AUPARSE_TYPE_A3</c>.</summary>
    A3 = 17,

    /// <summary><c>AUPARSE_TYPE_SIGNAL</c>.</summary>
    Signal = 18,

    /// <summary><c>AUPARSE_TYPE_LIST</c>.</summary>
    List = 19,

    /// <summary><c>AUPARSE_TYPE_TTY_DATA</c>.</summary>
    TtyData = 20,

    /// <summary><c>AUPARSE_TYPE_SESSION</c>.</summary>
    Session = 21,

    /// <summary><c>AUPARSE_TYPE_CAP_BITMAP</c>.</summary>
    CapBitmap = 22,

    /// <summary><c>AUPARSE_TYPE_NFPROTO</c>.</summary>
    Nfproto = 23,

    /// <summary><c>AUPARSE_TYPE_ICMPTYPE</c>.</summary>
    Icmptype = 24,

    /// <summary><c>AUPARSE_TYPE_PROTOCOL</c>.</summary>
    Protocol = 25,

    /// <summary><c>AUPARSE_TYPE_ADDR</c>.</summary>
    Addr = 26,

    /// <summary><c>AUPARSE_TYPE_PERSONALITY</c>.</summary>
    Personality = 27,

    /// <summary><c>AUPARSE_TYPE_SECCOMP</c>.</summary>
    Seccomp = 28,

    /// <summary><c>AUPARSE_TYPE_OFLAG</c>.</summary>
    Oflag = 29,

    /// <summary><c>AUPARSE_TYPE_MMAP</c>.</summary>
    Mmap = 30,

    /// <summary><c>AUPARSE_TYPE_MODE_SHORT</c>.</summary>
    ModeShort = 31,

    /// <summary><c>AUPARSE_TYPE_MAC_LABEL</c>.</summary>
    MacLabel = 32,

    /// <summary><c>AUPARSE_TYPE_PROCTITLE</c>.</summary>
    Proctitle = 33,

    /// <summary><c>AUPARSE_TYPE_HOOK</c>.</summary>
    Hook = 34,

    /// <summary><c>AUPARSE_TYPE_NETACTION</c>.</summary>
    Netaction = 35,

    /// <summary><c>AUPARSE_TYPE_MACPROTO</c>.</summary>
    Macproto = 36,

    /// <summary><c>AUPARSE_TYPE_IOCTL_REQ</c>.</summary>
    IoctlReq = 37,

    /// <summary><c>AUPARSE_TYPE_ESCAPED_KEY</c>.</summary>
    EscapedKey = 38,

    /// <summary><c>AUPARSE_TYPE_ESCAPED_FILE</c>.</summary>
    EscapedFile = 39,

    /// <summary><c>AUPARSE_TYPE_FANOTIFY</c>.</summary>
    Fanotify = 40,

    /// <summary><c>AUPARSE_TYPE_NLMCGRP</c>.</summary>
    Nlmcgrp = 41,

    /// <summary><c>AUPARSE_TYPE_RESOLVE</c>.</summary>
    Resolve = 42,

    /// <summary><c>AUPARSE_TYPE_TRUST</c>.</summary>
    Trust = 43,

    /// <summary><c>AUPARSE_TYPE_FAN_TYPE</c>.</summary>
    FanType = 44,

    /// <summary><c>AUPARSE_TYPE_FAN_INFO</c>.</summary>
    FanInfo = 45,

    /// <summary><c>AUPARSE_TYPE_ERRNO</c>.</summary>
    Errno = 46,
}
