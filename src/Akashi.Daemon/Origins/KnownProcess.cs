using Akashi.Host;
using Akashi.Records;

namespace Akashi.Daemon.Origins;

/// <summary>One process that records name: its command, its unit and its container, each as far as known.</summary>
/// <remarks>It stays the same process whoever gets its number later: its directory was opened while it lived. Not for several threads.</remarks>
sealed class KnownProcess : IDisposable
{
    // TASK_COMM_LEN is 16; the kernel's own threads may have 64.
    const int CommandBytesMax = 64;

    // A control group's path is at most 4096 long. What is longer than this ends in a line that was cut, and isn't believed.
    const int CgroupBytesMax = 4096;

    const int StatBytesMax = 1024;

    readonly IProcessDirectory _directory;
    readonly long _started;
    WatchedText? _command;
    WatchedText? _cgroup;
    int _commandChanges;
    int _cgroupChanges;

    KnownProcess(IProcessDirectory directory, int pid, long started)
    {
        _directory = directory;
        _started = started;
        Pid = pid;
    }

    /// <summary>Its number.</summary>
    public int Pid { get; }

    /// <summary>Whether it was asked for since it was last passed over.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Its command's name, as records write it; valid after <see cref="LookAtCommand"/>.</summary>
    public byte[] Command { get; private set; } = [];

    /// <summary>Its unit, as records write it; valid after <see cref="LookAtUnit"/>; empty for none.</summary>
    public byte[] Unit { get; private set; } = [];

    /// <summary>Its container, as records write it; valid after <see cref="LookAtUnit"/>; empty for none.</summary>
    public byte[] Container { get; private set; } = [];

    /// <summary>The process that has a number now.</summary>
    /// <param name="files">/proc.</param>
    /// <param name="pid">The number.</param>
    /// <param name="booted">When the machine was booted, in milliseconds since the epoch.</param>
    /// <returns>Null where there is none that can be looked at.</returns>
    public static KnownProcess? Find(IProcessFiles files, int pid, long booted)
    {
        if (files.Open(pid) is not { } directory)
            return null;
        using IProcessFile? stat = directory.Open("stat");
        Span<byte> text = stackalloc byte[StatBytesMax];
        int length = stat?.Read(text) ?? -1;
        long started = length < 0 ? -1 : ProcessStat.StartedMilliseconds(text[..length]);
        if (started >= 0)
            return new KnownProcess(directory, pid, booted + started);
        directory.Dispose();
        return null;
    }

    /// <summary>Whether it ran already when something happened. Clocks and /proc count in hundredths of a second.</summary>
    public bool RanAt(long happened)
    {
        // Numbers don't come around within so short a time.
        const int SlackMilliseconds = 30;
        return _started <= happened + SlackMilliseconds;
    }

    /// <summary>Looks at its command's name, for something that happened.</summary>
    public TextCertainty LookAtCommand(long happened, long now)
    {
        Span<byte> buffer = stackalloc byte[CommandBytesMax];
        TextCertainty certainty = Look(ref _command, "comm", happened, now, buffer);
        if (certainty == TextCertainty.Absent)
            return certainty;
        if (_command!.Changes != _commandChanges)
            Command = Encode([], _command.Text.TrimEnd((byte)'\n'));
        _commandChanges = _command.Changes;
        return Command.Length == 0 ? TextCertainty.Absent : certainty;
    }

    /// <summary>Looks at its unit and container, for something that happened.</summary>
    public TextCertainty LookAtUnit(long happened, long now)
    {
        Span<byte> buffer = stackalloc byte[CgroupBytesMax];
        TextCertainty certainty = Look(ref _cgroup, "cgroup", happened, now, buffer);
        if (certainty == TextCertainty.Absent)
            return certainty;
        if (_cgroup!.Changes != _cgroupChanges)
            ReadOrigin(CgroupOrigin.PathOf(_cgroup.Text));
        _cgroupChanges = _cgroup.Changes;
        return certainty;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _command?.Dispose();
        _cgroup?.Dispose();
        _directory.Dispose();
    }

    TextCertainty Look(ref WatchedText? watched, string name, long happened, long now, Span<byte> buffer)
    {
        if (watched is null && _directory.Open(name) is { } file)
            watched = new WatchedText(file);
        return watched?.Look(happened, now, buffer) ?? TextCertainty.Absent;
    }

    void ReadOrigin(ReadOnlySpan<byte> path)
    {
        Unit = Encode([], CgroupOrigin.UnitOf(path));
        ReadOnlySpan<byte> container = CgroupOrigin.ContainerOf(path, out ReadOnlySpan<byte> engine);
        Container = Encode(engine, container);
    }

    // docker:ID where there is an engine.
    static byte[] Encode(ReadOnlySpan<byte> engine, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return [];
        byte[] whole = engine.IsEmpty ? text.ToArray() : [.. engine, (byte)':', .. text];
        byte[] encoded = new byte[EncodedText.EncodedLength(whole)];
        EncodedText.Encode(whole, encoded);
        return encoded;
    }
}
