namespace Akashi.Audit;

/// <summary>Why a record wasn't taken.</summary>
public enum AuditSendError
{
    /// <summary>Something else; <see cref="AuditSendException.Errno"/> has it.</summary>
    Other,

    /// <summary>The process has no CAP_AUDIT_WRITE, which root has, or is in a container that may not (EPERM).</summary>
    NotPermitted,

    /// <summary>The kernel has no audit, or none for this container, or it's switched off (ECONNREFUSED, EPROTONOSUPPORT).</summary>
    NoAudit,

    /// <summary>The text is longer than the 8951 bytes that a record may have (EMSGSIZE); nothing was sent.</summary>
    TooLong,

    /// <summary>The kernel doesn't answer (ETIMEDOUT); whether it wrote the record isn't known.</summary>
    NoAnswer,
}

/// <summary>A record that wasn't taken. The message says why in words for the user: lower case, no full stop.</summary>
public sealed class AuditSendException : Exception
{
    internal AuditSendException(string message, AuditSendError error, int errno)
        : base(message)
    {
        Error = error;
        Errno = errno;
    }

    /// <summary>Why.</summary>
    public AuditSendError Error { get; }

    /// <summary>The C library's number of the error, positive.</summary>
    public int Errno { get; }
}
