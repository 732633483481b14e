using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Live;

/// <summary>Where each login session came from: learnt from the records of its login, asked for by all that follow.</summary>
/// <remarks>
/// sshd and login say the address in USER_AUTH to USER_LOGIN. The first of them have no session yet, so that they are remembered by process
/// until LOGIN joins the two. Both books are bounded; what was forgotten is shown without its address.
/// </remarks>
public sealed class SessionBook
{
    const int SessionsMax = 4096;
    const int AddressBytesMax = 128;

    readonly Dictionary<uint, byte[]> _bySession = [];
    readonly Dictionary<uint, byte[]> _byProcess = [];

    /// <summary>The address a session came from; empty where it isn't known, or the session is local.</summary>
    public ReadOnlySpan<byte> AddressOf(uint session) => _bySession.GetValueOrDefault(session);

    /// <summary>The address that a process spoke of before it had a session.</summary>
    public ReadOnlySpan<byte> AddressOfProcess(uint pid) => _byProcess.GetValueOrDefault(pid);

    /// <summary>Learns what an event tells.</summary>
    public void Learn(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            RecordType type = record.Type;
            if (type == RecordType.Login)
                Join(record);
            else if (type is RecordType.UserLogin or RecordType.UserStart or RecordType.UserAuth or RecordType.UserAcct or RecordType.CredAcq)
                LearnAddress(record);
        }
    }

    void Join(in Record record)
    {
        if (TryReadId(record, "pid"u8, out uint pid) && TryReadId(record, "ses"u8, out uint session)
            && _byProcess.TryGetValue(pid, out byte[]? address))
            Put(_bySession, session, address);
    }

    void LearnAddress(in Record record)
    {
        if (!record.TryFind("addr"u8, out ReadOnlySpan<byte> address) || IsUnknown(address))
            return;
        address = address.Trim((byte)'"');
        if (address.Length is 0 or > AddressBytesMax)
            return;
        if (TryReadId(record, "ses"u8, out uint session))
            Learn(_bySession, session, address);
        else if (TryReadId(record, "pid"u8, out uint pid))
            Learn(_byProcess, pid, address);
    }

    /// <summary>Whether a program left a value open: <c>?</c>, <c>(none)</c>, empty.</summary>
    internal static bool IsUnknown(ReadOnlySpan<byte> value) =>
        value.IsEmpty || value.SequenceEqual("?"u8) || value.StartsWith("(none"u8) || value.StartsWith("(null"u8)
        || value.SequenceEqual("UNKNOWN"u8);

    // Every login says the same several times; only news allocates.
    static void Learn(Dictionary<uint, byte[]> book, uint key, ReadOnlySpan<byte> address)
    {
        if (!book.TryGetValue(key, out byte[]? known) || !address.SequenceEqual(known))
            Put(book, key, address.ToArray());
    }

    static void Put(Dictionary<uint, byte[]> book, uint key, byte[] address)
    {
        if (book.Count >= SessionsMax)
            book.Clear();
        book[key] = address;
    }

    static bool TryReadId(in Record record, ReadOnlySpan<byte> name, out uint id)
    {
        id = record.TryFind(name, out ReadOnlySpan<byte> value) ? RawNumber.ReadId(value) : uint.MaxValue;
        return id != uint.MaxValue;
    }
}
