using Akashi.Configuration;
using Akashi.Diagnostics;
using Akashi.Host;

namespace Akashi.Cli.Live;

/// <summary>Where trails are.</summary>
static class TrailPaths
{
    /// <summary>The usual name of the segment that is being written.</summary>
    public const string LogName = "audit.log";

    /// <summary>The log of a path: a directory's <c>audit.log</c>, or the path itself.</summary>
    public static string Resolve(IFiles files, string path) =>
        files.KindOf(path) == FileKind.Directory ? Path.Combine(path, LogName) : path;

    /// <summary>The log that auditd.conf names, and the usual one where that can't be read.</summary>
    public static string Configured()
    {
        string path = Path.Combine(AuditdConfiguration.DefaultDirectory, "auditd.conf");
        try
        {
            return AuditdConfigurationParser.Parse(File.ReadAllText(path), path, new DiagnosticBag()).LogFile;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new AuditdConfiguration().LogFile;
        }
    }
}
