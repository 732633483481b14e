namespace Akashi.Recordings;

/// <summary>What an entry of a timing file tells of; the letter stands in advanced files.</summary>
public enum TimingKind : byte
{
    /// <summary>I: bytes that were typed.</summary>
    Input = (byte)'I',

    /// <summary>O: bytes that were shown.</summary>
    Output = (byte)'O',

    /// <summary>S: a signal, such as SIGWINCH with the new size.</summary>
    Signal = (byte)'S',

    /// <summary>H: a fact about the session, by name.</summary>
    Header = (byte)'H',
}

/// <summary>One line of a timing file of script(1).</summary>
/// <param name="Kind">What it tells of.</param>
/// <param name="DelayMicroseconds">The time since the entry before.</param>
/// <param name="Size">For input and output: bytes in the log. As untrusted as the file: it may lie.</param>
/// <param name="Name">For signals and headers: the name. Untrusted bytes.</param>
/// <param name="Value">For signals and headers: what follows the name up to the end of the line, with the blank before it; may be empty.</param>
public readonly record struct TimingEntry(TimingKind Kind, long DelayMicroseconds, ulong Size, byte[] Name, byte[] Value);
