using System.Globalization;
using System.Text;

namespace Akashi.Control;

/// <summary>A status as metrics in Prometheus' text format 0.0.4.</summary>
/// <remarks>
/// By its conventions: a prefix, base units (bytes, seconds), <c>_total</c> behind counters and nothing else, HELP and TYPE once before a metric's
/// samples. No <c>sum()</c> over the sources of akashi_lost_total says anything: they overlap.
/// </remarks>
public static class MetricsText
{
    /// <summary>Writes them.</summary>
    public static byte[] Write(ServiceStatus status)
    {
        var text = new StringBuilder();
        Begin(text, "akashi_build_info", "gauge", "The version that records.");
        Add(text, "akashi_build_info", 1, ("version", status.Version), ("program", status.Program));
        AddOne(text, "akashi_start_time_seconds", "gauge", "When it began to record, since the epoch.", Seconds(status.Since));
        AddOne(text, "akashi_recording", "gauge", "Whether the kernel's audit is read and the trail takes records.", IsRecording(status) ? 1 : 0);
        AddOne(text, "akashi_records_received_total", "counter", "Records received from the kernel.", status.ReceivedRecords);
        AddOne(text, "akashi_events_total", "counter", "Events of the kernel that were seen.", status.Events);
        AddOne(text, "akashi_records_written_total", "counter", "Records in the trail.", status.WrittenRecords);
        AddOne(text, "akashi_written_bytes_total", "counter", "Bytes in the trail.", status.WrittenBytes);
        AddOne(text, "akashi_receive_stalls_total", "counter", "Times the kernel was let wait because the ring was full.", status.Stalls);
        AddOne(text, "akashi_foreign_messages_total", "counter", "Datagrams that were not the kernel's, or truncated.", status.Faults);
        AddOne(text, "akashi_names_late_total", "counter", "Names of users and groups that did not come in time.", status.NamesLate);
        AddLosses(text, status);
        AddTrail(text, status);
        AddPlugins(text, status);
        AddKernel(text, status);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    static bool IsRecording(ServiceStatus status) =>
        status is { ReadsKernel: true, IsSuspended: false, HasDiskError: false } && status.Kernel is not { Enabled: 0 };

    static void AddLosses(StringBuilder text, ServiceStatus status)
    {
        Begin(text, "akashi_lost_total", "counter", "What is missing from trail or plugins, by who lost it; the sources overlap.");
        foreach (LossCount loss in status.Losses)
            Add(text, "akashi_lost_total", loss.Count + loss.TakenBack, ("source", loss.Name));
        Begin(text, "akashi_late_total", "counter", "What was counted as lost and arrived after all.");
        foreach (LossCount loss in status.Losses)
            Add(text, "akashi_late_total", loss.TakenBack, ("source", loss.Name));
    }

    static void AddTrail(StringBuilder text, ServiceStatus status)
    {
        if (status.LastWritten is { } last)
            AddOne(text, "akashi_last_written_timestamp_seconds", "gauge", "When a record was written last, since the epoch.", Seconds(last));
        AddOne(text, "akashi_trail_bytes", "gauge", "Bytes of all segments.", status.Room.TrailBytes);
        AddOne(text, "akashi_trail_segments", "gauge", "Segments.", status.Room.Segments);
        AddOne(text, "akashi_disk_free_bytes", "gauge", "Free bytes of the trail's file system.", status.Room.FreeBytes);
        AddOne(text, "akashi_disk_size_bytes", "gauge", "Bytes of the trail's file system.", status.Room.DiskBytes);
        AddOne(text, "akashi_suspended", "gauge", "Whether writing is suspended.", status.IsSuspended ? 1 : 0);
        AddOne(text, "akashi_disk_error", "gauge", "Whether the disk refuses.", status.HasDiskError ? 1 : 0);
    }

    static void AddPlugins(StringBuilder text, ServiceStatus status)
    {
        AddEach("akashi_plugin_up", "gauge", "Whether the plugin runs.", plugin => plugin.IsActive ? 1 : 0);
        AddEach("akashi_plugin_queue_records", "gauge", "Records that wait for the plugin.", plugin => plugin.Depth);
        AddEach("akashi_plugin_dropped_records_total", "counter", "Records that found its queue full.", plugin => plugin.Dropped);
        AddEach("akashi_plugin_restarts_total", "counter", "Times it was started anew.", plugin => plugin.Restarts);

        void AddEach(string name, string type, string help, Func<PluginStatus, long> value)
        {
            if (status.Plugins.Count == 0)
                return;
            Begin(text, name, type, help);
            foreach (PluginStatus plugin in status.Plugins)
                Add(text, name, value(plugin), ("plugin", plugin.Name));
        }
    }

    static void AddKernel(StringBuilder text, ServiceStatus status)
    {
        if (status.Kernel is not { } kernel)
            return;
        AddOne(text, "akashi_kernel_enabled", "gauge", "0 off, 1 on, 2 on and immutable.", kernel.Enabled);
        AddOne(text, "akashi_kernel_backlog_records", "gauge", "Records that wait in the kernel.", kernel.Backlog);
        AddOne(text, "akashi_kernel_backlog_limit_records", "gauge", "Records that may wait in the kernel.", kernel.BacklogLimit);
        AddOne(text, "akashi_kernel_lost_records", "gauge", "The kernel's own count of lost records, which can be set back.", kernel.Lost);
    }

    static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    static void AddOne(StringBuilder text, string name, string type, string help, double value)
    {
        Begin(text, name, type, help);
        Add(text, name, value);
    }

    static void Begin(StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    static void Add(StringBuilder text, string name, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        text.Append(name);
        for (int index = 0; index < labels.Length; index++)
            text.Append(index == 0 ? '{' : ',').Append(labels[index].Name).Append("=\"").Append(Escape(labels[index].Value)).Append('"');
        if (labels.Length > 0)
            text.Append('}');
        text.Append(' ').Append(value.ToString("0.###", CultureInfo.InvariantCulture)).Append('\n');
    }

    static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
