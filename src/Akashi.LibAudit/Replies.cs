using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Akashi.Linux.Interop;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.LibAudit;

/// <summary>What the kernel answers, and sends its owner: audit_get_reply(3).</summary>
/// <remarks>
/// struct audit_reply, on machines of 64 bits:
/// <code>
/// offset  size  member
///      0     4  type: nlmsg_type
///      4     4  len: nlmsg_len, of the kernel's records without the header
///      8     8  nlh: to the header below
///     16  8988  msg: nlmsghdr, then 8970 bytes
///   9008     8  one pointer by many names: status, ruledata, message, error, signal_info, features; to the bytes behind the header
/// </code>
/// </remarks>
static unsafe class Replies
{
    const int LengthOffset = 4;
    const int HeaderOffset = 8;
    const int MessageOffset = 16;
    const int MessageLengthMax = NLMSG_HDRLEN + MAX_AUDIT_MESSAGE_LENGTH;
    const int PointerOffset = 9008;

    /// <summary>Takes the next message.</summary>
    /// <param name="fd">A socket of NETLINK_AUDIT.</param>
    /// <param name="rep">A struct audit_reply.</param>
    /// <param name="block">0 to wait for one.</param>
    /// <param name="peek">Not 0 to leave it where it is.</param>
    /// <returns>Its length, above 0; -EAGAIN where there is none; another negative error number.</returns>
    [UnmanagedCallersOnly(EntryPoint = "audit_get_reply")]
    internal static int GetReply(int fd, byte* rep, int block, int peek)
    {
        if (fd < 0)
            return -EBADF;
        if (rep == null)
            return Requests.Fail(EFAULT);
        byte* message = rep + MessageOffset;
        int length = Receive(fd, new Span<byte>(message, MessageLengthMax), (block == 0 ? 0 : MSG_DONTWAIT) | (peek == 0 ? 0 : MSG_PEEK));
        if (length < 0)
            return length;

        // Behind what was received a NUL: records have none.
        if (length < MessageLengthMax)
            message[length] = 0;
        var header = (nlmsghdr*)message;
        *(int*)rep = header->nlmsg_type;
        *(int*)(rep + LengthOffset) = (int)header->nlmsg_len;
        *(nlmsghdr**)(rep + HeaderOffset) = header;
        *(byte**)(rep + PointerOffset) = message + NLMSG_HDRLEN;
        return length;
    }

    /// <summary>Receives a message of the kernel; others' are refused.</summary>
    /// <returns>Its length, or a negative error number, which errno has too.</returns>
    internal static int Receive(int fd, Span<byte> buffer, int flags)
    {
        sockaddr_nl sender;
        uint senderLength = (uint)sizeof(sockaddr_nl);
        nint length;
        fixed (byte* start = buffer)
        {
            do
            {
                length = PlainLibC.recvfrom(fd, start, (nuint)buffer.Length, flags | MSG_TRUNC, &sender, &senderLength);
            }
            while (length < 0 && PlainLibC.Errno == EINTR && (flags & MSG_DONTWAIT) == 0);
        }

        if (length < 0)
            return -PlainLibC.Errno;
        if (senderLength != sizeof(sockaddr_nl))
            return Requests.Fail(EPROTO);
        if (sender.nl_pid != 0)
            return Requests.Fail(EINVAL);
        if (length > buffer.Length)
            return Requests.Fail(EFBIG);
        return length < NLMSG_HDRLEN ? Requests.Fail(EBADE) : (int)length;
    }

    /// <summary>Says who sent a signal, as the fields of a record.</summary>
    /// <param name="buf">Where to; the text is cut there.</param>
    /// <param name="len">Its length in bytes.</param>
    /// <param name="op">What the signal is for.</param>
    /// <param name="rep">The answer to audit_request_signal_info.</param>
    /// <param name="res">What came of it.</param>
    /// <returns>buf.</returns>
    [UnmanagedCallersOnly(EntryPoint = "audit_format_signal_info")]
    internal static byte* FormatSignalInfo(byte* buf, int len, byte* op, byte* rep, byte* res) => Format(buf, len, op, rep, res);

    [MethodImpl(MethodImplOptions.NoInlining)]
    static byte* Format(byte* buf, int len, byte* op, byte* rep, byte* res)
    {
        if (buf == null || len <= 0)
            return buf;
        *buf = 0;
        if (rep == null)
            return buf;
        var sender = *(audit_sig_info**)(rep + PointerOffset);
        if (sender == null)
            return buf;

        // The length of the whole message; of a context there is what exceeds header and struct.
        int length = *(int*)(rep + LengthOffset);
        ReadOnlySpan<byte> context = length == NLMSG_HDRLEN + sizeof(audit_sig_info) ? default : CText.Of((byte*)(sender + 1));
        (uint uid, uint session) = OfProcess(sender->pid);
        var text = new StringBuilder().Append("op=").Append(Latin1(CText.Printed(op)));
        text.Append(CultureInfo.InvariantCulture, $" auid={sender->uid} uid={uid} ses={session} pid={sender->pid}");
        if (!context.IsEmpty)
            text.Append(" subj=").Append(Latin1(context));
        text.Append(" res=").Append(Latin1(CText.Printed(res)));
        byte[] bytes = Encoding.Latin1.GetBytes(text.ToString());
        ReadOnlySpan<byte> fitting = bytes.AsSpan(0, Math.Min(bytes.Length, len - 1));
        fitting.CopyTo(new Span<byte>(buf, len));
        buf[fitting.Length] = 0;
        return buf;
    }

    static string Latin1(ReadOnlySpan<byte> text) => Encoding.Latin1.GetString(text);

    // Its owner and its login session; unset where it's gone.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static (uint Uid, uint Session) OfProcess(int pid)
    {
        Span<byte> path = stackalloc byte[64];
        return (OwnerOf(pid), Identity.ReadNumber(Path(pid, "/sessionid"u8, path), out uint session) ? session : uint.MaxValue);
    }

    static ReadOnlySpan<byte> Path(int pid, ReadOnlySpan<byte> name, Span<byte> destination)
    {
        byte[] path = [.. Encoding.ASCII.GetBytes($"/proc/{pid}"), .. name, 0];
        path.CopyTo(destination);
        return destination[..path.Length];
    }

    static uint OwnerOf(int pid)
    {
        try
        {
            foreach (string line in File.ReadLines($"/proc/{pid}/status"))
            {
                if (line.StartsWith("Uid:", StringComparison.Ordinal))
                    return uint.Parse(line.AsSpan(4).Trim().ToString().Split('\t')[0], CultureInfo.InvariantCulture);
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or FormatException)
        {
            // Not to be seen any more.
        }

        return uint.MaxValue;
    }
}
