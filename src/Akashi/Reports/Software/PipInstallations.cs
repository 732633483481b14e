namespace Akashi.Reports.Software;

/// <summary>What pip has put somewhere: its <c>NAME-VERSION.dist-info</c> directories, and when each was last changed.</summary>
/// <remarks>They prove what is installed. That one is missing proves nothing: it may have been removed later.</remarks>
/// <param name="findPlaces">The directories that a run may have put packages into, with their <c>*.dist-info</c>.</param>
public sealed class PipInstallations(Func<SoftwareRun, IEnumerable<DistInfo>> findPlaces) : IPackageHistory
{
    /// <inheritdoc/>
    public SoftwareOutcome? Find(SoftwareRun run, RunPeriod period)
    {
        if (run.Family != "pip" || run.Action == SoftwareAction.Remove)
            return null;
        DistInfo[] changed = [.. findPlaces(run).Where(info => period.Has(info.UnixSeconds))];
        bool hasAll = changed.Length > 0 && run.Named.All(named => changed.Any(info => PackageName.AreSame(info.Package.Name, named.Name)
            && (named.Version.Length == 0 || named.Version == info.Package.Version)));
        if (!hasAll)
            return null;
        run.AddChanged(changed.Select(info => info.Package));
        return SoftwareOutcome.Ok(changed[0].Place + "/*.dist-info");
    }
}

/// <summary>One installed package.</summary>
/// <param name="Package">Its name and version.</param>
/// <param name="UnixSeconds">When its directory was last changed.</param>
/// <param name="Place">The directory it's in.</param>
public sealed record DistInfo(PackageName Package, long UnixSeconds, string Place);
