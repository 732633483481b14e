using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Recordings;

/// <summary>Finds the logins at terminals that were to be recorded and weren't: those that the audit trail has (USER_LOGIN), less those that have a recording.</summary>
/// <remarks>
/// A login has one where a recording of its machine, ses and user begins within <see cref="BeginSeconds"/> of it, each for one login: it's there, or the trail says that there was one
/// (op=session-recorded, recording-removed). Why there is none say the recorder's own records: op=session-unrecorded and session-refused of the same ses, op=recorder-away around it.
/// The recorder's is a record of a process of root's that no login began, by what the kernel writes before the text; others that say so aren't believed.
/// What `akashi setup sessions` tried is told from the others: logins from no address on a pseudo terminal, which root alone can have sshd make, between its two records.
/// Whatever the trail holds, nothing is thrown.
/// </remarks>
/// <param name="people">Whose logins are recorded, by auid, and since when (Unix time).</param>
public sealed class UnrecordedLogins(IReadOnlyDictionary<uint, long> people)
{
    /// <summary>What may lie between login server's record and recording: a busy machine, a service that is being started.</summary>
    public const int BeginSeconds = 30;

    const uint Unset = uint.MaxValue;

    /// <summary>The records that it's made from.</summary>
    public static readonly IReadOnlyList<RecordType> Types = [RecordType.UserLogin, RecordType.TrustedApp];

    // Classes and not tuples: collections of those are compiled once for all.
    readonly List<NodeLogin> _logins = [];
    readonly List<NodeLogin> _refusals = [];
    readonly List<Period> _absences = [];
    readonly List<Period> _trials = [];
    readonly Dictionary<string, long> _begunTrials = [];
    readonly Dictionary<string, Recording> _recordings = [];
    readonly HashSet<string> _files = [];
    readonly HashSet<string> _empty = [];

    /// <summary>Adds a recording that is there.</summary>
    public void Add(RecordingSummary recording)
    {
        if (!TryReadName(recording.Name, out string name, out uint ses, out long start))
            return;
        uint? auid = uint.TryParse(recording.Fact("auid"), NumberStyles.None, CultureInfo.InvariantCulture, out uint known) ? known : null;
        _files.Add(name);
        string node = recording.Fact("node");
        _recordings[KeyOf(node, name)] = new Recording(node, name, ses, start, auid, isFile: true);
    }

