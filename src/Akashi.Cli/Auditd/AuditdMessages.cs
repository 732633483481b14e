using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.Auditd;

/// <summary>What the daemon says: on standard error, and in the system log once it has left that.</summary>
/// <remarks>For use from several threads.</remarks>
sealed class AuditdMessages(Utf8Output error, IHost host)
{
    const string Name = "auditd";

    readonly Lock _gate = new();
    volatile bool _usesSystemLog;

    public void Say(string text)
    {
        if (_usesSystemLog)
        {
            host.Log(Name, text);
            return;
        }

        lock (_gate)
        {
            error.Write($"{Name}: {text}");
            error.EndLine();
        }
    }

    /// <summary>From now on the system log: standard error is gone.</summary>
    public void UseSystemLog() => _usesSystemLog = true;
}
