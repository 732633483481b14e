using System.Text.Json;
using Akashi.Control;
using Akashi.Host;
using Akashi.Rules;

namespace Akashi.Cli.Status;

/// <summary>The facts as one JSON object, for programs. A name, once given, keeps its meaning; what isn't known is missing.</summary>
static class StatusJson
{
    /// <summary>Writes it, with a line feed behind.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="verdict">What they come to.</param>
    /// <param name="isOneLine">Whether without line feeds between.</param>
    public static byte[] Write(StatusFacts facts, StatusVerdict verdict, bool isOneLine = false)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = !isOneLine }))
        {
            json.WriteStartObject();
            json.WriteString("state", NameOf(verdict.State));
            WriteTexts(json, "problems", verdict.Problems);
            json.WriteString("time", facts.Now);
            if (facts.Owner is { } owner)
                WriteOwner(json, owner);
            if (facts.Service is { } service)
                WriteService(json, service);
            if (facts.Trail is { } trail)
                WriteTrail(json, trail);
            if (facts.Kernel is { } kernel)
                WriteKernel(json, kernel);
            if (facts.Rules is { } rules)
                WriteRules(json, rules);
            if (facts.Recorder is { } recorder)
                WriteRecorder(json, recorder, facts.IsRecorderAlive);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    static void WriteRecorder(Utf8JsonWriter json, RecorderStatus recorder, bool isAlive)
    {
        json.WriteStartObject("recorder");
        json.WriteNumber("pid", recorder.Pid);
        json.WriteBoolean("running", isAlive && !recorder.IsEnded);
        json.WriteString("since", recorder.Since);
        json.WriteString("policy", recorder.Policy);
        json.WriteNumber("live", recorder.Live);
        json.WriteNumber("recorded", recorder.Recorded);
        json.WriteNumber("unrecorded", recorder.Unrecorded);
        json.WriteNumber("with_gaps", recorder.WithGaps);
        json.WriteNumber("missing_bytes", recorder.MissingBytes);
        json.WriteNumber("unsaid_records", recorder.Unsaid);
        json.WriteNumber("free_bytes", recorder.FreeBytes);
        json.WriteString("fault", recorder.Fault);
        json.WriteEndObject();
    }

    static string NameOf(RecordingState state) => state switch
    {
        RecordingState.Healthy => "healthy",
        RecordingState.Wrong => "wrong",
        RecordingState.NotRecording => "not-recording",
        _ => "unknown",
    };

    static void WriteOwner(Utf8JsonWriter json, RecordingProcess owner)
    {
        json.WriteStartObject("owner");
        json.WriteNumber("pid", owner.Pid);
        json.WriteString("name", owner.Name);
        json.WriteString("program", owner.Program);
        json.WriteString("since", owner.Started);
        json.WriteEndObject();
    }

    static void WriteService(Utf8JsonWriter json, ServiceStatus service)
    {
        json.WriteStartObject("service");
        json.WriteString("program", service.Program);
        json.WriteString("version", service.Version);
        if (service.Build.Length > 0)
            json.WriteString("akashi", service.Build);
        json.WriteNumber("pid", service.Pid);
        json.WriteString("since", service.Since);
        json.WriteBoolean("reads_kernel", service.ReadsKernel);
        json.WriteString("trail", service.TrailPath);
        json.WriteBoolean("suspended", service.IsSuspended);
        json.WriteBoolean("disk_error", service.HasDiskError);
        json.WriteNumber("received_records", service.ReceivedRecords);
        json.WriteNumber("events", service.Events);
        json.WriteNumber("written_records", service.WrittenRecords);
        json.WriteNumber("written_bytes", service.WrittenBytes);
        if (service.LastWritten is { } last)
            json.WriteString("last_written", last);
        json.WriteNumber("names_late", service.NamesLate);
        json.WriteBoolean("names_hang", service.NamesHang);
        WriteRates(json, service.Rates);
        WriteLosses(json, service);
        WriteRoom(json, service.Room, service.Rates.BytesDayKnown ?? 0);
        WritePlugins(json, service);
        WriteTexts(json, "unserved_keys", service.UnservedKeys);
        WriteTexts(json, "silent_hosts", service.SilentHosts);
        if (service.CertificateEnd is { } end)
            json.WriteString("certificate_end", end);
        json.WriteEndObject();
    }

    static void WriteRates(Utf8JsonWriter json, RecordingRates rates)
    {
        json.WriteStartObject("rates");
        json.WriteNumber("events_per_second_now", Math.Round(rates.EventsNow, 3));
        json.WriteNumber("events_per_second_minute", Math.Round(rates.EventsMinute, 3));
        json.WriteNumber("events_per_second_hour", Math.Round(rates.EventsHour, 3));
        if (rates.BytesDayKnown is { } bytes)
            json.WriteNumber("bytes_per_day", Math.Round(bytes));
        json.WriteNumber("bytes_per_day_over_seconds", rates.DaySeconds);
        json.WriteEndObject();
    }

    static void WriteLosses(Utf8JsonWriter json, ServiceStatus service)
    {
        json.WriteStartArray("losses");
        foreach (LossCount loss in service.Losses)
        {
            json.WriteStartObject();
            json.WriteString("source", loss.Name);
            json.WriteNumber("count", loss.Count);
            json.WriteNumber("arrived_late", loss.TakenBack);
            json.WriteNumber("unsaid", loss.Unsaid);
            if (loss.Last is { } last)
                json.WriteString("last", last);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (service.Absence is not { } absence)
            return;
        json.WriteStartObject("absence");
        json.WriteString("from", absence.From);
        json.WriteString("until", absence.Until);
        if (absence.IsCounted)
            json.WriteNumber("events", absence.Events);
        json.WriteEndObject();
    }

    static void WriteRoom(Utf8JsonWriter json, TrailRoom room, double bytesDay)
    {
        json.WriteStartObject("room");
        json.WriteNumber("trail_bytes", room.TrailBytes);
        json.WriteNumber("segments", room.Segments);
        json.WriteNumber("trail_bytes_max", room.TrailBytesMax);
        json.WriteNumber("disk_bytes", room.DiskBytes);
        json.WriteNumber("free_bytes", room.FreeBytes);
        json.WriteNumber("space_left_bytes", room.SpaceLeftBytes);
        if (room.RunwayDays(bytesDay) is { } runway)
            json.WriteNumber("runway_days", Math.Round(runway, 2));
        if (room.RetentionDays(bytesDay) is { } retention)
            json.WriteNumber("retention_days", Math.Round(retention, 2));
        json.WriteEndObject();
    }

    static void WritePlugins(Utf8JsonWriter json, ServiceStatus service)
    {
        json.WriteStartArray("plugins");
        foreach (PluginStatus plugin in service.Plugins)
        {
            json.WriteStartObject();
            json.WriteString("name", plugin.Name);
            json.WriteBoolean("active", plugin.IsActive);
            json.WriteNumber("waiting", plugin.Depth);
            json.WriteNumber("waiting_max", plugin.DepthMax);
            json.WriteNumber("queue_records", plugin.QueueRecords);
            json.WriteNumber("dropped", plugin.Dropped);
            json.WriteNumber("restarts", plugin.Restarts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteTrail(Utf8JsonWriter json, TrailLook trail)
    {
        json.WriteStartObject("trail");
        json.WriteString("path", trail.Path);
        if (trail.Refusal is { } refusal)
            json.WriteString("refusal", refusal);
        if (trail.Oldest is { } oldest)
            json.WriteString("oldest", oldest);
        if (trail.LastWritten is { } last)
            json.WriteString("last_written", last);
        if (trail.BytesDay is { } bytes)
            json.WriteNumber("bytes_per_day", Math.Round(bytes));
        if (trail.Room is { } room)
            WriteRoom(json, room, trail.BytesDay ?? 0);
        json.WriteEndObject();
    }

    static void WriteKernel(Utf8JsonWriter json, AuditStatus kernel)
    {
        json.WriteStartObject("kernel");
        json.WriteNumber("enabled", kernel.Enabled);
        json.WriteNumber("pid", kernel.Pid);
        json.WriteNumber("failure", kernel.Failure);
        json.WriteNumber("rate_limit", kernel.RateLimit);
        json.WriteNumber("backlog", kernel.Backlog);
        json.WriteNumber("backlog_limit", kernel.BacklogLimit);
        json.WriteNumber("lost", kernel.Lost);
        json.WriteEndObject();
    }

    static void WriteRules(Utf8JsonWriter json, RuleSummary rules)
    {
        json.WriteStartObject("rules");
        json.WriteNumber("count", rules.Count);
        json.WriteStartObject("keys");
        foreach ((string key, int count) in rules.Keys)
            json.WriteNumber(key, count);
        json.WriteEndObject();
        WriteTexts(json, "watched", rules.Watched);
        json.WriteEndObject();
    }

    static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
