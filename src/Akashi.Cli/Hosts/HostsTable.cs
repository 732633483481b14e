using System.Globalization;
using System.Text;
using Akashi.Control;
using Akashi.Output;

namespace Akashi.Cli.Hosts;

/// <summary>Hosts as a table for people.</summary>
sealed class HostsTable(Utf8Output output, DateTimeOffset now)
{
    static readonly string[] s_heading = ["HOST", "ADDRESS", "OVER", "PROGRAM", "SINCE", "HEARD", "RECORDS", "REC/S", "LAG", "CLOCK", "LOST", "STATE"];

    /// <summary>Prints it.</summary>
    public void Print(IReadOnlyList<HostStatus> hosts)
    {
        List<string[]> rows = [s_heading, .. hosts.Select(Row)];
        int[] widths = [.. s_heading.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            var line = new StringBuilder();
            for (int column = 0; column < row.Length; column++)
                line.Append(row[column].PadRight(widths[column])).Append("  ");
            output.WriteEscaped(Encoding.UTF8.GetBytes(line.ToString().TrimEnd()));
            output.Write("\n"u8);
        }
    }

    string[] Row(HostStatus host) =>
    [
        host.Node, Or(host.Address), Or(host.Transport), Or(host.Program), host.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Ago(now - host.Heard),
        host.Records.ToString("#,0", CultureInfo.InvariantCulture), host.Rate.ToString("0.#", CultureInfo.InvariantCulture),
        host.LagMilliseconds is { } lag ? Length(TimeSpan.FromMilliseconds(lag)) : "-",
        host.BehindMilliseconds is { } behind ? Clock(behind) : "-",
        host.Losses.Count == 0 ? "-" : string.Join(',', host.Losses.Select(loss => FormattableString.Invariant($"{loss.Source}:{loss.Count}"))),
        State(host),
    ];

    static string State(HostStatus host)
    {
        List<string> words = [];
        if (host.IsSilent)
            words.Add("silent");
        if (host.IsFull)
            words.Add("disk share used up");
        if (host.IsSlowed)
            words.Add("too fast: waits");
        if (host.Refused > 0)
            words.Add(FormattableString.Invariant($"{host.Refused} refused"));
        if (words.Count == 0 || !host.IsConnected)
            words.Add(host.IsConnected ? "connected" : "not connected");
        return string.Join(", ", words);
    }

    static string Or(string text) => text.Length > 0 ? text : "-";

    static string Ago(TimeSpan time) => $"{Length(time)} ago";

    static string Clock(long behind) => behind == 0 ? "same" : $"{Length(TimeSpan.FromMilliseconds(Math.Abs(behind)))} {(behind > 0 ? "behind" : "ahead")}";

    // In one unit, so that columns stay short.
    static string Length(TimeSpan time)
    {
        string sign = time < TimeSpan.Zero ? "-" : "";
        time = time.Duration();
        return sign + (time.TotalDays >= 2 ? FormattableString.Invariant($"{(int)time.TotalDays} d")
            : time.TotalHours >= 2 ? FormattableString.Invariant($"{(int)time.TotalHours} h")
            : time.TotalMinutes >= 2 ? FormattableString.Invariant($"{(int)time.TotalMinutes} min")
            : time.TotalSeconds >= 1 ? FormattableString.Invariant($"{time.TotalSeconds:0.#} s")
            : FormattableString.Invariant($"{(int)time.TotalMilliseconds} ms"));
    }
}
