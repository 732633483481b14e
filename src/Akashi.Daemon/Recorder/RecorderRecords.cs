using System.Globalization;
using System.Text;
using Akashi.Recordings;

namespace Akashi.Daemon.Recorder;

/// <summary>The texts of the recorder's audit records, of type TRUSTED_APP (1121): <c>op=… name=value …</c>.</summary>
/// <remarks>
/// Of a session stand <c>acct</c> (the login user's name), <c>id</c> (auid), <c>rec_ses</c> (ses; the kernel writes the service's own auid and ses before the text),
/// <c>terminal</c>, <c>name</c> (the recording's file). A value that anybody else had a say in is in quotes, or in hex where it has a blank, a quote or a control, as the kernel does it.
/// </remarks>
static class RecorderRecords
{
    /// <summary>A session that isn't recorded goes on (degrade), or isn't let in (strict).</summary>
    public static string Unrecorded(bool goesOn, string user, uint auid, uint ses, uint uid, int pid, string reason) => Text(
        $"op={(goesOn ? "session-unrecorded" : "session-refused")} acct={Quote(user)} id={Number(auid)} rec_ses={Number(ses)} old_uid={uid} old_pid={pid} reason={Quote(reason)}");

    /// <summary>More of the same kind and user, which weren't said one by one.</summary>
    public static string MoreUnrecorded(long count, uint uid) => Text($"op=session-unrecorded count={count} old_uid={uid} reason={Quote("more claims like those before")}");

    /// <summary>A recording was finished.</summary>
    /// <param name="finished">What was found of it.</param>
    /// <param name="seen">What its header says of the session; null where it can't be read, or was made by others.</param>
    public static string Recorded(FinishedRecording finished, RecordingSummary? seen) => Text(
        $"op=session-recorded acct={Said(seen, "user")} id={Said(seen, "auid")} rec_ses={Said(seen, "ses")} name={Quote(finished.Name)} hash={Hash(finished.Hash)} bytes={finished.Bytes} gaps={finished.Gaps} missing={finished.MissingBytes} state={finished.State}{(seen is { IsTrial: true } ? " trial=yes" : "")}");

    /// <summary>A recording was removed.</summary>
    public static string Removed(string name, string hash, string reason) => Text($"op=recording-removed name={Quote(name)} hash={Hash(hash)} reason={Quote(reason)}");

    /// <summary>A recording couldn't be removed, packed or ended.</summary>
    public static string Failed(string operation, string name, string reason) => Text($"op={operation} name={Quote(name)} reason={Quote(reason)}");

    /// <summary>Copies of which there is no line.</summary>
    public static string Unnoted(long count, string reason) => Text($"op=transfers-unnoted count={count} reason={Quote(reason)}");

    /// <summary>Nobody took claims for a while.</summary>
    public static string Away(DateTimeOffset from, DateTimeOffset until, bool wasOrderly, bool isSocketKept) => Text(
        $"op=recorder-away from={Time(from)} until={Time(until)} end={(wasOrderly ? "orderly" : "killed")} waiting={(isSocketKept ? "kept" : "none")}");

    /// <summary>The disk has no room, or has it again.</summary>
    public static string Room(bool isLow, long freeBytes, long limitBytes) => Text($"op={(isLow ? "recorder-disk-low" : "recorder-disk-room")} free={freeBytes} limit={limitBytes}");

    /// <summary>The service began, or ended.</summary>
    public static string Service(string operation, long liveCount) => Text($"op={operation} live={liveCount}");

    /// <summary>The time of something that is told later: seconds since 1970, with milliseconds.</summary>
    public static string Time(DateTimeOffset time) => string.Create(
        CultureInfo.InvariantCulture, $"{time.ToUnixTimeSeconds()}.{time.ToUnixTimeMilliseconds() % 1000:000}");

    /// <summary>As the kernel writes what it doesn't trust: quoted, or upper-case hex where that could be mistaken.</summary>
    internal static string Quote(string value) => value.All(letter => letter is > ' ' and < '\x7f' and not '"')
        ? $"\"{value}\""
        : Convert.ToHexString(Encoding.UTF8.GetBytes(value));

    // The header's words; an identity that isn't set as in the other records. One that was altered forges nothing.
    static string Said(RecordingSummary? seen, string name) => seen?.Fact(name) switch
    {
        null or "" => "?",
        string user when name == "user" => Quote(user),
        "unset" => Number(Host.ProcessIdentity.Unset),
        string number => uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out uint known) ? Number(known) : "?",
    };

    static string Hash(string hash) => hash.Length == 0 ? "?" : hash;

    static string Number(uint number) => number == Host.ProcessIdentity.Unset ? "-1" : number.ToString(CultureInfo.InvariantCulture);

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
