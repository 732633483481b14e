namespace Akashi.Reports.Software;

/// <summary>A history that a package manager keeps itself.</summary>
public interface IPackageHistory
{
    /// <summary>Finds what it says of a run; adds the packages that were changed to it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="period">When its traces may have been written.</param>
    /// <returns>Null where it says nothing.</returns>
    SoftwareOutcome? Find(SoftwareRun run, RunPeriod period);
}

/// <summary>Whole seconds since the epoch, both ends inclusive.</summary>
public readonly record struct RunPeriod(long Start, long End)
{
    /// <summary>Whether a moment lies in it.</summary>
    public bool Has(long unixSeconds) => unixSeconds >= Start && unixSeconds <= End;
}