    /// <summary>Takes an event of the trail.</summary>
    public void Take(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            if (record.Type == RecordType.UserLogin)
                TakeLogin(record);
            else if (record.Type == RecordType.TrustedApp && IsRoots(record, out bool isServices))
                TakeRoots(record, isServices);
        }
    }

    /// <summary>What has no recording, the oldest first.</summary>
    public List<UnrecordedLogin> Find()
    {
        SessionMarks<Recording> recordings = MarkRecordings();
        var refusals = new SessionMarks<UnrecordedLogin>();
        foreach ((string node, UnrecordedLogin refusal) in _refusals.OrderBy(refusal => refusal.Login.UnixSeconds))
            refusals.Add(refusal, [node], refusal.Ses, refusal.Auid == Unset ? null : refusal.Auid, refusal.UnixSeconds);
        var found = new List<UnrecordedLogin>();
        foreach ((string node, UnrecordedLogin login) in _logins.OrderBy(login => login.Login.UnixSeconds))
        {
            if (login.Ses is not null && recordings.TryTake(node, login, out _))
                continue;
            string reason = refusals.TryTake(node, login, out UnrecordedLogin? refusal) ? refusal!.Reason : IsWithin(_absences, node, login) ? "no service took claims" : "";
            found.Add(login with { Reason = reason, IsTrial = login is { Address: "", Terminal: ['p', ..] } && IsWithin(_trials, node, login) });
        }

        return [.. found.Concat(refusals.Left.Where(refusal => refusal.Auid != Unset)).OrderBy(login => login.UnixSeconds)];
    }

    // A file that is there is known by its records too; its header has the machine's name, which a trail that isn't collected hasn't.
    SessionMarks<Recording> MarkRecordings()
    {
        var marks = new SessionMarks<Recording>();
        foreach (Recording recording in _recordings.Values.OrderBy(recording => recording.Start))
        {
            string node = recording.Node;
            bool isEmpty = _empty.Contains(KeyOf(node, recording.Name)) || (recording.IsFile && _empty.Contains(KeyOf("", recording.Name)));
            if (!isEmpty && (recording.IsFile || node.Length > 0 || !_files.Contains(recording.Name)))
                marks.Add(recording, recording.IsFile && node.Length > 0 ? ["", node] : [node], recording.Ses, recording.Auid, recording.Start);
        }

        return marks;
    }

    static bool IsWithin(List<Period> periods, string node, UnrecordedLogin login) => periods.Exists(period => period.Holds(node, login.UnixSeconds));

    static string KeyOf(string node, string name) => node + "\n" + name;

    // sshd's and login's: type=USER_LOGIN … auid=1000 ses=3 msg='op=login … addr=192.0.2.7 terminal=/dev/pts/0 res=success'.
    void TakeLogin(in Record record)
    {
        string terminal = TextOf(record, "terminal"u8).Replace("/dev/", "", StringComparison.Ordinal);
        if (!(terminal.StartsWith("pts/", StringComparison.Ordinal) || terminal.StartsWith("tty", StringComparison.Ordinal)) || !terminal.Any(char.IsAsciiDigit)
            || TextOf(record, "res"u8) != "success" || NumberOf(record, "auid"u8) is not { } auid || !IsOurs(auid, record.Stamp.UnixSeconds))
            return;
        string address = TextOf(record, "addr"u8);
        _logins.Add(new NodeLogin(NodeOf(record), new UnrecordedLogin(record.Stamp.UnixSeconds, auid, NumberOf(record, "ses"u8), terminal, address is "?" or "UNKNOWN" ? "" : address, "")));
    }

    void TakeRoots(in Record record, bool isServices)
    {
        if (TextOf(record, "op"u8) == "akashi-setup-probe" && TextOf(record, "id"u8) == "login-trial")
            TakeTrial(NodeOf(record), TextOf(record, "state"u8), record.Stamp.UnixSeconds);
        else if (isServices)
            TakeOwn(record);
    }

    // A setup that was killed says no end: its trials are what they look like.
    void TakeTrial(string node, string state, long seconds)
    {
        if (state == "begin")
            _begunTrials[node] = seconds;
        else if (_begunTrials.Remove(node, out long from))
            _trials.Add(new Period(node, from, seconds));
    }

    void TakeOwn(in Record record)
    {
        string node = NodeOf(record);
        switch (TextOf(record, "op"u8))
        {
            case "session-recorded" or "recording-removed" when TryReadName(DecodedOf(record, "name"u8), out string name, out uint ses, out long start):
                Note(new Recording(node, name, ses, start, NumberOf(record, "id"u8), isFile: false));
                break;
            // Its file has a beginning, and no session: it's no recording of the login.
            case "session-unrecorded" when TryReadName(DecodedOf(record, "name"u8), out string name, out uint ses, out long start):
                _empty.Add(KeyOf(node, name));
                _refusals.Add(new NodeLogin(node, new UnrecordedLogin(start, Unset, ses, "", "", DecodedOf(record, "reason"u8))));
                break;
            case "session-unrecorded" or "session-refused" when NumberOf(record, "id"u8) is { } auid && IsOurs(auid, record.Stamp.UnixSeconds):
                _refusals.Add(new NodeLogin(node, new UnrecordedLogin(record.Stamp.UnixSeconds, auid, NumberOf(record, "rec_ses"u8), "", "", DecodedOf(record, "reason"u8))));
                break;
            case "recorder-away" when SecondsOf(record, "from"u8) is { } from && SecondsOf(record, "until"u8) is { } until:
                _absences.Add(new Period(node, from, until));
                break;
        }
    }

    // A removal doesn't say whose it was; its first record does, and the file.
    void Note(Recording recording)
    {
        string key = KeyOf(recording.Node, recording.Name);
        if (!_recordings.TryGetValue(key, out Recording? known))
            _recordings.Add(key, recording);
        else if (known.Auid is null)
            known.Auid = recording.Auid;
    }

    // The kernel's own words stand before the message, in which a sender with CAP_AUDIT_WRITE may say anything.
    static bool IsRoots(in Record record, out bool isServices)
    {
        isServices = false;
        int message = record.Body.IndexOf(" msg="u8);
        if (message < 0)
            return false;
        (bool isRoots, bool hasNoUser, bool hasNoSession) = (false, false, false);
        foreach (Field field in new FieldEnumerator(record.Body[..message]))
        {
            isRoots |= field.Name.SequenceEqual("uid"u8) && field.Value.SequenceEqual("0"u8);
            hasNoUser |= field.Name.SequenceEqual("auid"u8) && field.Value.SequenceEqual("4294967295"u8);
            hasNoSession |= field.Name.SequenceEqual("ses"u8) && field.Value.SequenceEqual("4294967295"u8);
        }

        isServices = isRoots && hasNoUser && hasNoSession;
        return isRoots;
    }

    bool IsOurs(uint auid, long seconds) => people.TryGetValue(auid, out long since) && seconds >= since;

    // 20261121-165000-alice-ses12-0f3a9c1e-pts3: RecordingDirectory. A name of a user may hold dashes. The same place for all: the header's time is a moment later.
    static bool TryReadName(string file, out string name, out uint ses, out long start)
    {
        const int StampLength = 15;
        int ending = file.LastIndexOf(".cast", StringComparison.Ordinal);
        (name, ses, start) = (ending < 0 ? file : file[..ending], 0, 0);
        int at = name.LastIndexOf("-ses", StringComparison.Ordinal);
        if (at < StampLength || !DateTime.TryParseExact(name.AsSpan(0, StampLength), "yyyyMMdd-HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time))
            return false;
        ReadOnlySpan<char> digits = name.AsSpan(at + 4);
        int end = digits.IndexOf('-');
        start = new DateTimeOffset(time, TimeSpan.Zero).ToUnixTimeSeconds();
        return end > 0 && uint.TryParse(digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out ses);
    }

    static string NodeOf(in Record record) => Encoding.UTF8.GetString(record.Node);

    static string TextOf(in Record record, ReadOnlySpan<byte> name) => record.TryFind(name, out ReadOnlySpan<byte> raw) ? Encoding.UTF8.GetString(raw.Trim((byte)'"')) : "";

    // What the recorder quoted, or wrote in hex: names of files and reasons.
    static string DecodedOf(in Record record, ReadOnlySpan<byte> name)
    {
        if (!record.TryFind(name, out ReadOnlySpan<byte> raw))
            return "";
        byte[] text = new byte[raw.Length];
        return EncodedText.TryDecode(raw, text, out int length) ? Encoding.UTF8.GetString(text, 0, length) : Encoding.UTF8.GetString(raw);
    }

    static uint? NumberOf(in Record record, ReadOnlySpan<byte> name) =>
        record.TryFind(name, out ReadOnlySpan<byte> raw) && Utf8Parser.TryParse(raw, out uint number, out int length) && length == raw.Length && number != uint.MaxValue ? number : null;

    // 1795299499.382
    static long? SecondsOf(in Record record, ReadOnlySpan<byte> name) =>
        record.TryFind(name, out ReadOnlySpan<byte> raw) && Utf8Parser.TryParse(raw, out long seconds, out int length) && length > 0 ? seconds : null;

    sealed class Recording(string node, string name, uint ses, long start, uint? auid, bool isFile)
    {
        public string Node => node;

        public string Name => name;

        public uint Ses => ses;

        public long Start => start;

        public uint? Auid { get; set; } = auid;

        public bool IsFile => isFile;
    }

    sealed class NodeLogin(string node, UnrecordedLogin login)
    {
        public UnrecordedLogin Login => login;

        public void Deconstruct(out string itsNode, out UnrecordedLogin itsLogin) => (itsNode, itsLogin) = (node, login);
    }

    sealed class Period(string node, long from, long until)
    {
        public bool Holds(string itsNode, long seconds) => itsNode == node && seconds >= from && seconds <= until;
    }
}
