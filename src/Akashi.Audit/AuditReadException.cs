using Akashi.Host;

namespace Akashi.Audit;

/// <summary>A trail, or the kernel, that can't be read. The message says why in words for the user: lower case, no full stop.</summary>
public sealed class AuditReadException : Exception
{
    internal AuditReadException(AuditException fault)
        : base(fault.Message, fault)
    {
        (Path, Errno) = fault switch
        {
            TrailException trail => (trail.Path, trail.Errno),
            KernelRequestException kernel => (null, kernel.Errno),
            _ => (null, 0),
        };
    }

    /// <summary>The file; null where it was none.</summary>
    public string? Path { get; }

    /// <summary>The C library's number of the error, positive; 0 for none.</summary>
    public int Errno { get; }
}
