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
    public SoftwareOutcome? Find(SoftwareRun run, RunPeriod period)
    {
        if (run.Family != "deb")
            return null;
        Entry[] entries = [.. _entries.Where(entry => period.Has(entry.UnixSeconds))];
        Entry[] actions = [.. entries.Where(entry => entry.Action is not null)];
        if (actions.Length == 0 || (run.Named.Count > 0 && !actions.Any(action => run.Named.Any(named => named.Name == action.Package))))
            return null;

        run.AddChanged(actions.Where(action => IsOf(run.Action, action.Action!)).Select(action => new PackageName(action.Package, action.Version)));
        bool isDone = actions.GroupBy(action => action.Package).All(group => IsDone(run, group.Last(), entries));
        return isDone ? SoftwareOutcome.Ok(path) : SoftwareOutcome.Failed(path);
    }

    static bool IsOf(SoftwareAction wanted, string action) => (wanted == SoftwareAction.Remove) == (action is "remove" or "purge");

    static bool IsDone(SoftwareRun run, Entry action, Entry[] entries)
    {
        string? last = entries.LastOrDefault(entry => entry.Status is not null && entry.Package == action.Package)?.Status;
        return action.Action is "remove" or "purge"
            ? last is "not-installed" or "config-files"
            : last == "installed" || (last == "unpacked" && run.Arguments.Contains("--unpack"));
    }

    static string NameOf(string package) => package.Split(':')[0];

    sealed record Entry(long UnixSeconds, string? Action, string? Status, string Package, string Version);
}
