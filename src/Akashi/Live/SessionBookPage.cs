using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Live;

/// <summary>What <see cref="SessionBook"/> knows of one node.</summary>
/// <remarks>
/// sshd and login say the address in USER_AUTH to USER_LOGIN. The first of them have no session yet, so that they are remembered by process
/// until LOGIN joins the two. The kernel uses both numbers again, session numbers from each boot on and process numbers sooner, and whoever may send user
/// messages may claim any address. Hence: LOGIN decides anew about its session; after it only the process that logged in may add an address, and the first
/// one stands; an attempt that failed teaches nothing; a process is forgotten when it is joined, ends its session, or said nothing for minutes; a boot
/// clears the page.
/// </remarks>
sealed class SessionBookPage(byte[] node)
{
    const int EntriesMax = 4096;
    const int AddressBytesMax = 128;

    // Longer than sshd (120 s) and login (60 s) let anyone take to log in.
    const long ProcessMillisecondsMax = 5 * 60 * 1000;

    readonly Dictionary<uint, Session> _sessions = [];
    readonly Dictionary<uint, Process> _processes = [];

    /// <summary>The node's name; empty for none.</summary>
    public ReadOnlySpan<byte> Node => node;

    /// <summary>Whether records of a type tell the book anything.</summary>
    public static bool IsTelling(RecordType type) =>
        type is RecordType.Login or RecordType.SystemBoot or RecordType.Kernel or RecordType.UserEnd or RecordType.CredDisp || IsSpeaking(type);

    /// <summary>The address of a session; empty for none.</summary>
    public ReadOnlySpan<byte> AddressOf(uint session) => _sessions.GetValueOrDefault(session).Address;

    /// <summary>The address of a process without a session; empty for none, or where it is too old.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="now">The time of the event that asks, in milliseconds since the epoch.</param>
    public ReadOnlySpan<byte> AddressOfProcess(uint pid, long now) =>
        _processes.TryGetValue(pid, out Process process) && process.IsFresh(now) ? process.Address : default;

    /// <summary>Learns from a record whose type <see cref="IsTelling"/>.</summary>
    /// <param name="record">The record.</param>
    /// <param name="now">Its time, in milliseconds since the epoch.</param>
    public void Learn(in Record record, long now)
    {
        RecordType type = record.Type;
        if (type == RecordType.Login)
            Join(record, now);
        else if (IsSpeaking(type))
            LearnAddress(record, now);
        else if (type is RecordType.SystemBoot or RecordType.Kernel)
            Clear();
        else if (TryReadId(record, "pid"u8, out uint pid))
            _processes.Remove(pid);
    }

    static bool IsSpeaking(RecordType type) =>
        type is RecordType.UserLogin or RecordType.UserStart or RecordType.UserAuth or RecordType.UserAcct or RecordType.CredAcq;

    void Clear()
    {
        _sessions.Clear();
        _processes.Clear();
    }

    void Join(in Record record, long now)
    {
        if (!TryReadId(record, "pid"u8, out uint pid))
            return;
        bool isKnown = _processes.Remove(pid, out Process process) && process.IsFresh(now);
        uint session = NewSession(record);
        if (session != uint.MaxValue)
            Put(_sessions, session, new Session(isKnown ? process.Address : null, pid));
    }

    // Kernels before 3.x say "old ses=1 new ses=2", which are two fields of one name.
    static uint NewSession(in Record record)
    {
        uint session = uint.MaxValue;
        foreach (Field field in record.Fields)
        {
            if (field.Name.SequenceEqual("ses"u8))
                session = RawNumber.ReadId(field.Value);
        }

        return session;
    }

    void LearnAddress(in Record record, long now)
    {
        if (!record.TryFind("addr"u8, out ReadOnlySpan<byte> address) || SessionBook.IsUnknown(address) || HasFailed(record))
            return;
        address = address.Trim((byte)'"');
        if (address.Length is 0 or > AddressBytesMax || !TryReadId(record, "pid"u8, out uint pid))
            return;
        if (!TryReadId(record, "ses"u8, out uint session))
            LearnProcess(pid, address, now);
        else if (!_sessions.TryGetValue(session, out Session known) || (known.Address is null && known.Pid == pid))
            Put(_sessions, session, new Session(address.ToArray(), pid));
    }

    // Every login says the same several times; only news allocates.
    void LearnProcess(uint pid, ReadOnlySpan<byte> address, long now)
    {
        bool isSame = _processes.TryGetValue(pid, out Process known) && address.SequenceEqual(known.Address);
        Put(_processes, pid, new Process(isSame ? known.Address : address.ToArray(), now));
    }

    // Anyone on the network can make these, as many as there are process numbers.
    static bool HasFailed(in Record record) =>
        record.TryFind("res"u8, out ReadOnlySpan<byte> result) && (result.StartsWith("fail"u8) || result.SequenceEqual("0"u8));

    static void Put<T>(Dictionary<uint, T> book, uint key, T value)
    {
        if (book.Count >= EntriesMax && !book.ContainsKey(key))
            book.Clear();
        book[key] = value;
    }

    static bool TryReadId(in Record record, ReadOnlySpan<byte> name, out uint id)
    {
        id = record.TryFind(name, out ReadOnlySpan<byte> value) ? RawNumber.ReadId(value) : uint.MaxValue;
        return id != uint.MaxValue;
    }

    // Pid is who logged in, as the kernel said it.
    readonly record struct Session(byte[]? Address, uint Pid);

    readonly record struct Process(byte[] Address, long UnixMilliseconds)
    {
        // Events of several CPUs may come a little out of order, and clocks are set back.
        public bool IsFresh(long now) => Math.Abs(now - UnixMilliseconds) <= ProcessMillisecondsMax;
    }
}
