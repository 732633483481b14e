using Akashi.Events;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Reports.Logins;

/// <summary>Login sessions and boots, put together from the events of a trail as aulast(8) does.</summary>
/// <remarks>
/// LOGIN opens a session, USER_LOGIN of the same process, user and session says that it went well, USER_END of the same three ends it. SYSTEM_BOOT ends what is
/// open by a crash and opens a boot; SYSTEM_SHUTDOWN ends the oldest that is open: the boot, where the trail has it. DAEMON_START says the kernel.
/// </remarks>
/// <param name="accounts">Names of users where a record isn't enriched.</param>
public sealed class LoginSessions(IAccounts accounts)
{
    readonly List<LoginSession> _open = [];
    readonly InterpretedText _text = new();
    byte[] _kernel = "?"u8.ToArray();

    /// <summary>Only sessions of this user, by name; null for all. Boots and failed logins are taken anyway.</summary>
    public string? User { get; init; }

    /// <summary>Only sessions on this terminal; null for all.</summary>
    public string? Terminal { get; init; }

    /// <summary>Hears of every session and failed login that is over, in the order they end.</summary>
    public required Action<LoginSession> OnEnd { get; init; }

    /// <summary>The sessions that are open, in the order they began.</summary>
    public IReadOnlyList<LoginSession> Open => _open;

    /// <summary>Whether events of that kind are used: by the type of the first record.</summary>
    public static bool IsUsed(AuditEvent auditEvent) => auditEvent[0].Type is RecordType.Login or RecordType.UserLogin
        or RecordType.UserEnd or RecordType.SystemBoot or RecordType.SystemShutdown or RecordType.DaemonStart;

    /// <summary>Takes the next event.</summary>
    public void Add(AuditEvent auditEvent)
    {
        switch (auditEvent[0].Type)
        {
            case RecordType.Login:
                OpenSession(auditEvent);
                break;
            case RecordType.UserLogin:
                CompleteLogin(auditEvent);
                break;
            case RecordType.UserEnd:
                EndSession(auditEvent);
                break;
            case RecordType.SystemBoot:
                Boot(auditEvent.Stamp);
                break;
            case RecordType.SystemShutdown when _open.Count > 0:
                End(_open[0], LoginEnd.LoggedOut, auditEvent.Stamp);
                break;
            case RecordType.DaemonStart when auditEvent.TryFind("kernel"u8, out ReadOnlySpan<byte> kernel):
                _kernel = kernel.ToArray();
                break;
        }
    }

    void OpenSession(AuditEvent auditEvent)
    {
        Record record = auditEvent[0];
        // Old kernels wrote "old auid=… new auid=…": the last one counts.
        ReadOnlySpan<byte> rawAuid = FindLast(record, "auid"u8);
        uint auid = ReadId(rawAuid), session = ReadId(FindLast(record, "ses"u8));
        uint pid = record.TryFind("pid"u8, out ReadOnlySpan<byte> value) ? ReadId(value) : uint.MaxValue;
        if (auid == uint.MaxValue || session == uint.MaxValue || pid == uint.MaxValue)
            return;

        if (_open.Find(open => open.Session == session) is { } known)
            End(known, LoginEnd.Gone, auditEvent.Stamp.UnixSeconds, serial: 0);
        byte[] name = NameOf(record, rawAuid);
        if (User is not null && !name.AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(User)))
            return;
        _open.Add(new LoginSession
        {
            Auid = auid, Pid = pid, Session = session, Name = name, Start = auditEvent.Stamp.UnixSeconds, StartSerial = auditEvent.Stamp.Serial,
        });
    }

    void CompleteLogin(AuditEvent auditEvent)
    {
        var login = LoginResult.Read(auditEvent);
        if (!login.IsSuccess)
        {
            if (login.IsSaid)
                OnEnd(MakeFailure(auditEvent, login));
            return;
        }

        if (Find(login.Pid, login.User, login.Session) is not { } session)
            return;
        byte[] terminal = ShortTerminal(login.Terminal);
        if (Terminal is not null && !terminal.AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(Terminal)))
        {
            _open.Remove(session);
            return;
        }

        session.Host = login.Host.ToArray();
        session.Terminal = terminal;
        session.LoginSerial = auditEvent.Stamp.Serial;
    }

    LoginSession MakeFailure(AuditEvent auditEvent, LoginResult login)
    {
        _text.Clear();
        if (auditEvent.TryFind("acct"u8, out ReadOnlySpan<byte> account))
            EscapedValue.Write(account, _text);
        long time = auditEvent.Stamp.UnixSeconds;
        return new LoginSession
        {
            IsFailure = true,
            Auid = login.User,
            Name = _text.Bytes.ToArray(),
            Host = login.Host.ToArray(),
            Terminal = ShortTerminal(login.Terminal),
            Start = time,
            End = time,
            Status = LoginEnd.LoggedOut,
            StartSerial = auditEvent.Stamp.Serial,
        };
    }

    void EndSession(AuditEvent auditEvent)
    {
        var walk = new FieldWalk(auditEvent);
        uint pid = ReadNext(ref walk, "pid"u8), auid = ReadNext(ref walk, "auid"u8), session = ReadNext(ref walk, "ses"u8);
        if (Find(pid, auid, session) is { } open)
            End(open, LoginEnd.LoggedOut, auditEvent.Stamp);
    }

    void Boot(EventStamp stamp)
    {
        while (_open.Count > 0)
            End(_open[0], LoginEnd.Crash, stamp);
        _open.Add(new LoginSession
        {
            IsBoot = true, Name = "reboot"u8.ToArray(), Terminal = "system boot"u8.ToArray(), Host = _kernel, Start = stamp.UnixSeconds,
            StartSerial = stamp.Serial,
        });
    }

    LoginSession? Find(uint pid, uint auid, uint session) =>
        _open.Find(open => !open.IsBoot && open.Pid == pid && open.Auid == auid && open.Session == session);

    void End(LoginSession session, LoginEnd status, EventStamp stamp) => End(session, status, stamp.UnixSeconds, stamp.Serial);

    void End(LoginSession session, LoginEnd status, long unixSeconds, ulong serial)
    {
        session.Close(status, unixSeconds, serial);
        _open.Remove(session);
        OnEnd(session);
    }

    byte[] NameOf(in Record record, ReadOnlySpan<byte> auid)
    {
        _text.Clear();
        if (record.TryFindEnriched("AUID"u8, out ReadOnlySpan<byte> name) && !name.StartsWith("unknown-"u8))
            AccountName.WriteEnriched(name, _text);
        else
            AccountName.WriteUser(auid, accounts, _text);
        return _text.Bytes.ToArray();
    }

    static byte[] ShortTerminal(ReadOnlySpan<byte> terminal) =>
        (terminal.StartsWith("/dev/"u8) ? terminal[5..] : terminal).ToArray();

    static ReadOnlySpan<byte> FindLast(in Record record, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> last = default;
        foreach (Field field in record.Fields)
        {
            if (field.Name.SequenceEqual(name))
                last = field.Value;
        }

        return last;
    }

    internal static uint ReadNext(ref FieldWalk walk, ReadOnlySpan<byte> name) =>
        walk.TryFind(name, out ReadOnlySpan<byte> value) ? ReadId(value) : uint.MaxValue;

    static uint ReadId(ReadOnlySpan<byte> value) => RawNumber.TryDecimal(value, out long number) ? (uint)number : uint.MaxValue;
}
