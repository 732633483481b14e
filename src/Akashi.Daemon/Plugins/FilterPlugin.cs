using Akashi.Events;
using Akashi.Host;
using Akashi.Search.Expressions;

namespace Akashi.Daemon.Plugins;

/// <summary>Gives whole events on to a program, or keeps them from it, by an expression.</summary>
public sealed class FilterPlugin : IDisposable
{
    static readonly TimeSpan s_waitMax = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_endWait = TimeSpan.FromSeconds(1);

    readonly IHost _host;
    readonly bool _givesMatches;
    readonly IReadOnlyList<string> _command;
    readonly ManualResetEventSlim _ended = new();
    byte[] _lines = new byte[64 * 1024];
    RecordExpression _expression;
    FilterTarget? _target;

    /// <summary>Makes one; the program isn't started yet.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="expression">What events are held against.</param>
    /// <param name="givesMatches">Whether the events of which it's true are given on, or the others.</param>
    /// <param name="command">The program and its arguments.</param>
    public FilterPlugin(IHost host, RecordExpression expression, bool givesMatches, IReadOnlyList<string> command)
    {
        _host = host;
        _expression = expression;
        _givesMatches = givesMatches;
        _command = command;
    }

    /// <summary>Events that were given on.</summary>
    public long Given { get; private set; }

    /// <summary>Lines that were no records.</summary>
    public long BadLines { get; private set; }

    /// <summary>Any thread: goes on with another expression.</summary>
    public void Change(RecordExpression expression) => Volatile.Write(ref _expression, expression);

    /// <summary>Starts the program, and runs until the input ends.</summary>
    /// <returns>False where the program ended before it.</returns>
    /// <exception cref="AuditException">The program can't be started.</exception>
    public bool Run(PluginInput input)
    {
        FilterTarget target = _target = new FilterTarget(_host.Files, _command);
        var events = new PluginEvents(input, _host.Clock);
        bool isRunning = true;
        while (isRunning && !events.IsAtEnd)
        {
            if (events.Take(s_waitMax) is not { } next)
                isRunning = events.IsAtEnd || !target.HasEnded;
            else if (Volatile.Read(ref _expression).Matches(next) == _givesMatches)
                isRunning = TryGive(next, target);
        }

        BadLines = events.BadLines;
        return isRunning;
    }

    /// <summary>Any thread, after the input was stopped: a program that doesn't read must not hold up our end.</summary>
    public void EndSoon()
    {
        if (!_ended.Wait(s_endWait))
            _target?.Terminate();
    }

    /// <summary>Closes the program's input and waits for its end.</summary>
    public void Dispose()
    {
        _ended.Set();
        _target?.Dispose();
    }

    bool TryGive(AuditEvent given, FilterTarget target)
    {
        Given++;
        if (_lines.Length < given.Length + given.Count)
            _lines = new byte[(given.Length + given.Count) * 2];
        int length = 0;
        for (int index = 0; index < given.Count; index++)
        {
            ReadOnlySpan<byte> line = given[index].Line;
            line.CopyTo(_lines.AsSpan(length));
            length += line.Length;
            _lines[length++] = (byte)'\n';
        }

        return target.TryWrite(_lines.AsSpan(0, length));
    }
}
