using Akashi.Host;

namespace Akashi.Control;

/// <summary>All kinds of lines of the text of a status. A name, once given, keeps its meaning.</summary>
static class StatusRows
{
    public static StatusRow[] All { get; } =
    [
        StatusRow.Text("program", status => status.Program, (status, text) => status with { Program = text }),
        StatusRow.Text("version", status => status.Version, (status, text) => status with { Version = text }),
        StatusRow.Text("akashi", status => status.Build, (status, text) => status with { Build = text }),
        StatusRow.Number("pid", status => status.Pid, (status, number) => status with { Pid = (int)number }, int.MaxValue),
        StatusRow.Time("since", status => status.Since, (status, time) => status with { Since = time }),
        StatusRow.Time("now", status => status.Now, (status, time) => status with { Now = time }),
        StatusRow.YesNo("reads-kernel", status => status.ReadsKernel, (status, value) => status with { ReadsKernel = value }),
        StatusRow.Text("trail", status => status.TrailPath, (status, text) => status with { TrailPath = text }),
        StatusRow.YesNo("suspended", status => status.IsSuspended, (status, value) => status with { IsSuspended = value }),
        StatusRow.YesNo("disk-error", status => status.HasDiskError, (status, value) => status with { HasDiskError = value }),
        StatusRow.Number("received", status => status.ReceivedRecords, (status, number) => status with { ReceivedRecords = number }),
        StatusRow.Number("events", status => status.Events, (status, number) => status with { Events = number }),
        StatusRow.Number("written", status => status.WrittenRecords, (status, number) => status with { WrittenRecords = number }),
        StatusRow.Number("written-bytes", status => status.WrittenBytes, (status, number) => status with { WrittenBytes = number }),
        StatusRow.Time("last-written", status => status.LastWritten, (status, time) => status with { LastWritten = time }),
        StatusRow.Number("stalls", status => status.Stalls, (status, number) => status with { Stalls = number }),
        StatusRow.Number("faults", status => status.Faults, (status, number) => status with { Faults = number }),
        StatusRow.Number("restarts-refused", status => status.RestartsRefused, (status, number) => status with { RestartsRefused = number }),
        StatusRow.Number("names-late", status => status.NamesLate, (status, number) => status with { NamesLate = number }),
        StatusRow.YesNo("names-hang", status => status.NamesHang, (status, value) => status with { NamesHang = value }),
        new("rates", 5, WriteRates, TryReadRates),
        new("loss", 5, WriteLosses, TryReadLoss),
        new("absence", 4, WriteAbsence, TryReadAbsence),
        new("room", 6, WriteRoom, TryReadRoom),
        new("plugin", 7, WritePlugins, TryReadPlugin),
        new("unserved", 1, status => status.UnservedKeys.Select(key => (string[])[ServiceStatusText.Escape(key)]), TryReadUnserved),
        new("silent-host", 1, status => status.SilentHosts.Select(node => (string[])[ServiceStatusText.Escape(node)]), TryReadSilent),
        StatusRow.Time("certificate-end", status => status.CertificateEnd, (status, time) => status with { CertificateEnd = time }),
        new("kernel", 10, status => status.Kernel is { } kernel ? [StatusRow.Text(kernel)] : [], TryReadKernel),
    ];

    public static StatusRow? Find(string name) => Array.Find(All, row => row.Name == name);

    // now, minute, hour, bytes a day, its seconds
    static IEnumerable<string[]> WriteRates(ServiceStatus status)
    {
        RecordingRates rates = status.Rates;
        yield return
        [
            StatusRow.Text(rates.EventsNow), StatusRow.Text(rates.EventsMinute), StatusRow.Text(rates.EventsHour),
            StatusRow.Text(rates.BytesDay), StatusRow.Text(rates.DaySeconds),
        ];
    }

    static bool TryReadRates(ReadOnlySpan<string> values, ref ServiceStatus status)
    {
        if (!StatusRow.TryDecimal(values[0], out double now) || !StatusRow.TryDecimal(values[1], out double minute)
            || !StatusRow.TryDecimal(values[2], out double hour) || !StatusRow.TryDecimal(values[3], out double day)
            || !StatusRow.TryNumber(values[4], out long seconds))
            return false;
        status = status with
        {
            Rates = new RecordingRates { EventsNow = now, EventsMinute = minute, EventsHour = hour, BytesDay = day, DaySeconds = seconds },
        };
        return true;
    }

    // source, count, last (0 for never), unsaid, taken back
    static IEnumerable<string[]> WriteLosses(ServiceStatus status) => status.Losses.Select(loss => (string[])
    [
        loss.Name, StatusRow.Text(loss.Count), StatusRow.Text(loss.Last ?? DateTimeOffset.UnixEpoch), StatusRow.Text(loss.Unsaid),
        StatusRow.Text(loss.TakenBack),
    ]);

