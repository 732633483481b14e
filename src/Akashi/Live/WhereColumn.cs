using Akashi.Host;
using Akashi.Records;

namespace Akashi.Live;

/// <summary>From where: the terminal, and the address the session came from.</summary>
sealed class WhereColumn(SessionBook sessions)
{
    /// <summary>Appends <c>pts/1 192.0.2.7</c>, either of the two, or <c>-</c>.</summary>
    /// <param name="parts">The event.</param>
    /// <param name="text">Where it goes.</param>
    /// <param name="hasSessionAddress">Whether the address of the session is shown where the event itself has none.</param>
    public void Append(in EventParts parts, LineText text, bool hasSessionAddress = true)
    {
        Record record = parts.Subject;
        ReadOnlySpan<byte> terminal = Find(record, "tty"u8, "terminal"u8);
        ReadOnlySpan<byte> address = hasSessionAddress ? FindAddress(record) : FindOwnAddress(record);
        bool isKnown = !terminal.IsEmpty || !address.IsEmpty;
        text.Begin(isKnown ? LiveColor.Where : LiveColor.Dim);
        if (!isKnown)
            text.Append('-');
        AppendTerminal(terminal, text);
        if (!terminal.IsEmpty && !address.IsEmpty)
            text.Append(' ');
        text.AppendText(address);
        text.End();
    }

    // The kernel says pts1, programs say pts/1 or /dev/pts/1; sshd says ssh before there is one.
    static void AppendTerminal(ReadOnlySpan<byte> terminal, LineText text)
    {
        if (terminal.StartsWith("/dev/"u8))
            terminal = terminal[5..];
        if (terminal.StartsWith("pts"u8) && terminal.Length > 3 && terminal[3] != '/')
        {
            text.Append("pts/"u8);
            terminal = terminal[3..];
        }

        text.AppendText(terminal);
    }

    ReadOnlySpan<byte> FindAddress(in Record record)
    {
        ReadOnlySpan<byte> own = FindOwnAddress(record);
        if (!own.IsEmpty)
            return own;
        uint session = record.TryFind("ses"u8, out ReadOnlySpan<byte> value) ? RawNumber.ReadId(value) : ProcessIdentity.Unset;
        if (session != ProcessIdentity.Unset)
            return sessions.AddressOf(session);
        uint pid = record.TryFind("pid"u8, out value) ? RawNumber.ReadId(value) : 0;
        return sessions.AddressOfProcess(pid);
    }

    static ReadOnlySpan<byte> FindOwnAddress(in Record record) => Find(record, "addr"u8, "laddr"u8);

    static ReadOnlySpan<byte> Find(in Record record, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (!record.TryFind(first, out ReadOnlySpan<byte> value) && !record.TryFind(second, out value))
            return default;
        value = value.Trim((byte)'"');
        return SessionBook.IsUnknown(value) ? default : value;
    }
}
