using System.Text;
using Akashi.Cli.CommandLine;
using Akashi.Cli.Reporting;
using Akashi.Cli.Searching;
using Akashi.Control;
using Akashi.Daemon.Recordings;
using Akashi.Host;
using Akashi.Output;
using Akashi.Recordings;
using Akashi.Reports;
using Akashi.Search.Query;
using Akashi.Tables;

namespace Akashi.Cli.Recordings;

/// <summary><c>akashi recordings</c> without a command: the recorder's sessions, the oldest first.</summary>
static class ListCommand
{
    const string Name = "akashi recordings";

    /// <summary>Lists them.</summary>
    /// <returns>0; 1 where one that was to be searched couldn't be; 2 for a time that is none.</returns>
    public static int Run(Invocation invocation, ListOptions typed, Utf8Output output, Utf8Output error)
    {
        IHost host = invocation.Host;
        if (ReadPeriod(typed, host, out long since, out long until) is { } fault)
            return WrongUsage.Refuse(invocation, "akashi recordings", fault);

        var sessions = new SessionNames(host, typed.SocketPath, typed.Directory);
        List<RecordingSummary> found = sessions.List();
        var rows = new SessionRows(host, output, typed.Format, invocation.OutputIsTerminal ? Terminal.Columns : 0);
        if (typed.WantsUnrecorded)
            return ListUnrecorded(invocation, typed, found, since, until, rows, error);
        found.RemoveAll(summary => !Matches(summary, typed, since, until));
        bool isSearched = typed.Text is not { } text || Search(host, sessions, found, text, typed.Directory, error);
        if (found.Count == 0 && isSearched && typed.Format == RowFormat.Table)
            error.Write("akashi recordings: none\n"u8);
        RecordingRows.Write(rows, CountCommands(invocation, typed, found));
        return isSearched ? 0 : 1;
    }

    // Leaves those that show a text; false where one couldn't be looked at.
    static bool Search(IHost host, SessionNames sessions, List<RecordingSummary> found, string text, string? directory, Utf8Output error)
    {
        var refused = new LookFaults();
        bool isRead = true;
        found.RemoveAll(summary => !Shows(host, sessions, summary, text, directory, refused, error, ref isRead));
        refused.Write(error, Name);
        return isRead && !refused.Any;
    }

    // Recordings of another place may be another machine's: its trail isn't ours.
    static List<RecordingSummary> CountCommands(Invocation invocation, ListOptions typed, List<RecordingSummary> found)
    {
        if (found.Count == 0 || (typed.Directory is not null && typed.Trail is null))
            return found;
        using SessionTrail? trail = SessionTrail.TryOpen(invocation, typed.Trail);
        if (trail is null)
            return found;
        var commands = new SessionCommands(found);
        IReadOnlyList<int> countable = commands.FindCountable(trail.FirstSeconds);
        int skipped = trail.Begin([.. countable.Select(index => found[index].UnixSeconds!.Value)]);
        if (skipped == countable.Count)
            return found;
        foreach (int index in countable.Skip(skipped))
            commands.Add(index);
        trail.Read([RecordType.Execve], commands.Take);
        return commands.Finish();
    }

    static int ListUnrecorded(Invocation invocation, ListOptions typed, List<RecordingSummary> recordings, long since, long until, SessionRows rows, Utf8Output error)
    {
        using SessionTrail? trail = SessionTrail.TryOpen(invocation, typed.Trail);
        if (trail is null)
        {
            error.Write("akashi recordings: cannot read the audit trail, which has the logins: it isn't there, or isn't for you\nhint: --trail PATH names another\n"u8);
            return 1;
        }

        List<UnrecordedLogin> found = UnrecordedList.Find(trail, recordings, since, typed.ShellsPath);
        found.RemoveAll(login => login.UnixSeconds > until || (typed.User is { } user && !UnrecordedList.IsOf(invocation.Host, login, user))
            || (typed.Host is { } host && !login.Address.Equals(host, StringComparison.OrdinalIgnoreCase)));
        if (found.Count == 0 && rows.IsTable)
            error.Write("akashi recordings: none\n"u8);
        if (trail.FirstSeconds > since && since > 0)
            error.Write("akashi recordings: the trail begins later: what was before isn't known\n"u8);
        UnrecordedList.Write(rows, invocation.Host, found);
        return 0;
    }

    static string? ReadPeriod(ListOptions typed, IHost host, out long since, out long until)
    {
        (since, until) = (0, long.MaxValue);
        if (typed.Since is { } from)
        {
            if (!ReportPeriod.TryRead(from, isEnd: false, host, out TimePeriod time))
                return $"--since takes {QueryTimes.Expected}; not '{from}'";
            since = time.StartUnixMilliseconds / 1000;
        }

        if (typed.Until is { } to)
        {
            if (!ReportPeriod.TryRead(to, isEnd: true, host, out TimePeriod time))
                return $"--until takes {QueryTimes.Expected}; not '{to}'";
            until = time.EndUnixMilliseconds / 1000;
        }

        return null;
    }

    // Of what has no readable header only the state is known.
    static bool Matches(RecordingSummary summary, ListOptions typed, long since, long until) =>
        (typed.State is null || summary.State == typed.State)
        && (typed.User is not { } user || summary.Fact("user") == user || summary.Fact("auid") == user)
        && (typed.Host is not { } host || summary.Fact("node").Equals(host, StringComparison.OrdinalIgnoreCase) || summary.Fact("address").Equals(host, StringComparison.OrdinalIgnoreCase))
        && (typed.Since is null || summary.UnixSeconds + (summary.LengthSeconds ?? 0) >= since)
        && (typed.Until is null || summary.UnixSeconds <= until);

    static bool Shows(
        IHost host, SessionNames sessions, RecordingSummary summary, string text, string? directory, LookFaults refused, Utf8Output error, ref bool isRead)
    {
        try
        {
            if (Open(host, sessions, summary.Name, directory, out string reason) is { } reader)
                return WasTyped(reader, text) || new Timeline(reader).FindText(text);
            refused.Add(summary.Name, reason);
        }
        catch (AuditException exception)
        {
            FaultLines.Write(error, Name, exception.Message);
            isRead = false;
        }

        return false;
    }

    // Null where the service doesn't hand it out.
    static IRecordingReader? Open(IHost host, SessionNames sessions, string name, string? directory, out string reason)
    {
        reason = "";
        if (directory is not null)
            return RecordingFiles.Open(host, new RecordingCatalog(host, directory).FindPath(name) ?? name, null);
        return sessions.TryOpenNamed(name, RecordingLook.Search, out reason) is { } given ? RecordingFiles.Open(host, given, name) : null;
    }

    // What was typed is mostly not recorded; where it is, its echo may look different.
    static bool WasTyped(IRecordingReader reader, string text)
    {
        RecordingPosition start = reader.Position;
        var typed = new StringBuilder();
        bool isThere = false;
        while (!isThere && reader.TryRead(out RecordingEvent next))
        {
            if (next.Kind != RecordingEventKind.Input)
                continue;
            typed.Append(Encoding.UTF8.GetString(next.Bytes));
            isThere = typed.ToString().Contains(text, StringComparison.OrdinalIgnoreCase);
            typed.Remove(0, Math.Max(0, typed.Length - text.Length));
        }

        reader.Seek(start);
        return isThere;
    }
}
