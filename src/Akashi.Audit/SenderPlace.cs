using System.Text;
using Akashi.Linux.UserRecords;
using Akashi.Records;

namespace Akashi.Audit;

/// <summary>What of the origin stands in a form.</summary>
enum PlaceParts
{
    /// <summary>All of it; without a host, this one where the terminal is its own.</summary>
    All,

    /// <summary>All of it, but no host that wasn't given.</summary>
    GivenHost,

    /// <summary>Program and terminal.</summary>
    NoHost,
}

/// <summary>The bytes of a record's origin while it's put together, on the stack: each value encoded, or looked up.</summary>
/// <param name="buffer">At least <see cref="LengthMax"/> bytes.</param>
ref struct SenderPlace(Span<byte> buffer)
{
    /// <summary>Four values, each at most a path in hexadecimal digits.</summary>
    internal const int LengthMax = 4 * 2 * OwnProcess.TextLengthMax;

    const int NameLengthMax = 1025;

    Span<byte> _left = buffer;

    /// <summary>Puts the values together.</summary>
    /// <param name="origin">What the caller knows; null for nothing.</param>
    /// <param name="executable">The own program's path, encoded.</param>
    /// <param name="parts">Which of them the form has.</param>
    /// <exception cref="AuditSendException">A value is too long.</exception>
    internal UserRecordSource Find(UserRecordOrigin? origin, ReadOnlySpan<byte> executable, PlaceParts parts)
    {
        ReadOnlySpan<byte> program = origin?.Executable is { } path ? Encode(path, isQuoted: true) : executable;
        ReadOnlySpan<byte> terminal = origin?.Terminal is { } name ? Encode(name, isQuoted: false) : OwnTerminal();
        if (parts == PlaceParts.NoHost)
            return new UserRecordSource { Executable = program, Terminal = terminal };

        ReadOnlySpan<byte> host = !string.IsNullOrEmpty(origin?.HostName) ? Encode(origin.HostName, isQuoted: false)
            : parts == PlaceParts.All && OwnProcess.IsLocalTerminal(terminal) ? OwnHost() : default;
        ReadOnlySpan<byte> address = !string.IsNullOrEmpty(origin?.Address) ? Encode(origin.Address, isQuoted: false)
            : !string.IsNullOrEmpty(origin?.HostName) ? AddressOf(origin.HostName) : default;
        return new UserRecordSource { Executable = program, Terminal = terminal, HostName = host, Address = address };
    }

    /// <summary>Puts a role together.</summary>
    internal UserRecordRole Find(SelinuxRole? role) => role is null ? default : new UserRecordRole
    {
        SelinuxUser = Encode(role.User ?? "", isQuoted: false),
        Role = Encode(role.Role ?? "", isQuoted: false),
        Range = Encode(role.Range ?? "", isQuoted: false),
    };

    /// <summary>A value in UTF-8: as it is, or quoted, or in hexadecimal digits where it needs them.</summary>
    internal ReadOnlySpan<byte> Encode(string value, bool isQuoted)
    {
        Span<byte> plain = stackalloc byte[OwnProcess.TextLengthMax];
        if (!Encoding.UTF8.TryGetBytes(value, plain, out int length))
            throw UserRecordSender.TooLong();

        plain = plain[..length];
        Span<byte> encoded = _left[..EncodedText.EncodedLength(plain)];
        if (isQuoted || EncodedText.NeedsHex(plain))
        {
            length = EncodedText.Encode(plain, encoded);
        }
        else
        {
            plain.CopyTo(encoded);
        }

        return Take(length);
    }

    ReadOnlySpan<byte> OwnTerminal() => Take(OwnProcess.FindTerminal(_left[..NameLengthMax]));

    ReadOnlySpan<byte> OwnHost() => Take(OwnProcess.FindHostName(_left[..NameLengthMax]));

    // The resolver takes the name as it is, with a NUL; one that has a NUL inside is a shorter name, and no machine's.
    ReadOnlySpan<byte> AddressOf(string host)
    {
        Span<byte> name = stackalloc byte[NameLengthMax];
        if (!Encoding.UTF8.TryGetBytes(host, name[..^1], out int length) || host.Contains('\0'))
            return default;
        name[length] = 0;
        return Take(OwnProcess.FindAddress(name, _left[..NameLengthMax]));
    }

    ReadOnlySpan<byte> Take(int length)
    {
        Span<byte> taken = _left[..length];
        _left = _left[length..];
        return taken;
    }
}
