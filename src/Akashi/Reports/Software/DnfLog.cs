namespace Akashi.Reports.Software;

/// <summary>What dnf had rpm do, <c>/var/log/dnf.rpm.log</c>.</summary>
/// <remarks>
/// <code>
/// 2024-04-06T05:23:01+0000 SUBDEBUG Installed: nginx-1:1.20.1-14.el9.x86_64
/// </code>
/// <c>Installed</c>, <c>Upgrade</c>, <c>Downgrade</c>, <c>Reinstalled</c> and <c>Erase</c> are written when the package is done; <c>Upgraded</c> names the version that
/// went. Failures are not written.
/// </remarks>
/// <param name="path">What the report names as the source.</param>
public sealed class DnfLog(string path) : IPackageHistory
{
    readonly List<(long UnixSeconds, bool IsRemoval, PackageName Package)> _entries = [];

    /// <summary>Reads one line; what is none is passed over.</summary>
    public void Add(string line)
    {
        string[] words = line.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 4 || !HistoryDate.TryParseIso(words[0], out long time))
            return;
        if (words[2] is "Installed:" or "Upgrade:" or "Downgrade:" or "Reinstalled:" or "Erase:" or "Removed:")
            _entries.Add((time, words[2] is "Erase:" or "Removed:", PackageName.Parse(words[3].Trim(), "rpm")));
    }

    /// <inheritdoc/>
    public SoftwareOutcome? Find(SoftwareRun run, RunPeriod period)
    {
        if (run.Family != "rpm")
            return null;
        PackageName[] changed =
        [
            .. _entries.Where(entry => period.Has(entry.UnixSeconds) && entry.IsRemoval == (run.Action == SoftwareAction.Remove)).Select(entry => entry.Package),
        ];
        if (changed.Length == 0 || !run.Named.All(named => changed.Any(package => package.Name == named.Name)))
            return null;
        run.AddChanged(changed);
        return SoftwareOutcome.Ok(path);
    }
}
