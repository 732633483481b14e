using Akashi.Configuration;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Output;
using Akashi.Trail;

namespace Akashi.Cli.Input;

/// <summary>Where the records come from: what -if names, else standard input where it is a pipe, else the logs of auditd.conf.</summary>
sealed class LogInput : IDisposable
{
    const string LogName = "audit.log";

    readonly AuditTrail? _trail;

    LogInput(TrailReader reader, AuditTrail? trail, int endOfEventTimeoutSeconds)
    {
        Reader = reader;
        EndOfEventTimeoutSeconds = endOfEventTimeoutSeconds;
        _trail = trail;
    }

    public TrailReader Reader { get; }

    /// <summary>What auditd.conf says, or its default.</summary>
    public int EndOfEventTimeoutSeconds { get; }

    /// <summary>The logs' names in the order in which they are read; <c>stdin</c> for a pipe.</summary>
    public IReadOnlyList<string> Names => _trail is null ? ["stdin"] : [.. _trail.Segments.Select(segment => segment.Path)];

    /// <summary>Opens what is to be read.</summary>
    /// <param name="inputPath">What -if names: a log, or a directory of logs; null for none.</param>
    /// <param name="readsLogs">Whether the logs of auditd.conf are to be read even where standard input is a pipe.</param>
    /// <param name="invocation">For the machine and standard input.</param>
    /// <param name="error">For notes.</param>
    /// <exception cref="TrailException">A log can't be opened.</exception>
    public static LogInput Open(string? inputPath, bool readsLogs, Invocation invocation, Utf8Output error)
    {
        IFiles files = invocation.Host.Files;
        if (inputPath is { } path)
        {
            bool isDirectory = files.KindOf(path) == FileKind.Directory;
            if (isDirectory)
                error.Write($"NOTE - using logs in {path}\n");
            return OfTrail(isDirectory
                ? AuditTrail.OpenRotated(files, Path.Combine(path, LogName))
                : AuditTrail.OpenFiles(files, path), new AuditdConfiguration());
        }

        if (!readsLogs && invocation.InputKind == FileKind.Fifo)
            return new LogInput(new TrailReader(invocation.Input), null, new AuditdConfiguration().EndOfEventTimeoutSeconds);
        AuditdConfiguration configuration = ReadConfiguration(error);
        return OfTrail(AuditTrail.OpenRotated(files, configuration.LogFile), configuration);
    }

    public void Dispose() => _trail?.Dispose();

    static LogInput OfTrail(AuditTrail trail, AuditdConfiguration configuration) =>
        new(new TrailReader(trail), trail, configuration.EndOfEventTimeoutSeconds);

    static AuditdConfiguration ReadConfiguration(Utf8Output error)
    {
        string path = Path.Combine(AuditdConfiguration.DefaultDirectory, "auditd.conf");
        var builtIn = new AuditdConfiguration();
        try
        {
            var diagnostics = new DiagnosticBag();
            AuditdConfiguration read = AuditdConfigurationParser.Parse(File.ReadAllText(path), path, diagnostics);
            if (!diagnostics.HasErrors)
                return read;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Said below: without a configuration the built-in paths hold.
        }

        error.Write($"NOTE - using built-in logs: {builtIn.LogFile}\n");
        return builtIn;
    }
}
