using System.Text;
using Akashi.Host;
using Akashi.Linux.Terminals;
using Akashi.Recordings;

namespace Akashi.Cli.Recorder;

/// <summary>The file that is recorded into: a new one, or one that gets another session.</summary>
sealed class RecordingTarget
{
    readonly IHost _host;
    readonly RecordOptions _typed;
    readonly RecordingTail? _tail;

    RecordingTarget(IHost host, RecordOptions typed, string path, AppendingFile file, RecordingTail? tail) =>
        (_host, _typed, Path, File, _tail) = (host, typed, path, file, tail);

    public string Path { get; }

    public AppendingFile File { get; }

    /// <summary>Opens it.</summary>
    /// <exception cref="AuditException">It can't be opened, or holds what is neither to be replaced nor added to.</exception>
    public static RecordingTarget Open(IHost host, RecordOptions typed)
    {
        string path = typed.Path ?? MakeName(host);
        AppendingFile file = AppendingFile.Open(path, isNamed: typed.Path is not null);
        try
        {
            return new RecordingTarget(host, typed, path, file, Look(typed, path, file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes the header, or that another session begins.</summary>
    public void Begin(RecordingWriter writer, int columnCount, int rowCount)
    {
        long now = _host.Clock.GetUtcNow().ToUnixTimeSeconds();
        if (_tail is not null)
        {
            writer.Continue(_tail, now, columnCount, rowCount);
            return;
        }

        writer.Begin(new RecordingHeader
        {
            ColumnCount = columnCount,
            RowCount = rowCount,
            TerminalType = Environment.GetEnvironmentVariable("TERM"),
            UnixSeconds = now,
            IdleSeconds = _typed.IdleSeconds,
            Command = _typed.Command ?? (_typed.Program.Count > 0 ? string.Join(' ', _typed.Program.Select(Quote)) : null),
            Title = _typed.Title,
            Environment = [.. _typed.Environment.Select(name => (name, Environment.GetEnvironmentVariable(name) ?? "")).Where(variable => variable.Item2.Length > 0)],
            IsChained = true,
        });
    }

    // A file that is there and empty is as good as none: somebody made it with the rights, or the flag, it's to have.
    static RecordingTail? Look(RecordOptions typed, string path, AppendingFile file)
    {
        if (file.MeasureHeld() == 0)
            return null;
        if (typed.Overwrites)
        {
            file.Clear(path);
            return null;
        }

        if (!typed.Appends)
            throw new AuditException($"cannot write {path}: it isn't empty\nhint: --append adds to it, --overwrite replaces what it holds");
        using FileStream held = file.OpenHeld(path);
        return RecordingTail.TryRead(held, out RecordingTail? tail)
            ? tail
            : throw new AuditException($"cannot add to {path}: it is no recording of akashi record, or other asciicast of version 3");
    }

    // As a shell takes it.
    static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "_-./:=,+@%".Contains(letter, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    static string MakeName(IHost host)
    {
        Span<byte> name = stackalloc byte[64];
        int length = host.LocalTime.Format("akashi-%Y%m%d-%H%M%S.cast", host.Clock.GetUtcNow().ToUnixTimeSeconds(), name);
        return Encoding.ASCII.GetString(name[..length]);
    }
}
