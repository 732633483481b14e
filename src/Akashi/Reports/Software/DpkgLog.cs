using Akashi.Host;

namespace Akashi.Reports.Software;

/// <summary>dpkg's own log, <c>/var/log/dpkg.log</c>.</summary>
/// <remarks>
/// <code>
/// 2026-11-21 07:18:00 install nginx:amd64 &lt;none&gt; 1.22.1-9
/// 2026-11-21 07:18:01 status half-configured nginx:amd64 1.22.1-9
/// 2026-11-21 07:18:01 status installed nginx:amd64 1.22.1-9
/// </code>
/// Local time; actions are install, upgrade, remove, purge, configure (package, old version, new one). Source: dpkg(1), --log.
/// </remarks>
/// <param name="path">What the report names as the source.</param>
/// <param name="localTime">The machine's time zone.</param>
public sealed class DpkgLog(string path, ILocalTime localTime) : IPackageHistory
{
    const int DateLength = 19;

    readonly List<Entry> _entries = [];

    /// <summary>Reads one line; what is none is passed over.</summary>
    public void Add(string line)
    {
        if (line.Length <= DateLength || !HistoryDate.TryParseLocal(line[..DateLength], localTime, out long time))
            return;
        string[] words = line[DateLength..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is ["status", var status, var package, var version])
            _entries.Add(new Entry(time, null, status, NameOf(package), version));
        else if (words is [("install" or "upgrade" or "remove" or "purge" or "configure") and var action, var changed, var old, var next])
            _entries.Add(new Entry(time, action, null, NameOf(changed), next == "<none>" ? old : next));
    }

    /// <inheritdoc/>
    /// <remarks>Runs are to be asked for in the order of their starts: what one did, no later one of the same second did.</remarks>
    public SoftwareOutcome? Find(SoftwareRun run, RunPeriod period)
    {
        if (run.Family != "deb")
            return null;
        Step[] steps = [.. FindSteps(run, period)];
        if (steps.Length == 0 || (run.Named.Count > 0 && !steps.Any(step => IsNamed(run, step.Package))))
            return null;

        foreach (Step step in steps)
            _entries[step.Index] = _entries[step.Index] with { IsTaken = true };
        run.AddChanged(steps.Select(step => new PackageName(step.Package, step.Version)));
        return steps.All(step => step.IsDone) ? SoftwareOutcome.Ok(path) : SoftwareOutcome.Failed(path);
    }

    // dpkg does what it is told; apt adds what that needs.
    IEnumerable<Step> FindSteps(SoftwareRun run, RunPeriod period)
    {
        for (int index = 0; index < _entries.Count; index++)
        {
            Entry entry = _entries[index];
            if (entry.Action is null || entry.IsTaken || !period.Has(entry.UnixSeconds) || !IsOf(run, entry.Action))
                continue;
            if (run.Manager == "dpkg" && run.Named.Count > 0 && !IsNamed(run, entry.Package))
                continue;
            yield return new Step(index, entry.Package, entry.Version, IsDone(run, index));
        }
    }

    static bool IsOf(SoftwareRun run, string action) =>
        run.Arguments.Contains("--configure") ? action == "configure"
        : run.Action == SoftwareAction.Remove ? action is "remove" or "purge"
        : action is "install" or "upgrade";

    static bool IsNamed(SoftwareRun run, string package) => run.Named.Exists(named => named.Name == package);

    // The package's last status before something else is done to it.
    bool IsDone(SoftwareRun run, int index)
    {
        string last = "";
        for (int next = index + 1; next < _entries.Count; next++)
        {
            Entry entry = _entries[next];
            if (entry.Package != _entries[index].Package)
                continue;
            if (entry.Action is not (null or "configure"))
                break;
            last = entry.Status ?? last;
        }

        return run.Action == SoftwareAction.Remove
            ? last is "not-installed" or "config-files"
            : last == "installed" || (last == "unpacked" && run.Arguments.Contains("--unpack"));
    }

    static string NameOf(string package) => package.Split(':')[0];

    sealed record Entry(long UnixSeconds, string? Action, string? Status, string Package, string Version)
    {
        public bool IsTaken { get; init; }
    }

    readonly record struct Step(int Index, string Package, string Version, bool IsDone);
}
