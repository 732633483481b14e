using System.Globalization;
using Akashi.Configuration;
using Akashi.Host;
using Akashi.Recordings;

namespace Akashi.Cli.Recordings;

/// <summary><c>akashi recordings --unrecorded</c>: logins at terminals of people who are recorded, without a recording.</summary>
static class UnrecordedList
{
    static readonly string[] s_columns = ["USER", "AUID", "SES", "FROM", "TERMINAL", "START", "WHY"];

    /// <summary>Finds them in a trail.</summary>
    /// <param name="trail">The trail; read from its beginning, or the time, on.</param>
    /// <param name="recordings">All recordings that are there.</param>
    /// <param name="since">Logins before don't count (Unix time).</param>
    /// <param name="shellsPath">The file that says who has the recorder's login shell.</param>
    public static List<UnrecordedLogin> Find(SessionTrail trail, IReadOnlyList<RecordingSummary> recordings, long since, string shellsPath = LoginShells.Path)
    {
        Dictionary<uint, long> people = FindPeople(recordings, shellsPath);
        if (people.Count == 0)
            return [];
        var logins = new UnrecordedLogins(people);
        foreach (RecordingSummary recording in recordings)
            logins.Add(recording);

        // The recorder's word on a login comes before it, or after: an absence is said when it's over.
        trail.Begin(Math.Max(since, people.Values.Min()) - UnrecordedLogins.BeginSeconds);
        trail.Read(UnrecordedLogins.Types, logins.Take);
        return [.. logins.Find().Where(login => login.UnixSeconds >= since)];
    }

    /// <summary>Writes them.</summary>
    public static void Write(SessionRows rows, IHost host, IReadOnlyList<UnrecordedLogin> logins)
    {
        string none = rows.IsTable ? "-" : "";
        rows.Write(s_columns, [.. logins.Select(login => (new[]
        {
            NameOf(host, login.Auid), login.Auid.ToString(CultureInfo.InvariantCulture), login.Ses?.ToString(CultureInfo.InvariantCulture) ?? none, Filled(login.Address), Filled(login.Terminal), "",
            Why(login) is { Length: > 0 } why ? why : rows.IsTable ? "not known" : "",
        }, (long?)login.UnixSeconds))]);

        string Filled(string text) => text.Length > 0 ? text : none;
    }

    static string Why(UnrecordedLogin login) =>
        !login.IsTrial ? login.Reason : login.Reason.Length > 0 ? $"{RecordingSummary.TrialWords}; {login.Reason}" : RecordingSummary.TrialWords;

    /// <summary>Whether a login is a person's, by name or number.</summary>
    public static bool IsOf(IHost host, UnrecordedLogin login, string user) => login.Auid.ToString(CultureInfo.InvariantCulture) == user || NameOf(host, login.Auid) == user;

    static string NameOf(IHost host, uint auid) => host.Accounts.FindUserName(auid) ?? auid.ToString(CultureInfo.InvariantCulture);

    // Who has the recorder's login shell, since that was set; and who has a recording, since the first.
    static Dictionary<uint, long> FindPeople(IReadOnlyList<RecordingSummary> recordings, string shellsPath)
    {
        var people = new Dictionary<uint, long>();
        try
        {
            long since = new DateTimeOffset(File.GetLastWriteTimeUtc(shellsPath), TimeSpan.Zero).ToUnixTimeSeconds();
            foreach (LoginShellEntry entry in LoginShells.Parse(File.ReadAllText(shellsPath)))
                people[entry.Uid] = since;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody is recorded by their login shell.
        }

        foreach (RecordingSummary recording in recordings)
        {
            if (recording.UnixSeconds is { } start && uint.TryParse(recording.Fact("auid"), NumberStyles.None, CultureInfo.InvariantCulture, out uint auid))
                people[auid] = Math.Min(start, people.GetValueOrDefault(auid, long.MaxValue));
        }

        return people;
    }
}
