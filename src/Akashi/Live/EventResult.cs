using Akashi.Records;

namespace Akashi.Live;

/// <summary>Whether what an event speaks of could be done.</summary>
/// <param name="IsKnown">Whether the event says it.</param>
/// <param name="IsSuccess">Whether it could.</param>
/// <param name="Errno">The reason's number where a system call was refused; 0 where none is known.</param>
public readonly record struct EventResult(bool IsKnown, bool IsSuccess, int Errno)
{
    // EINPROGRESS: a connection that nobody waits for has begun.
    const int InProgress = 115;

    /// <summary>Reads it: <c>res=</c> of the lead, in words or as 0 and 1, else <c>success=</c> and <c>exit=</c> of the system call.</summary>
    public static EventResult Of(in EventParts parts)
    {
        if (parts.Lead.TryFind("res"u8, out ReadOnlySpan<byte> result))
            return new EventResult(true, result.SequenceEqual("success"u8) || result.SequenceEqual("1"u8), 0);
        if (!parts.HasSyscall || !parts.Syscall.TryFind("success"u8, out ReadOnlySpan<byte> success))
            return default;
        if (success.SequenceEqual("yes"u8))
            return new EventResult(true, true, 0);
        int exit = parts.Syscall.TryFind("exit"u8, out ReadOnlySpan<byte> raw) ? RawNumber.Read(raw, otherwise: 0) : 0;
        int errno = exit is < 0 and > -4096 ? -exit : 0;
        return new EventResult(true, errno == InProgress, errno);
    }
}
