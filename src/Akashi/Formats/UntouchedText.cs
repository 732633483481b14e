using Akashi.Output;

namespace Akashi.Formats;

/// <summary>The parts of a record that are printed as they are, written in pieces as long as may be.</summary>
/// <param name="body">The record from its stamp on.</param>
/// <param name="output">Where it goes.</param>
ref struct UntouchedText(ReadOnlySpan<byte> body, Utf8Output output)
{
    readonly ReadOnlySpan<byte> _body = body;
    readonly bool _isClean = output.IsControlFree(body);
    int _written;

    /// <summary>What stands from an index on.</summary>
    public readonly ReadOnlySpan<byte> From(int start) => _body[start..];

    /// <summary>The index behind a blank, where one stands there.</summary>
    public readonly int AfterBlank(int index) => index < _body.Length && _body[index] == ' ' ? index + 1 : index;

    /// <summary>Writes what wasn't written yet, up to an index.</summary>
    public void WriteUpTo(int end)
    {
        Write(_body[_written..end]);
        _written = end;
    }

    /// <summary>Leaves out what wasn't written yet, up to an index.</summary>
    public void Skip(int end) => _written = end;

    /// <summary>Writes the rest without the blanks at its end, of which those before an index stay.</summary>
    public readonly void WriteTrimmed(int from)
    {
        Write(_body[_written..from]);
        Write(_body[from..].TrimEnd((byte)' '));
    }

    readonly void Write(ReadOnlySpan<byte> text)
    {
        if (_isClean)
            output.Write(text);
        else
            output.WriteControlEscaped(text);
    }
}
