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

    /// <summary>Sends a user-space record. What an unprivileged program may not send, and what no kernel listens to, is no failure for it.</summary>
    [SkipLocalsInit]
    internal static int Send(int descriptor, int type, scoped in UserRecordText text)
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
        // The kernel doesn't know the type, or doesn't take it from programs.
        if (result == -EINVAL)
            result = Make(descriptor, AUDIT_USER, payload);
        bool isHidden = result == -ECONNREFUSED || (result == -EPERM && getuid() != 0);
        return isHidden ? 0 : result;
    }

    /// <summary>Sets errno; returns its negative.</summary>
    internal static int Fail(int errno)
    {
        PlainLibC.Errno = errno;
        return -errno;
    }
}
