using System.Text;
using Akashi.Configuration;
using Akashi.Diagnostics;
using Akashi.Events;
using Akashi.Host;
using Akashi.Output;
using Akashi.Records;
using Akashi.Search;
using Akashi.Tables;
using Akashi.Trail;

namespace Akashi.Cli.Input;

/// <summary>Where the records come from: what -if names, else standard input where it is a pipe, else the logs of auditd.conf.</summary>
sealed class LogInput : IDisposable
{
    const string LogName = "audit.log";

    LogInput(TrailReader reader, AuditTrail? trail, int endOfEventTimeoutSeconds)
    {
        Reader = reader;
        EndOfEventTimeoutSeconds = endOfEventTimeoutSeconds;
        Trail = trail;
    }

    public TrailReader Reader { get; }

    /// <summary>The logs; null for standard input.</summary>
    public AuditTrail? Trail { get; }

    /// <summary>Whether it is one file that -if names, and not a log with its rotated brothers.</summary>
    public bool IsSingleFile { get; private init; }

    /// <summary>What auditd.conf says, or its default.</summary>
    public int EndOfEventTimeoutSeconds { get; }

    /// <summary>The logs' names in the order in which they are read; <c>stdin</c> for a pipe.</summary>
    public IReadOnlyList<string> Names => Trail is null ? ["stdin"] : [.. Trail.Segments.Select(segment => segment.Path)];

    /// <summary>Opens what is to be read.</summary>
    /// <param name="inputPath">What -if names: a log, or a directory of logs; null for none.</param>
    /// <param name="readsLogs">Whether the logs of auditd.conf are to be read even where standard input is a pipe.</param>
    /// <param name="invocation">For the machine and standard input.</param>
    /// <param name="error">For notes.</param>
    /// <param name="takesPacked">Whether rotated logs that were packed since (<c>audit.log.N.gz</c>, <c>.zst</c>) are read too; a file named by
    /// <paramref name="inputPath"/> is always unpacked.</param>
    /// <exception cref="TrailException">A log can't be opened.</exception>
    public static LogInput Open(string? inputPath, bool readsLogs, Invocation invocation, Utf8Output error, bool takesPacked = false)
    {
        IFiles files = invocation.Host.Files;
        if (inputPath is { } path)
        {
            bool isDirectory = files.KindOf(path) == FileKind.Directory;
            if (isDirectory)
                Note(error, $"using logs in {path}");
            AuditTrail trail = isDirectory
                ? AuditTrail.OpenRotated(files, Path.Combine(path, LogName), takesPacked)
                : AuditTrail.OpenFiles(files, path);
            return OfTrail(trail, new AuditdConfiguration(), isSingleFile: !isDirectory);
        }

        if (!readsLogs && invocation.InputKind == FileKind.Fifo)
            return new LogInput(new TrailReader(invocation.Input), null, new AuditdConfiguration().EndOfEventTimeoutSeconds);
        AuditdConfiguration configuration = ReadConfiguration(error);
        return OfTrail(AuditTrail.OpenRotated(files, configuration.LogFile, takesPacked), configuration, isSingleFile: false);
    }

    /// <summary>Has the reader pass over what is before a time, where the trail's order allows it; bad lines there aren't counted.</summary>
    /// <param name="times">The time asked for.</param>
    /// <returns>The stamp of the trail's first record, which is passed over; null where reading begins at the beginning.</returns>
    public EventStamp? SeekTo(TimeRange times)
    {
        if (Trail is null || !new TimeSeek(Trail, new TimeSeekReach()).TryFind(times.StartSeconds, out RecordOrigin start))
            return null;
        if (FirstStamp(new TrailReader(Trail)) is not { } first || times.Contains(first))
            return null;
        Reader.Seek(start.Segment, start.Offset);
        return first;
    }

    /// <summary>Has the reader begin where a time is reached at the latest; bad lines before aren't counted.</summary>
    /// <param name="startSeconds">The time asked for.</param>
    /// <param name="bytesMax">So many bytes may be read then.</param>
    /// <returns>False where more would have to be read.</returns>
    public bool TryBeginAt(long startSeconds, long bytesMax)
    {
        if (Trail is null || !new TimeSeek(Trail, new TimeSeekReach()).TryFind(startSeconds, out RecordOrigin start))
            start = default;
        long bytes = Trail?.Segments.Skip(start.Segment).Sum(segment => segment.Identity.LengthWhenOpened) - start.Offset ?? 0;
        if (bytes > bytesMax)
            return false;
        Reader.Seek(start.Segment, start.Offset);
        return true;
    }

    /// <summary>The stamp of the first record of the logs; null for none.</summary>
    public EventStamp? FirstStamp() => Trail is null ? null : FirstStamp(new TrailReader(Trail));

    /// <summary>Says which archives were cut off or damaged; what was good in them has been read.</summary>
    /// <returns>False where there was none.</returns>
    public bool SayDamage(string toolName, Utf8Output error)
    {
        bool hasDamage = false;
        foreach (Segment segment in Trail?.Segments ?? [])
        {
            if (segment.Damage is null)
                continue;
            hasDamage = true;
            error.Write($"{toolName}: cannot read all of ");
            error.WriteEscaped(Encoding.UTF8.GetBytes(segment.Path));
            error.Write($": {segment.Damage}\n");
        }

        return hasDamage;
    }

    public void Dispose() => Trail?.Dispose();

    static LogInput OfTrail(AuditTrail trail, AuditdConfiguration configuration, bool isSingleFile) =>
        new(new TrailReader(trail), trail, configuration.EndOfEventTimeoutSeconds) { IsSingleFile = isSingleFile };

    // A lone end-of-event record is none: it makes no event.
    static EventStamp? FirstStamp(TrailReader reader)
    {
        if (!reader.TryRead(out TrailBlock block))
            return null;
        foreach (Range line in block.Bytes.Split((byte)'\n'))
        {
            if (Record.TryParse(block.Bytes[line], out Record record, out _) && record.Type != RecordType.Eoe)
                return record.Stamp;
        }

        return null;
    }

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

        Note(error, $"using built-in logs: {builtIn.LogFile}");
        return builtIn;
    }

    // At once: before what is found, not behind it.
    static void Note(Utf8Output error, string text)
    {
        error.Write($"NOTE - {text}\n");
        error.Flush();
    }
}