    // A source that a newer service knows is passed over.
    static bool TryReadLoss(ReadOnlySpan<string> values, ref ServiceStatus status)
    {
        if (!StatusRow.TryNumber(values[1], out long count) || !StatusRow.TryTime(values[2], out DateTimeOffset last)
            || !StatusRow.TryNumber(values[3], out long unsaid) || !StatusRow.TryNumber(values[4], out long takenBack))
            return false;
        foreach (LossSource source in Enum.GetValues<LossSource>())
        {
            if (LossCount.NameOf(source) == values[0])
            {
                DateTimeOffset? noticed = last == DateTimeOffset.UnixEpoch ? null : last;
                status = status with { Losses = [.. status.Losses, new LossCount(source, count, noticed, unsaid, takenBack)] };
            }
        }

        return true;
    }

    // from, until, events, counted
    static IEnumerable<string[]> WriteAbsence(ServiceStatus status)
    {
        if (status.Absence is { } absence)
            yield return [StatusRow.Text(absence.From), StatusRow.Text(absence.Until), StatusRow.Text(absence.Events), absence.IsCounted ? "1" : "0"];
    }

    static bool TryReadAbsence(ReadOnlySpan<string> values, ref ServiceStatus status)
    {
        if (!StatusRow.TryTime(values[0], out DateTimeOffset from) || !StatusRow.TryTime(values[1], out DateTimeOffset until)
            || !StatusRow.TryNumber(values[2], out long events) || values[3] is not ("0" or "1"))
            return false;
        status = status with { Absence = new RecordingAbsence(from, until, events, values[3] == "1") };
        return true;
    }

    // trail, segments, trail at most, disk, free, space left
    static IEnumerable<string[]> WriteRoom(ServiceStatus status)
    {
        TrailRoom room = status.Room;
        yield return
        [
            StatusRow.Text(room.TrailBytes), StatusRow.Text(room.Segments), StatusRow.Text(room.TrailBytesMax),
            StatusRow.Text(room.DiskBytes), StatusRow.Text(room.FreeBytes), StatusRow.Text(room.SpaceLeftBytes),
        ];
    }

    static bool TryReadRoom(ReadOnlySpan<string> values, ref ServiceStatus status)
    {
        Span<long> numbers = stackalloc long[6];
        for (int index = 0; index < numbers.Length; index++)
        {
            if (!StatusRow.TryNumber(values[index], out numbers[index]))
                return false;
        }

        if (numbers[1] > int.MaxValue)
            return false;
        status = status with
        {
            Room = new TrailRoom
            {
                TrailBytes = numbers[0], Segments = (int)numbers[1], TrailBytesMax = numbers[2],
                DiskBytes = numbers[3], FreeBytes = numbers[4], SpaceLeftBytes = numbers[5],
            },
        };
        return true;
    }

    // name, active, depth, most ever, queue, dropped, restarts
    static IEnumerable<string[]> WritePlugins(ServiceStatus status) => status.Plugins.Select(plugin => (string[])
    [
        ServiceStatusText.Escape(plugin.Name), plugin.IsActive ? "1" : "0", StatusRow.Text(plugin.Depth), StatusRow.Text(plugin.DepthMax),
        StatusRow.Text(plugin.QueueRecords), StatusRow.Text(plugin.Dropped), StatusRow.Text(plugin.Restarts),
    ]);

    static bool TryReadPlugin(ReadOnlySpan<string> values, ref ServiceStatus status)
    {
        if (!ServiceStatusText.TryUnescape(values[0], out string name) || values[1] is not ("0" or "1")
            || !StatusRow.TryNumber(values[2], out long depth) || !StatusRow.TryNumber(values[3], out long depthMax)
            || !StatusRow.TryNumber(values[4], out long queue) || queue > int.MaxValue
            || !StatusRow.TryNumber(values[5], out long dropped) || !StatusRow.TryNumber(values[6], out long restarts) || restarts > int.MaxValue)
            return false;
        var plugin = new PluginStatus(name, values[1] == "1", depth, depthMax, (int)queue, dropped, (int)restarts);
        status = status with { Plugins = [.. status.Plugins, plugin] };
        return true;
    }

    static bool TryReadUnserved(ReadOnlySpan<string> values, ref ServiceStatus status)
    {
        if (!ServiceStatusText.TryUnescape(values[0], out string key))
            return false;
        status = status with { UnservedKeys = [.. status.UnservedKeys, key] };
        return true;
    }

    static bool TryReadSilent(ReadOnlySpan<string> values, ref ServiceStatus status)
    {
        if (!ServiceStatusText.TryUnescape(values[0], out string node))
            return false;
        status = status with { SilentHosts = [.. status.SilentHosts, node] };
        return true;
    }

    static bool TryReadKernel(ReadOnlySpan<string> values, ref ServiceStatus status)
    {
        if (!StatusRow.TryKernel(values, out AuditStatus kernel))
            return false;
        status = status with { Kernel = kernel };
        return true;
    }
}
