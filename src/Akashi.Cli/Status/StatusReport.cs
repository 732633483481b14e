using System.Globalization;
using System.Text;
using Akashi.Control;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.Status;

/// <summary>The facts as text: a headline, what is wrong, and a line for each matter; with colours where they are wanted, and the same words without.</summary>
sealed class StatusReport(Utf8Output output, IHost host, bool hasColors)
{
    const string Green = "\e[1;32m";
    const string Yellow = "\e[1;33m";
    const string Red = "\e[1;31m";
    const string Dim = "\e[2m";

    /// <summary>Where the second column begins.</summary>
    public const int LabelColumns = 10;

    /// <summary>Prints it.</summary>
    public void Print(StatusFacts facts, StatusVerdict verdict)
    {
        PrintHeadline(facts, verdict);
        foreach (string problem in verdict.Problems)
            PrintLine(verdict.State == RecordingState.Wrong ? Yellow : Red, "  ! ", problem);
        output.EndLine();
        if (facts.Service is { } service)
            PrintService(service);
        else
            PrintTrail(facts.Trail!);
        PrintKernel(facts);
        PrintRules(facts);
        if (facts.Recorder is { } recorder)
            PrintRecorder(recorder);
        if (facts.UnservedKeys.Count > 0)
            Row("remote", $"not served yet: {string.Join(", ", facts.UnservedKeys)}");
        if (facts.Service?.CertificateEnd is { } end)
            Row("remote", StatusVerdict.DescribeCertificate(end, facts.Now));
        if (facts.ServiceRefusal is { } refusal)
            Row("service", $"can't be asked: {refusal} (root may, and the group of {ControlRequest.SocketPath})");
        else if (facts.Service is null && facts.Owner is not null)
            Row("service", "not ours, or without a control socket: rates, losses and plugins are not known");
        if (facts.Candidate is { } candidate)
            Row("process", $"{candidate.Name}, process {candidate.Pid}, runs since {Time(candidate.Started)}; whether it records can't be seen");
    }

    /// <summary>The headline's first words.</summary>
    public static string WordsOf(RecordingState state) => state switch
    {
        RecordingState.Healthy => "recording",
        RecordingState.Wrong => "recording, but something is wrong",
        RecordingState.NotRecording => "not recording",
        _ => "not known whether this machine is recorded",
    };

    void PrintHeadline(StatusFacts facts, StatusVerdict verdict)
    {
        string color = verdict.State switch { RecordingState.Healthy => Green, RecordingState.NotRecording => Red, _ => Yellow };
        string words = WordsOf(verdict.State);
        Paint(color, hasColors ? $"● {words}" : words);
        Write(verdict.State == RecordingState.Wrong ? "; it records" : "");
        bool isOurs = facts.Service is { } own && (facts.Owner is null || facts.Owner.Value.Pid == own.Pid);
        if (isOurs && verdict.State != RecordingState.NotRecording)
            Write($" since {Time(facts.Service!.Since)} ({Span(facts.Now - facts.Service.Since)}): {facts.Service.Program}, process {facts.Service.Pid}, as auditd {facts.Service.Version}, {DescribeBuild(facts.Service)}");
        else if (facts.Owner is { } owner)
            Write($" since {Time(owner.Started)} ({Span(facts.Now - owner.Started)}): {owner.Name}, process {owner.Pid}{(owner.Program.Length > 0 ? $" ({owner.Program})" : "")}");
        output.EndLine();
    }

    static string DescribeBuild(ServiceStatus service) =>
        service.Build.Length == 0 || service.Build == Version.Text ? $"akashi {Version.Text}" : $"akashi {service.Build} (this is akashi {Version.Text}: akashi restart)";

