using Akashi.Configuration;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Linux.Tls;
using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>Makes one end of TLS from what its configuration names.</summary>
public static class TlsOpening
{
    /// <summary>Reads the files and makes it.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="configuration">A complete one.</param>
    /// <param name="receives">Whether it's the end that others connect to.</param>
    /// <param name="say">Told of what is doubtful.</param>
    /// <exception cref="AuditException">It can't be made; the first reason.</exception>
    public static TlsContext Open(IFiles files, TlsConfiguration configuration, bool receives, Action<string> say)
    {
        var diagnostics = new DiagnosticBag();
        TlsCredentials credentials = TlsCredentials.Read(files, configuration, receives, diagnostics);
        foreach (Diagnostic diagnostic in diagnostics.All)
        {
            if (diagnostic.Severity == Severity.Error)
                throw new AuditException(diagnostic.ToString());
            say(diagnostic.ToString());
        }

        return TlsContext.Make(credentials, receives);
    }
}
