using System.Globalization;
using System.Text;
using Akashi.Configuration;
using Akashi.Host;

namespace Akashi.Daemon.Plugins;

/// <summary>Sends counts of events, and how the daemon and the kernel are, to a statsd server.</summary>
/// <remarks>
/// One datagram an interval, a metric a line: <c>NAME:VALUE|g</c> for gauges, <c>NAME:VALUE|c</c> for what was counted since the last. The daemon's own numbers come from its
/// state file, which it writes as report_interval says; what isn't there isn't sent. Names, kinds and order are those of audisp-statsd 4.2.2.
/// </remarks>
/// <param name="host">The machine.</param>
/// <param name="configuration">How often.</param>
/// <param name="stateFile">auditd.state.</param>
/// <param name="send">Sends a datagram.</param>
public sealed class StatsdPlugin(IHost host, StatsdConfiguration configuration, string stateFile, Action<byte[]> send)
{
    const int StateCharactersMax = 64 * 1024;

    static readonly (string Label, string Name)[] s_gauges =
    [
        ("Logging partition free space", "auditd.free_space"),
        ("current plugin queue depth", "auditd.plugin_current_depth"),
        ("max plugin queue depth used", "auditd.plugin_max_depth"),
        ("glibc arena (total memory)", "auditd.total_memory"),
        ("glibc uordblks (in use memory)", "auditd.memory_in_use"),
        ("glibc fordblks (total free space)", "auditd.memory_free"),
    ];

    readonly EventCounts _counts = new();

    /// <summary>Runs until the input ends; what was counted by then is sent.</summary>
    public void Run(PluginInput input)
    {
        var events = new PluginEvents(input, host.Clock);
        long sent = host.Clock.GetTimestamp();
        while (!events.IsAtEnd)
        {
            TimeSpan left = configuration.Interval - host.Clock.GetElapsedTime(sent);
            if (left > TimeSpan.Zero && events.Take(left) is { } next)
                _counts.Add(next);
            if (host.Clock.GetElapsedTime(sent) < configuration.Interval)
                continue;
            sent = host.Clock.GetTimestamp();
            Send();
        }

        Send();
    }

    void Send()
    {
        var text = new StringBuilder();
        AddKernel(text);
        AddState(text);
        Count(text, "events.total_count", _counts.Total);
        Count(text, "events.total_failed", _counts.Failed);
        Count(text, "events.avc_count", _counts.Decisions);
        Count(text, "events.fanotify_count", _counts.Fanotify);
        Count(text, "events.logins_success", _counts.LoginsSucceeded);
        Count(text, "events.logins_failed", _counts.LoginsFailed);
        Count(text, "events.anomaly_count", _counts.Anomalies);
        Count(text, "events.response_count", _counts.Responses);
        _counts.Clear();
        send(Encoding.ASCII.GetBytes(text.ToString()));
    }

    void AddKernel(StringBuilder text)
    {
        try
        {
            using IAuditKernel kernel = host.OpenAuditKernel();
            AuditStatus status = kernel.GetStatus();
            Gauge(text, "kernel.lost", status.Lost);
            Gauge(text, "kernel.backlog", status.Backlog);
        }
        catch (KernelRequestException)
        {
            // Without the right to ask, the others are still worth sending.
        }
    }

    void AddState(StringBuilder text)
    {
        foreach (string line in ReadState().Split('\n'))
        {
            // Memory is told with another sign, and with what it was before.
            int end = line.IndexOf(" = ", StringComparison.Ordinal);
            int start = end + " = ".Length;
            if (end < 0)
            {
                end = line.IndexOf(" is: ", StringComparison.Ordinal);
                start = end + " is: ".Length;
            }

            if (end < 0)
                continue;
            string value = line[start..].Split(' ')[0];
            foreach ((string label, string name) in s_gauges)
            {
                if (line.AsSpan(0, end).SequenceEqual(label) && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
                    Gauge(text, name, number);
            }
        }
    }

    string ReadState()
    {
        try
        {
            using var reader = new StreamReader(new FileStream(host.Files.OpenForReading(stateFile), FileAccess.Read));
            char[] text = new char[StateCharactersMax];
            return new string(text, 0, reader.ReadBlock(text));
        }
        catch (Exception exception) when (exception is TrailException or IOException)
        {
            return "";
        }
    }

    static void Gauge(StringBuilder text, string name, long value) => text.Append(CultureInfo.InvariantCulture, $"{name}:{value}|g\n");

    static void Count(StringBuilder text, string name, long value) => text.Append(CultureInfo.InvariantCulture, $"{name}:{value}|c\n");
}
