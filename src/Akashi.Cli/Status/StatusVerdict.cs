using System.Globalization;
using Akashi.Control;
using Akashi.Health;

namespace Akashi.Cli.Status;

/// <summary>Whether this machine is recorded, and whether all is well: the exit code of <c>akashi status</c>.</summary>
/// <remarks>2 is wrong usage, as everywhere; 3 and 4 are what LSB has for <c>status</c>: not running, unknown.</remarks>
enum RecordingState
{
    /// <summary>Recording, and nothing is wrong.</summary>
    Healthy = 0,

    /// <summary>Recording, and something is wrong.</summary>
    Wrong = 1,

    /// <summary>Not recording.</summary>
    NotRecording = 3,

    /// <summary>Whether it records can't be found out: it needs root, or the group that may ask.</summary>
    Unknown = 4,
}

/// <summary>What the facts come to.</summary>
/// <param name="State">In one word.</param>
/// <param name="Problems">What is wrong, a line each, the gravest first.</param>
sealed record StatusVerdict(RecordingState State, IReadOnlyList<string> Problems)
{
    /// <summary>A disk that lasts for fewer days is a problem.</summary>
    public const int RunwayDaysMin = 7;

    // What was lost earlier stays in the counts and in the trail, but is no news.
    static readonly TimeSpan s_lossNews = TimeSpan.FromDays(1);

    /// <summary>Judges.</summary>
    public static StatusVerdict Of(StatusFacts facts)
    {
        if (facts.Kernel is not { } kernel)
            return new StatusVerdict(RecordingState.Unknown, [facts.ServiceRefusal ?? facts.KernelRefusal ?? "the kernel does not answer", .. ProblemsOfCollector(facts)]);
        var problems = new List<string>();
        if (facts.Owner is null)
            problems.Add(kernel.Pid == 0 ? "no process takes the kernel's records" + DescribeCollector(facts) : $"process {kernel.Pid}, which took the kernel's records, has died");
        if (kernel.Enabled == 0)
            problems.Add("the kernel's audit is switched off (auditctl -e 1 switches it on)");
        if (problems.Count > 0)
            return new StatusVerdict(RecordingState.NotRecording, [.. problems, .. ProblemsOfCollector(facts)]);
        if (facts.Service is { ReadsKernel: true } service && service.Pid == kernel.Pid)
            JudgeService(service, facts.Now, problems);
        if (facts.IsRecorderUsed)
            JudgeRecorder(facts, problems);
        if (facts.Sender?.Fault is { } unsent)
            problems.Add(unsent + " (akashi doctor)");
        if (facts.Rules is { Count: 0 })
            problems.Add("no rules are loaded: little is recorded beside logins");
        if (kernel.BacklogLimit > 0 && kernel.Backlog > kernel.BacklogLimit * 9L / 10)
            problems.Add("the kernel's backlog is nearly full");
        problems.AddRange(ProblemsOfCollector(facts));
        return new StatusVerdict(problems.Count == 0 ? RecordingState.Healthy : RecordingState.Wrong, problems);
    }

    /// <summary>When the certificate of a receiver ends.</summary>
    public static string DescribeCertificate(DateTimeOffset end, DateTimeOffset now) => $"the certificate that other machines are received with {CertificateFinding.Describe(end, now)}";

    // What receives other machines' records is judged whatever becomes of this machine's own.
    static List<string> ProblemsOfCollector(StatusFacts facts)
    {
        var problems = new List<string>();
        if (facts.Service is { ReadsKernel: false } collector)
            JudgeService(collector, facts.Now, problems);
        return problems;
    }

    static string DescribeCollector(StatusFacts facts) => facts.Service is { ReadsKernel: false } collector
        ? $": {collector.Program} (process {collector.Pid}) receives other machines' alone (local_events = no)"
        : "";

    static void JudgeRecorder(StatusFacts facts, List<string> problems)
    {
        if (facts.Recorder is not { IsEnded: false } || !facts.IsRecorderAlive)
            problems.Add($"akashi recorder {(facts.Recorder is { IsEnded: false } ? "was killed" : "doesn't run")}: logins aren't recorded (systemctl start akashi-recorder)");
        else if (facts.Recorder.Fault.Length > 0)
            problems.Add($"logins can't be recorded: {facts.Recorder.Fault}");
    }

    static void JudgeService(ServiceStatus service, DateTimeOffset now, List<string> problems)
    {
        if (service.IsSuspended)
            problems.Add("writing is suspended until SIGUSR2");
        if (service.HasDiskError)
            problems.Add("the disk refuses records");
        foreach (LossCount loss in service.Losses.Where(loss => loss.Count > 0 && now - loss.Last < s_lossNews))
            problems.Add($"records were lost in the last 24 hours: {loss.Describe()}");
        if (service.Absence is { } absence && now - absence.Until < s_lossNews && absence is not { IsCounted: true, Events: 0 })
            problems.Add("the service before this one ended without a word: records may be missing");
        foreach (PluginStatus plugin in service.Plugins.Where(plugin => !plugin.IsActive))
            problems.Add($"plugin {plugin.Name} has ended too often and gets nothing");
        if (service.Room.RunwayDays(service.Rates.BytesDayKnown ?? 0) is < RunwayDaysMin and double days)
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"the disk lasts for {days:0.#} days until space_left"));
        if (service.NamesHang)
            problems.Add("who gives the names of users and groups hangs: new ones are unknown(N) in the trail");
        if (service.SilentHosts.Count > 0)
            problems.Add($"hosts are silent: {string.Join(", ", service.SilentHosts.Take(5))}{(service.SilentHosts.Count > 5 ? ", …" : "")} (akashi hosts)");
        foreach (string key in service.UnservedKeys)
            problems.Add($"remote not served yet: {key}");
        if (service.CertificateEnd is { } end && end - now < CertificateFinding.News)
            problems.Add(DescribeCertificate(end, now));
    }
}
