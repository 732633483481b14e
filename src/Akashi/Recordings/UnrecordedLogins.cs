using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Recordings;

/// <summary>Finds the logins at terminals that were to be recorded and weren't: those that the audit trail has (USER_LOGIN), less those that have a recording.</summary>
/// <remarks>
/// A login has one where a recording of its ses begins within <see cref="BeginSeconds"/> of it, each for one login: it's there, or the trail says that there was one (op=session-recorded,
/// recording-removed). Why there is none say the recorder's own records: op=session-unrecorded and session-refused of the same ses, op=recorder-away around it.
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

    readonly List<UnrecordedLogin> _logins = [];
    readonly List<UnrecordedLogin> _refusals = [];
    readonly List<(long From, long Until)> _absences = [];
    readonly List<(uint Ses, long Start)> _recordings = [];
    readonly HashSet<(uint Ses, long Start)> _empty = [];

    /// <summary>Adds a recording that is there.</summary>
    public void Add(RecordingSummary recording)
    {
        if (TryReadName(recording.Name, out uint ses, out long start))
            _recordings.Add((ses, start));
    }

    /// <summary>Takes an event of the trail.</summary>
    public void Take(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            if (record.Type == RecordType.UserLogin)
                TakeLogin(record);
            else if (record.Type == RecordType.TrustedApp)
                TakeOwn(record);
        }
    }

    /// <summary>What has no recording, the oldest first.</summary>
    public List<UnrecordedLogin> Find()
    {
        var recordings = new List<(uint Ses, long Start)>(_recordings.Distinct().Where(recording => !_empty.Contains(recording)));
        var refusals = new List<UnrecordedLogin>(_refusals);
        var found = new List<UnrecordedLogin>();
        foreach (UnrecordedLogin login in _logins.OrderBy(login => login.UnixSeconds))
        {
            int recording = recordings.FindIndex(known => known.Ses == login.Ses && Math.Abs(known.Start - login.UnixSeconds) <= BeginSeconds);
            if (recording >= 0)
            {
                recordings.RemoveAt(recording);
                continue;
            }

            int refusal = refusals.FindIndex(known => known.Ses == login.Ses && Math.Abs(known.UnixSeconds - login.UnixSeconds) <= BeginSeconds);
            string reason = refusal >= 0 ? refusals[refusal].Reason
                : _absences.Any(away => login.UnixSeconds >= away.From && login.UnixSeconds <= away.Until) ? "no service took claims" : "";
            if (refusal >= 0)
                refusals.RemoveAt(refusal);
            found.Add(login with { Reason = reason });
        }

        return [.. found.Concat(refusals.Where(refusal => refusal.Auid != Unset)).OrderBy(login => login.UnixSeconds)];
    }

    // sshd's and login's: type=USER_LOGIN … auid=1000 ses=3 msg='op=login … addr=192.0.2.7 terminal=/dev/pts/0 res=success'.
    void TakeLogin(in Record record)
    {
        string terminal = TextOf(record, "terminal"u8).Replace("/dev/", "", StringComparison.Ordinal);
        if (!(terminal.StartsWith("pts/", StringComparison.Ordinal) || terminal.StartsWith("tty", StringComparison.Ordinal)) || !terminal.Any(char.IsAsciiDigit)
            || TextOf(record, "res"u8) != "success" || NumberOf(record, "auid"u8) is not { } auid || !IsOurs(auid, record.Stamp.UnixSeconds))
            return;
        string address = TextOf(record, "addr"u8);
        _logins.Add(new UnrecordedLogin(record.Stamp.UnixSeconds, auid, NumberOf(record, "ses"u8), terminal, address == "?" ? "" : address, ""));
    }

    void TakeOwn(in Record record)
    {
        switch (TextOf(record, "op"u8))
        {
            case "session-recorded" or "recording-removed" when TryReadName(DecodedOf(record, "name"u8), out uint ses, out long start):
                _recordings.Add((ses, start));
                break;
            // Its file has a beginning, and no session: it's no recording of the login.
            case "session-unrecorded" when TryReadName(DecodedOf(record, "name"u8), out uint ses, out long start):
                _empty.Add((ses, start));
                _refusals.Add(new UnrecordedLogin(start, Unset, ses, "", "", DecodedOf(record, "reason"u8)));
                break;
            case "session-unrecorded" or "session-refused" when NumberOf(record, "id"u8) is { } auid && IsOurs(auid, record.Stamp.UnixSeconds):
                _refusals.Add(new UnrecordedLogin(record.Stamp.UnixSeconds, auid, NumberOf(record, "rec_ses"u8), "", "", DecodedOf(record, "reason"u8)));
                break;
            case "recorder-away" when SecondsOf(record, "from"u8) is { } from && SecondsOf(record, "until"u8) is { } until:
                _absences.Add((from, until));
                break;
        }
    }

    bool IsOurs(uint auid, long seconds) => people.TryGetValue(auid, out long since) && seconds >= since;

    // 20261121-165000-alice-ses12-0f3a9c1e-pts3: RecordingDirectory. A name of a user may hold dashes. The same place for all: the header's time is a moment later.
    static bool TryReadName(string name, out uint ses, out long start)
    {
        const int StampLength = 15;
        (ses, start) = (0, 0);
        int at = name.LastIndexOf("-ses", StringComparison.Ordinal);
        if (at < StampLength || !DateTime.TryParseExact(name.AsSpan(0, StampLength), "yyyyMMdd-HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time))
            return false;
        ReadOnlySpan<char> digits = name.AsSpan(at + 4);
        int end = digits.IndexOf('-');
        start = new DateTimeOffset(time, TimeSpan.Zero).ToUnixTimeSeconds();
        return end > 0 && uint.TryParse(digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out ses);
    }

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
}
