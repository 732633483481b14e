using Akashi.Configuration;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Linux.Interop;
using Akashi.Trail;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.LibAudit.Auparse;

/// <summary>This machine's logs, as auditd.conf names them.</summary>
static class StoredLogs
{
    static AuditdConfiguration? s_configuration;

    /// <summary>end_of_event_timeout; read once, when it's first asked for.</summary>
    internal static int TimeoutSeconds => (s_configuration ??= Read()).EndOfEventTimeoutSeconds;

    /// <summary>Opens the log and its rotated brothers, oldest first; all are open before the first is read, so that a rotation hides nothing.</summary>
    /// <returns>The sources; null where there is none or one may not be read, and errno says why.</returns>
    internal static ByteSource[]? Open()
    {
        try
        {
            AuditTrail trail = AuditTrail.OpenRotated(Parser.Host.Files, (s_configuration = Read()).LogFile);
            var sources = new ByteSource[trail.Segments.Count];
            for (int index = 0; index < sources.Length; index++)
                sources[index] = new SegmentSource(trail.Segments[index]);
            return sources;
        }
        catch (TrailException fault)
        {
            PlainLibC.Errno = fault.Errno > 0 ? fault.Errno : EIO;
            return null;
        }
    }

    // Without a configuration that can be read the built-in paths hold.
    static AuditdConfiguration Read()
    {
        string path = Path.Combine(AuditdConfiguration.DefaultDirectory, AuditdConfiguration.FileName);
        try
        {
            var diagnostics = new DiagnosticBag();
            AuditdConfiguration read = AuditdConfigurationParser.Parse(File.ReadAllText(path), path, diagnostics);
            return diagnostics.HasErrors ? new AuditdConfiguration() : read;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new AuditdConfiguration();
        }
    }
}

/// <summary>A log of this machine, open since its parser was made. Hosts get no name of it: auparse_get_filename(3).</summary>
sealed class SegmentSource(Segment segment) : ByteSource
{
    long _offset;

    internal override bool BeginsLineNumbers => true;

    internal override int Read(Span<byte> destination)
    {
        try
        {
            int length = segment.Read(destination, _offset);
            _offset += length;
            return length;
        }
        catch (TrailException fault)
        {
            return fault.Errno > 0 ? -fault.Errno : -EIO;
        }
    }

    internal override bool TryRewind()
    {
        _offset = 0;
        return true;
    }

    public override void Dispose() => segment.Dispose();
}
