namespace Akashi.Linux.Interop;

/// <summary>linux/netlink.h.</summary>
static unsafe partial class LibC
{
    internal const int NETLINK_AUDIT = 9;
    internal const int SOL_NETLINK = 270;
    internal const int NETLINK_ADD_MEMBERSHIP = 1;
    internal const int NETLINK_DROP_MEMBERSHIP = 2;
    internal const int NETLINK_NO_ENOBUFS = 5;
    internal const int NLM_F_REQUEST = 0x01;
    internal const int NLM_F_MULTI = 0x02;
    internal const int NLM_F_ACK = 0x04;
    internal const int NLMSG_NOOP = 1;
    internal const int NLMSG_ERROR = 2;
    internal const int NLMSG_DONE = 3;
    internal const int NLMSG_OVERRUN = 4;
    internal const int NLMSG_MIN_TYPE = 0x10;
    internal const int NLMSG_ALIGNTO = 4;
    internal const int NLMSG_HDRLEN = 16;

    internal struct sockaddr_nl
    {
        public ushort nl_family;
        public ushort nl_pad;
        public uint nl_pid;
        public uint nl_groups;
    }

    internal struct nlmsghdr
    {
        public uint nlmsg_len;
        public ushort nlmsg_type;
        public ushort nlmsg_flags;
        public uint nlmsg_seq;
        public uint nlmsg_pid;
    }

    internal struct nlmsgerr
    {
        public int error;
        public nlmsghdr msg;
    }
}
