namespace Akashi.Host;

/// <summary>What the outside world refused. Programmer errors are ArgumentExceptions; bad input is never an exception.</summary>
public class AuditException : Exception
{
    /// <summary>Makes one with a message for the user: lower case, no full stop.</summary>
    public AuditException(string message) : base(message) { }

    /// <summary>Makes one with the cause beneath.</summary>
    public AuditException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>A file of the trail that can't be opened, read or written.</summary>
public sealed class TrailException(string operation, string path, int errno, string reason)
    : AuditException($"cannot {operation} {path}: {reason}")
{
    /// <summary>What was tried: <c>read</c>, <c>write</c>, <c>open</c>.</summary>
    public string Operation { get; } = operation;

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>The C library's error number.</summary>
    public int Errno { get; } = errno;

    /// <summary>The reason in words, as strerror(3) has them.</summary>
    public string Reason { get; } = reason;
}

/// <summary>A request that the kernel's audit refused, or didn't answer.</summary>
public sealed class KernelRequestException(string operation, int errno, uint sequence, string reason)
    : AuditException($"cannot {operation}: {reason}")
{
    /// <summary>What was asked, such as <c>add rule</c>.</summary>
    public string Operation { get; } = operation;

    /// <summary>The error number of the kernel's answer, positive; ETIMEDOUT (110) where none came.</summary>
    public int Errno { get; } = errno;

    /// <summary>The sequence number of the request; 0 where none was sent.</summary>
    public uint Sequence { get; } = sequence;

    /// <summary>The reason in words.</summary>
    public string Reason { get; } = reason;
}
