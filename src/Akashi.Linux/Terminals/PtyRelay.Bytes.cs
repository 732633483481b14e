using Akashi.Recordings;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Terminals;

/// <summary>The bytes of both directions.</summary>
public sealed unsafe partial class PtyRelay
{
    void TakeShown()
    {
        fixed (byte* start = _shown)
        {
            nint count = read(_terminal.Master, start, BufferLength);
            if (count <= 0)
                return;
            _listener.Shown(_shown.AsSpan(0, (int)count));
            if (_outputEnded)
                return;
            _shownNext = 0;
            _shownEnd = (int)count;
            Show();
        }
    }

    void Show()
    {
        // A write to a terminal waits until all of it is taken: never more than is taken at once, unless it's said to be ready.
        pollfd ready = new() { fd = _output, events = POLLOUT };
        while (_shownNext < _shownEnd && poll(&ready, 1, 0) > 0)
        {
            fixed (byte* start = _shown)
            {
                nint count = write(_output, start + _shownNext, (nuint)Math.Min(_shownEnd - _shownNext, ShownAtOnce));
                if (count >= 0)
                    _shownNext += (int)count;
                else if (Errno is not (EINTR or EAGAIN))
                {
                    // The outer terminal is gone: the session is recorded to its end all the same.
                    _outputEnded = true;
                    _shownNext = _shownEnd;
                }
            }
        }
    }

    void TakeTyped()
    {
        fixed (byte* start = _typed)
        {
            nint count = read(_input, start, BufferLength);
            if (count < 0 && Errno is (EINTR or EAGAIN))
                return;
            if (count <= 0)
            {
                // Where somebody types, the session's input ends with that.
                _inputEnded = true;
                _sendsEndOfInput = Typist is null;
                return;
            }

            _listener.Typed(_typed.AsSpan(0, (int)count));
            _lineIsOpen = _typed[count - 1] is not ((byte)'\n' or (byte)'\r');
            _typedNext = 0;
            _typedEnd = (int)count;
            Send();
        }
    }

    void TakeFromTypist()
    {
        int count = Typist!.Type(_typed);
        _typedNext = 0;
        _typedEnd = count;
        if (count > 0)
        {
            _lineIsOpen = _typed[count - 1] is not ((byte)'\n' or (byte)'\r');
            Send();
            return;
        }

        Typist = null;
        _sendsEndOfInput = true;
    }

    void Send()
    {
        fixed (byte* start = _typed)
        {
            InputEcho before = InputListener is null ? InputEcho.Shown : _terminal.InputEcho;
            nint count = write(_terminal.Master, start + _typedNext, (nuint)(_typedEnd - _typedNext));
            if (count <= 0)
                return;
            InputListener?.Sent(_typed.AsSpan(_typedNext, (int)count), Judge(before, _terminal.InputEcho));
            _typedNext += (int)count;
        }
    }

    // Where echo went off meanwhile, only the screen can tell which came first; else the stricter answer holds.
    static InputEcho Judge(InputEcho before, InputEcho after) =>
        before == InputEcho.Shown && after == InputEcho.Hidden ? InputEcho.Raw : (InputEcho)Math.Max((int)before, (int)after);

    // Once the session has read what came before, for a program that sets its terminal anew throws away what it hasn't read. After a
    // line that isn't ended, the first end of file only hands that over.
    void TryEndInput()
    {
        pollfd unread = new() { fd = _terminal.Slave, events = POLLIN };
        if (poll(&unread, 1, 0) > 0 && ++_endOfInputTries < EndOfInputTriesMax)
            return;
        byte end = _terminal.EndOfFile;
        if (_lineIsOpen)
        {
            _ = write(_terminal.Master, &end, 1);
            _lineIsOpen = false;
            return;
        }

        _ = write(_terminal.Master, &end, 1);
        _sendsEndOfInput = false;
    }
}
