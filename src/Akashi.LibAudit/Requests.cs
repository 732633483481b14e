using System.Runtime.CompilerServices;
using Akashi.Linux.Interop;
using Akashi.Linux.Netlink;
using Akashi.Records;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.LibAudit;

/// <summary>Requests with the answers of libaudit: a sequence number above 0, or the negative error number, which errno has too.</summary>
static class Requests
{
    /// <summary>Makes a request.</summary>
    internal static int Make(int descriptor, int type, ReadOnlySpan<byte> payload) => Make(descriptor, type, payload, out _);

    /// <summary>As <see cref="Make(int, int, ReadOnlySpan{byte})"/>, with the value that some requests answer with.</summary>
    internal static int Make(int descriptor, int type, ReadOnlySpan<byte> payload, out int answer)
    {
        int result = RawRequest.Make(descriptor, type, payload, out answer);
        if (result < 0)
            PlainLibC.Errno = -result;
        return result;
    }

    /// <summary>Sends a user-space record; where no kernel listens that is no failure.</summary>
    /// <param name="descriptor">A socket of NETLINK_AUDIT.</param>
    /// <param name="type">The record's type.</param>
    /// <param name="text">Its text.</param>
    /// <param name="hidesRefusal">Whether it's no failure either that an unprivileged program may not send it.</param>
    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    internal static int Send(int descriptor, int type, scoped in UserRecordText text, bool hidesRefusal)
    {
        // So libaudit: a program that got no descriptor goes on without audit.
        if (descriptor < 0)
            return 0;
        if (text.IsTooLong)
            return Fail(EINVAL);
        Span<byte> payload = stackalloc byte[UserRecordText.BytesMax + 1];
        text.Text.CopyTo(payload);
        payload[text.Text.Length] = 0;
        payload = payload[..(text.Text.Length + 1)];

        int result = Make(descriptor, type, payload);
        // A kernel that is older than the type.
        bool isUserType = type is >= AUDIT_FIRST_USER_MSG and <= AUDIT_LAST_USER_MSG or >= AUDIT_FIRST_USER_MSG2 and <= AUDIT_LAST_USER_MSG2;
        if (result == -EINVAL && isUserType)
            result = Make(descriptor, AUDIT_USER, payload);
        bool isHidden = result == -ECONNREFUSED || (hidesRefusal && result == -EPERM && getuid() != 0);
        return isHidden ? 0 : result;
    }

    /// <summary>Sets errno; returns its negative.</summary>
    internal static int Fail(int errno)
    {
        PlainLibC.Errno = errno;
        return -errno;
    }
}
