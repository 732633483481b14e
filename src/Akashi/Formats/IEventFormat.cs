using Akashi.Events;
using Akashi.Output;

namespace Akashi.Formats;

/// <summary>One way to print events.</summary>
public interface IEventFormat
{
    /// <summary>Writes one event, line feeds and all; the caller marks its end.</summary>
    void Write(AuditEvent auditEvent, Utf8Output output);
}