    void PrintService(ServiceStatus service)
    {
        RecordingRates rates = service.Rates;
        Row("events", Invariant($"now {rates.EventsNow:0.0}/s, 1 min {rates.EventsMinute:0.0}/s, 1 h {rates.EventsHour:0.0}/s; {service.Events:#,0} since the start, {service.WrittenRecords:#,0} records"));
        if (service.TrailPath.Length == 0)
            Row("trail", "none is written");
        else
            PrintRoom(service.TrailPath, service.Room, rates.BytesDayKnown ?? 0, rates.DaySeconds, service.LastWritten);
        PrintLosses(service);
        PrintPlugins(service);
        if (service.NamesLate > 0)
            Row("names", Invariant($"{service.NamesLate:#,0} of users and groups did not come in time: unknown(N) in the trail"), Yellow);
    }

    void PrintTrail(TrailLook trail)
    {
        if (trail.Room is { } room)
            PrintRoom(trail.Path, room, trail.BytesDay ?? 0, trail.BytesDay is null ? 0 : (long)(trail.LastWritten - trail.Oldest)!.Value.TotalSeconds, trail.LastWritten);
        else
            Row("trail", trail.Refusal ?? trail.Path);
    }

    void PrintRoom(string path, TrailRoom room, double bytesDay, long overSeconds, DateTimeOffset? last)
    {
        string rate = bytesDay > 0 ? $"{Bytes(bytesDay)} a day (over {Span(TimeSpan.FromSeconds(overSeconds))}), " : "";
        Row("trail", $"{path}: {rate}{Bytes(room.TrailBytes)} in {room.Segments} {(room.Segments == 1 ? "segment" : "segments")}{(last is { } time ? $", written {Time(time)}" : "")}");
        string runway = bytesDay <= 0 ? ""
            : room.RunwayDays(bytesDay) is { } days ? $", lasts for {Days(days)}"
            : ", lasts: rotation keeps the trail within it";
        string reach = room.RetentionDays(bytesDay) is { } back ? $"; the trail reaches back {Days(back)}" : "";
        Row("disk", $"{Bytes(room.FreeBytes)} of {Bytes(room.DiskBytes)} free{runway}{reach}");
    }

    // The counts overlap and are never added up: a line for each.
    void PrintLosses(ServiceStatus service)
    {
        string label = "lost";
        foreach (LossCount loss in service.Losses)
        {
            if (loss.Count == 0 && loss.TakenBack == 0 && loss.Source is not (LossSource.Kernel or LossSource.Gap or LossSource.Disk))
                continue;
            string when = loss.Last is { } last ? $", last {Time(last)}" : "";
            string late = loss.TakenBack > 0 ? Invariant($", {loss.TakenBack:#,0} arrived late") : "";
            string unsaid = loss.Unsaid > 0 ? Invariant($", {loss.Unsaid:#,0} not yet said in the trail") : "";
            Row(label, loss.Describe() + when + late + unsaid, loss.Count > 0 ? Yellow : null);
            label = "";
        }

        if (service.Absence is { } absence)
            Row(label, $"the service before ended without a word: nobody recorded from {Time(absence.From)} to {Time(absence.Until)}{(absence.IsCounted ? "" : ", nobody knows what")}", Yellow);
    }

    void PrintPlugins(ServiceStatus service)
    {
        string label = "plugins";
        if (service.Plugins.Count == 0)
            Row(label, "none");
        foreach (PluginStatus plugin in service.Plugins)
        {
            Row(label, Invariant($"{plugin.Name}: {(plugin.IsActive ? "runs" : "has ended")}, {plugin.Depth:#,0} of {plugin.QueueRecords:#,0} wait (most {plugin.DepthMax:#,0}), {plugin.Dropped:#,0} dropped, started anew {plugin.Restarts} times"),
                plugin.IsActive ? null : Yellow);
            label = "";
        }
    }

    void PrintKernel(StatusFacts facts)
    {
        if (facts.Kernel is not { } kernel)
        {
            Row("kernel", $"not to be seen: {facts.KernelRefusal}");
            return;
        }

        string enabled = kernel.Enabled switch { 0 => "off", 1 => "on", _ => "on, immutable until the next boot" };
        Row("kernel", Invariant($"{enabled}; backlog {kernel.Backlog:#,0} of {kernel.BacklogLimit:#,0}; {kernel.Lost:#,0} lost by its own count"));
    }

