using System.Text.Json;
using Akashi.Control;

namespace Akashi.Cli.Hosts;

/// <summary>Hosts for programs: an object a line. A name, once given, keeps its meaning; what isn't known is missing.</summary>
static class HostsJson
{
    /// <summary>Writes them.</summary>
    public static byte[] Write(IEnumerable<HostStatus> hosts, DateTimeOffset now)
    {
        using var stream = new MemoryStream();
        foreach (HostStatus host in hosts)
        {
            using (var json = new Utf8JsonWriter(stream))
                Write(json, host, now);
            stream.WriteByte((byte)'\n');
        }

        return stream.ToArray();
    }

    static void Write(Utf8JsonWriter json, HostStatus host, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("node", host.Node);
        WriteText(json, "sender", host.Sender);
        WriteText(json, "address", host.Address);
        WriteText(json, "transport", host.Transport);
        WriteText(json, "program", host.Program);
        json.WriteString("first", host.First);
        json.WriteString("heard", host.Heard);
        json.WriteNumber("heard_seconds_ago", Math.Round((now - host.Heard).TotalSeconds, 3));
        json.WriteNumber("records", host.Records);
        json.WriteNumber("records_per_second", Math.Round(host.Rate, 1));
        if (host.LagMilliseconds is { } lag)
            json.WriteNumber("lag_ms", lag);
        if (host.BehindMilliseconds is { } behind)
            json.WriteNumber("clock_behind_ms", behind);
        json.WriteNumber("refused", host.Refused);
        json.WriteStartObject("lost");
        foreach ((string source, long count) in host.Losses)
            json.WriteNumber(source, count);
        json.WriteEndObject();
        json.WriteBoolean("connected", host.IsConnected);
        json.WriteBoolean("silent", host.IsSilent);
        json.WriteBoolean("disk_share_used_up", host.IsFull);
        json.WriteBoolean("slowed", host.IsSlowed);
        WriteText(json, "directory", host.Directory);
        if (host.Directory.Length > 0)
            json.WriteNumber("directory_bytes", host.DirectoryBytes);
        json.WriteEndObject();
    }

    static void WriteText(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
            json.WriteString(name, value);
    }
}
