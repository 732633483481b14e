using System.Globalization;
using Akashi.Cli.Borrowing;
using Akashi.Cli.Live;
using Akashi.Diagnostics;
using Akashi.Events;
using Akashi.Host;
using Akashi.Live;
using Akashi.Rules;
using Akashi.Trail;

namespace Akashi.Cli.RuleCommands;

/// <summary><c>akashi rules cost</c>: how many events and bytes the rules make on this machine, by key.</summary>
/// <remarks>
/// Without files the loaded rules are measured, beside whoever records, or as the kernel's owner for a while where nobody does. The rules of files are
/// tried out behind the loaded ones, each under a key of its own; processes don't wait for the backlog meanwhile. This process is left out.
/// </remarks>
sealed class CostCommand(Invocation invocation, RuleReport report)
{
    const int Refused = 302;

    static readonly TimeSpan s_usual = TimeSpan.FromSeconds(60);

    readonly IHost _host = invocation.Host;

    /// <summary>Measures, and prints the result.</summary>
    /// <returns>0; 1 where the candidates aren't rules, one was refused, or they made too many events.</returns>
    public int Run(CostOptions typed, BorrowingPlace place)
    {
        IReadOnlyList<CandidateRule> candidates = [];
        if (typed.Paths.Count > 0 && !TryReadCandidates(typed.Paths, out candidates))
            return 1;
        TimeSpan duration = typed.Duration ?? s_usual;
        if (candidates.Count == 0 && FindOwner() is { } owner)
        {
            long since = _host.Clock.GetUtcNow().ToUnixTimeMilliseconds();
            using IEventSource source = OpenBeside(owner, out string name);
            using IAuditKernel kernel = _host.OpenAuditKernel();
            using var beside = new CostMeasurement(invocation, source, kernel, [], typed.EventsPerSecondMax, since);
            beside.Begin();
            Print(beside.Run(duration), name, [], kernel);
            return 0;
        }

        using BorrowedKernel borrowed = BorrowedKernel.Borrow(_host, place);
        return Measure(borrowed, candidates, duration, typed.EventsPerSecondMax);
    }

    int Measure(BorrowedKernel borrowed, IReadOnlyList<CandidateRule> candidates, TimeSpan duration, int limit)
    {
        long since = _host.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        string name = "the kernel, since nobody records here: its lines as they are, without the names that log_format = enriched adds";
        using IEventSource source = borrowed.Owner is { } owner ? OpenBeside(owner, out name) : borrowed.Follow();
        using var measurement = new CostMeasurement(invocation, source, borrowed.Kernel, candidates, limit, since);
        measurement.Begin();
        borrowed.SwitchOn();
        if (candidates.Count > 0)
            Load(borrowed, candidates);
        CostResult result = measurement.Run(duration, borrowed.TakeRulesBack);
        Print(result, name, candidates, borrowed.Kernel);
        return result.IsOverLimit || report.ErrorCount > 0 ? 1 : 0;
    }

    bool TryReadCandidates(List<string> paths, out IReadOnlyList<CandidateRule> candidates)
    {
        candidates = [];
        uint features;
        using (IAuditKernel kernel = _host.OpenAuditKernel())
            features = kernel.GetStatus().FeatureBitmap;
        var sources = new RuleSources(_host);
        RuleSet set = sources.Read(paths, features);
        report.Say(set.Diagnostics);
        if (report.ErrorCount > 0)
            return false;
        candidates = CandidateRule.Of(set, sources.ContextFor(features), Environment.ProcessId);
        foreach (RuleSetLine line in set.Lines.Where(line => line.Change is { IsDeletion: false, Rule.List: not (FilterList.Exit or FilterList.IoUring) }))
            report.Say(new Diagnostic(0, Severity.Note, "not tried out: it would keep from being recorded what others ask for") { File = line.File, Line = line.Line });
        if (!candidates.Any(candidate => candidate.Key is not null))
            report.Fail("no rule to try out");
        return report.ErrorCount == 0;
    }

    AuditOwner? FindOwner()
    {
        using IAuditKernel kernel = _host.OpenAuditKernel();
        return AuditOwner.Find(kernel.GetStatus());
    }

    // The trail where the owner writes one that we may read: its lines are what the disk has to take.
    IEventSource OpenBeside(AuditOwner owner, out string name)
    {
        if (owner.FindTrail() is { } path)
        {
            try
            {
                name = path;
                return new TrailFollower(_host.Files, _host.Clock, path, _host.Clock.GetUtcNow().ToUnixTimeMilliseconds());
            }
            catch (TrailException exception)
            {
                report.Say(new Diagnostic(0, Severity.Note, exception.Message));
            }
        }

        name = $"the kernel's multicast group beside {owner}: its lines as they are, without the names that log_format = enriched adds";
        return new KernelFollower(_host.JoinAuditMulticast(), _host.Clock);
    }

    // A rule before them keeps out what this process does itself: reading would make events, and reading those more.
    void Load(BorrowedKernel borrowed, IReadOnlyList<CandidateRule> candidates)
    {
        var context = new RuleSources(_host).ContextFor();
        string own = string.Create(CultureInfo.InvariantCulture, $"-a never,exit -S all -F pid={Environment.ProcessId} -k {CandidateRule.KeyBeginning}{Environment.ProcessId}-0");
        byte[] exception = RuleEncoder.Encode(RuleParser.Parse(own, context, new DiagnosticBag())!.Rule);
        borrowed.Announce([exception, .. candidates.Select(candidate => candidate.Bytes)], backlogWaitTime: 0);
        borrowed.Add(exception);
        foreach (CandidateRule candidate in candidates)
        {
            try
            {
                borrowed.Add(candidate.Bytes);
            }
            catch (KernelRequestException refusal)
            {
                report.Say(new Diagnostic(Refused, Severity.Error, $"the kernel refuses it: {refusal.Reason}")
                {
                    File = candidate.Line.File,
                    Line = candidate.Line.Line,
                });
            }
        }
    }

    void Print(CostResult result, string source, IReadOnlyList<CandidateRule> candidates, IAuditKernel kernel)
    {
        var table = new CostTable(result);
        report.Print(string.Create(CultureInfo.InvariantCulture,
            $"{result.Elapsed.TotalSeconds:0.0} s, {result.Costs.Events} events, from {source}"));
        IEnumerable<string> loaded = kernel.ListRules()
            .SelectMany(bytes => RuleDecoder.TryDecode(bytes, out Rule? rule, out _) ? KeysOf(rule) : []);
        foreach (string row in table.Rows(candidates, loaded))
            report.Print(row);
        if (result.LostRecords > 0)
            report.Print(string.Create(CultureInfo.InvariantCulture, $"{result.LostRecords} records were lost meanwhile: the rules cost more than the table says"));
        if (result.IsOverLimit)
            report.Fail(string.Create(CultureInfo.InvariantCulture,
                $"stopped: the candidates made over {result.EventsPerSecondMax} events a second, and are taken away"), "--limit allows more");
    }

    static IEnumerable<string> KeysOf(Rule rule) => rule.Key.IsEmpty
        ? []
        : System.Text.Encoding.UTF8.GetString(rule.Key.Span).Split((char)Rule.KeySeparator);
}