    void PrintRules(StatusFacts facts)
    {
        if (facts.Rules is not { } rules)
        {
            Row("rules", $"not to be seen{(facts.RulesRefusal is { } why ? ": " + why : "")}");
            return;
        }

        string keys = string.Join(", ", rules.Keys.Select(key => $"{(key.Key.Length > 0 ? key.Key : "(no key)")} {key.Count}"));
        Row("rules", $"{rules.Count}{(keys.Length > 0 ? ": " + keys : "")}");
        if (rules.Count > 0)
            Row("watched", rules.Watched.Count > 0 ? string.Join("; ", rules.Watched) : "nobody");
    }

    void PrintRecorder(RecorderStatus recorder)
    {
        string unrecorded = recorder.Unrecorded > 0 ? Invariant($"; {recorder.Unrecorded:#,0} claims not recorded") : "";
        string gaps = recorder.WithGaps > 0 ? Invariant($"; {recorder.WithGaps:#,0} recordings with gaps or without an end") : "";
        string waiting = recorder.Unsaid > 0 ? Invariant($"; {recorder.Unsaid:#,0} audit records wait") : "";
        Row(
            "logins", Invariant($"{recorder.Live:#,0} recorded now, {recorder.Recorded:#,0} since {Time(recorder.Since)}{unrecorded}{gaps}{waiting}{(recorder.IsEnded ? "; the recorder is stopped" : "")}"),
            unrecorded.Length + gaps.Length > 0 || recorder.IsEnded ? Yellow : null);
    }

    void Row(string label, string text, string? color = null)
    {
        if (hasColors)
            output.Write(Dim);
        output.Write(label.PadRight(LabelColumns));
        if (hasColors)
            output.Write("\e[0m"u8);
        PrintLine(color, "", text);
    }

    void PrintLine(string? color, string before, string text)
    {
        Paint(color, before + text);
        output.EndLine();
    }

    void Paint(string? color, string text)
    {
        bool isPainted = hasColors && color is not null;
        if (isPainted)
            output.Write(color);
        Write(text);
        if (isPainted)
            output.Write("\e[0m"u8);
    }

    // Names of processes, keys and paths are others' words: nothing of them steers a terminal.
    void Write(string text) => output.WriteEscaped(Encoding.UTF8.GetBytes(text));

    string Time(DateTimeOffset time)
    {
        LocalDateTime local = host.LocalTime.ToLocal(time.ToUnixTimeSeconds());
        return Invariant($"{local.Year:0000}-{local.Month:00}-{local.Day:00} {local.Hour:00}:{local.Minute:00}:{local.Second:00}");
    }

    static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => Invariant($"{span.TotalDays:0.0} days"),
        { TotalHours: >= 1 } => Invariant($"{(int)span.TotalHours} h {span.Minutes} min"),
        { TotalMinutes: >= 1 } => Invariant($"{span.Minutes} min"),
        _ => Invariant($"{Math.Max((int)span.TotalSeconds, 0)} s"),
    };

    static string Days(double days) => days switch
    {
        > 3650 => "more than ten years",
        >= 10 => Invariant($"{days:0} days"),
        >= 1 => Invariant($"{days:0.0} days"),
        _ => Invariant($"{days * 24:0.0} hours"),
    };

    static string Bytes(double bytes) => bytes switch
    {
        >= 1L << 40 => Invariant($"{bytes / (1L << 40):0.0} TiB"),
        >= 1 << 30 => Invariant($"{bytes / (1 << 30):0.0} GiB"),
        >= 1 << 20 => Invariant($"{bytes / (1 << 20):0.0} MiB"),
        _ => Invariant($"{bytes / 1024:0.0} KiB"),
    };

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
