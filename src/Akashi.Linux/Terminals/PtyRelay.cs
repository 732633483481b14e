using System.Collections.Concurrent;
using System.Diagnostics;
using Akashi.Host;
using Akashi.Linux.Processes;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Terminals;

/// <summary>Carries bytes between a session on a pseudo terminal and the terminal around it, in one poll(2) loop.</summary>
/// <remarks>
/// A side is read only while nothing of it waits to be written: so a slow screen slows the session down, and a slow session the keys, and memory stays bounded.
/// Keys such as Ctrl-C are bytes here; the session's terminal makes signals of them. Signals to us come as posted messages and wake the loop.
/// </remarks>
public sealed unsafe partial class PtyRelay : IDisposable
{
    const int BufferLength = 1 << 16;
    const int ShownAtOnce = 4096;
    const int DrainMilliseconds = 10;
    const int EndOfInputTriesMax = 100;

    readonly PseudoTerminal _terminal;
    readonly IRelayListener _listener;
    readonly int _input;
    readonly int _output;
    readonly Waker _waker = new();
    readonly ConcurrentQueue<RelayEvent> _events = new();
    readonly List<IDisposable> _registrations = [];
    readonly byte[] _shown = new byte[BufferLength];
    readonly byte[] _typed = new byte[BufferLength];
    int _shownNext, _shownEnd, _typedNext, _typedEnd;
    bool _inputEnded, _outputEnded, _sendsEndOfInput, _lineIsOpen;
    int _endOfInputTries;

    /// <summary>Makes one.</summary>
    /// <param name="terminal">The session's terminal; stays the caller's.</param>
    /// <param name="listener">Hears everything.</param>
    /// <param name="input">The descriptor of the keys.</param>
    /// <param name="output">The descriptor of the screen.</param>
    public PtyRelay(PseudoTerminal terminal, IRelayListener listener, int input, int output)
    {
        _terminal = terminal;
        _listener = listener;
        _input = input;
        _output = output;
    }

    /// <summary>The signal that ended it; null for none did.</summary>
    public Signal? EndedBy { get; private set; }

    /// <summary>Called before a session is ended for a signal; null for nobody.</summary>
    public Action? Ending { get; set; }

    /// <summary>Types beside the keys' descriptor; null for nobody.</summary>
    public IRelayTypist? Typist { get; set; }

    /// <summary>Hears what the session took, with what it shows of it; null for nobody, which costs nothing.</summary>
    public IInputListener? InputListener { get; set; }

    /// <summary>Whether the session's terminal takes over each new size of the one around it; default true.</summary>
    public bool FollowsSize { get; set; } = true;

    /// <summary>Whether it ended because the files were full.</summary>
    public bool EndedFull { get; private set; }

    /// <summary>The session's exit code as shells have it: 128 and the signal where one ended it.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Takes the signals; before the session runs.</summary>
    public void Listen(ISignals signals)
    {
        foreach (Signal signal in (Signal[])[Signal.Interrupt, Signal.Quit, Signal.Terminate, Signal.Hangup])
            _registrations.Add(signals.On(signal, () => Post(RelayEvent.End(signal))));
        _registrations.Add(signals.On(Signal.WindowChange, () => Post(RelayEvent.Resize)));
        _registrations.Add(signals.On(Signal.User1, () => Post(RelayEvent.FlushNow)));

        // A stray one must not end what is being recorded.
        _registrations.Add(signals.On(Signal.User2, () => { }));
        _registrations.Add(signals.On(Signal.ChildChange, () => Post(RelayEvent.Child)));
    }

    /// <summary>Starts the program and relays until it has ended and all it wrote is through.</summary>
    /// <param name="path">The program.</param>
    /// <param name="arguments">Its arguments, from its name on.</param>
    /// <param name="name">How a fault names us.</param>
    public void Run(string path, IReadOnlyList<string> arguments, string name)
    {
        int pid = SessionProcess.Start(path, arguments, _terminal);
        if (pid < 0)
        {
            // As if the child had said it, on its own terminal.
            byte[] fault = System.Text.Encoding.UTF8.GetBytes($"{name}: failed to execute {path}: {ErrorText.Of(-pid)}\n");
            fixed (byte* start = fault)
                _ = write(_terminal.Slave, start, (nuint)fault.Length);
            ExitCode = 1;
            Relay(null);
            return;
        }

        using SpawnedSession? child = SpawnedSession.Open(pid, FlushShown);
        Run(child);
    }

