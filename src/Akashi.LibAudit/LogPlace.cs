using Akashi.Linux.Interop;
using Akashi.Linux.UserRecords;
using Akashi.Records;

namespace Akashi.LibAudit;

/// <summary>Who sends a record and from where, as libaudit finds it out: what the host gives is written as it stands, whatever it holds.</summary>
/// <param name="buffer">At least <see cref="LengthMax"/> bytes.</param>
unsafe ref struct LogPlace(Span<byte> buffer)
{
    /// <summary>A path in hexadecimal digits, and three names.</summary>
    internal const int LengthMax = (2 * OwnProcess.TextLengthMax) + (3 * NameLengthMax);

    const int NameLengthMax = 1025;

    Span<byte> _left = buffer;

    /// <summary>Finds all of it.</summary>
    /// <param name="program">What is to stand after <c>exe=</c>; empty for the process's own program.</param>
    /// <param name="host">The host; NULL or empty for unknown.</param>
    /// <param name="address">Its address; NULL or empty to ask the resolver.</param>
    /// <param name="terminal">The terminal; NULL for that of standard input, empty for unknown.</param>
    /// <param name="isHostLocal">Whether an unknown host is this one where the terminal is its own.</param>
    internal UserRecordSource Find(ReadOnlySpan<byte> program, byte* host, byte* address, byte* terminal, bool isHostLocal)
    {
        // Finding nothing is no error of the call.
        int errno = PlainLibC.Errno;
        ReadOnlySpan<byte> executable = program.IsEmpty ? OwnExecutable() : program;
        ReadOnlySpan<byte> line = terminal == null ? Take(OwnProcess.FindTerminal(_left[..NameLengthMax])) : CText.Of(terminal);
        ReadOnlySpan<byte> name = CText.Of(host), place = CText.Of(address);
        if (place.IsEmpty && !name.IsEmpty)
            place = Take(OwnProcess.FindAddress(new ReadOnlySpan<byte>(host, name.Length + 1), _left[..NameLengthMax]));
        if (name.IsEmpty && isHostLocal && OwnProcess.IsLocalTerminal(line))
            name = Take(OwnProcess.FindHostName(_left[..NameLengthMax]));
        PlainLibC.Errno = errno;
        return new UserRecordSource { Executable = executable, HostName = name, Address = place, Terminal = line };
    }

    ReadOnlySpan<byte> OwnExecutable()
    {
        Span<byte> path = stackalloc byte[OwnProcess.TextLengthMax];
        path = path[..OwnProcess.FindExecutable(path)];
        return path.IsEmpty ? "\"?\""u8 : Take(EncodedText.Encode(path, _left));
    }

    ReadOnlySpan<byte> Take(int length)
    {
        Span<byte> taken = _left[..length];
        _left = _left[length..];
        return taken;
    }
}