    /// <summary>Relays until a session that somebody else started has ended and all it wrote is through.</summary>
    public void Run(RelayedSession? session)
    {
        ProgramPages.Release();
        Relay(session);
        if (session is null || (EndedBy is null && !EndedFull))
            return;
        if (EndedBy is not null)
            Ending?.Invoke();
        session.End();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable registration in _registrations)
            registration.Dispose();
        _waker.Dispose();
    }

    void Relay(RelayedSession? child)
    {
        pollfd* fds = stackalloc pollfd[5];
        bool isRunning = child is not null;
        while (true)
        {
            bool isShowing = _shownNext < _shownEnd, isTyping = _typedNext < _typedEnd;
            fds[0] = new() { fd = _waker.Descriptor, events = POLLIN };
            fds[1] = new() { fd = isRunning ? child!.Descriptor : -1, events = POLLIN };
            fds[2] = new() { fd = isRunning || !isShowing ? _terminal.Master : -1, events = (short)((isShowing ? 0 : POLLIN) | (isTyping ? POLLOUT : 0)) };
            fds[3] = new() { fd = isRunning && !_inputEnded && !isTyping ? _input : -1, events = POLLIN };
            fds[4] = new() { fd = isShowing ? _output : -1, events = POLLOUT };
            int timeout = _sendsEndOfInput || (!isRunning && !isShowing) ? DrainMilliseconds : _listener.MillisecondsLeft;
            if (isRunning && !isTyping && Typist is { } typist && (timeout < 0 || typist.MillisecondsLeft < timeout))
                timeout = typist.MillisecondsLeft;
            int ready = poll(fds, 5, timeout);
            if (_listener.MillisecondsLeft == 0)
                _listener.Flush();
            if (ready == 0 && !isRunning && !isShowing)
                return;
            if (ready < 0)
                continue;

            // Nobody has the session's end open any more, and all that was written there is through.
            if (!isRunning && !isShowing && (fds[2].revents & (POLLIN | POLLHUP)) == POLLHUP)
                return;
            TakeEvents(child, ref isRunning);
            if ((fds[2].revents & POLLOUT) != 0)
                Send();
            if ((fds[2].revents & POLLIN) != 0)
                TakeShown();
            if (fds[4].revents != 0)
                Show();
            if (fds[3].revents != 0)
                TakeTyped();
            else if (isRunning && _typedNext == _typedEnd && Typist?.MillisecondsLeft == 0)
                TakeFromTypist();
            if (fds[1].revents != 0)
                Reap(child!, ref isRunning);
            if (_sendsEndOfInput && _typedNext == _typedEnd)
                TryEndInput();
            if (isRunning && EndedBy is not null)
                return;
            if (_listener.IsFull)
            {
                // Also where the session has ended meanwhile: what it wrote last is too much all the same.
                EndedFull = true;
                return;
            }
        }
    }

    void Post(RelayEvent relayEvent)
    {
        _events.Enqueue(relayEvent);
        _waker.Set();
    }

    void TakeEvents(RelayedSession? child, ref bool isRunning)
    {
        ulong count;
        _ = read(_waker.Descriptor, &count, sizeof(ulong));
        while (_events.TryDequeue(out RelayEvent next))
        {
            if (next.EndsBy is { } signal)
            {
                EndedBy ??= signal;
                _listener.Interrupted(signal);
            }
            else if (next == RelayEvent.FlushNow)
                _listener.Flush();
            else if (next == RelayEvent.Child && isRunning)
                Reap(child!, ref isRunning);
            else if (next == RelayEvent.Resize && FollowsSize && _terminal.TakeSizeOf(_input, out int rows, out int columns))
                _listener.Resized(rows, columns);
        }
    }

    // All that the session showed so far is on the screen and written.
    void FlushShown()
    {
        pollfd left = new() { fd = _terminal.Master, events = POLLIN };
        while (_shownNext == _shownEnd && poll(&left, 1, 0) > 0 && (left.revents & POLLIN) != 0)
            TakeShown();
        _listener.Flush();
    }

    void Reap(RelayedSession child, ref bool isRunning)
    {
        if (!child.TryTakeEnd(out int exitCode))
            return;
        ExitCode = exitCode;
        isRunning = false;
        _sendsEndOfInput = false;
        _terminal.CloseSlave();
    }
}

/// <summary>A message to the loop.</summary>
/// <param name="Code">Which.</param>
/// <param name="EndsBy">The signal that ends it; null for another message.</param>
readonly record struct RelayEvent(int Code, Signal? EndsBy = null)
{
    internal static RelayEvent Resize => new(1);

    internal static RelayEvent FlushNow => new(2);

    internal static RelayEvent Child => new(3);

    internal static RelayEvent End(Signal signal) => new(4, signal);
}
