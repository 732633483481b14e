using System.Globalization;

namespace Akashi.Control;

/// <summary>Who lost records. A loss may be counted by two of them: a record that the kernel dropped for its rate limit had a number too.</summary>
public enum LossSource
{
    /// <summary>The kernel counted records that it dropped: <c>lost</c> of its status.</summary>
    Kernel,

    /// <summary>Events that got a number and never arrived.</summary>
    Gap,

    /// <summary>The socket's buffer overran: how many records each time nobody tells.</summary>
    Socket,

    /// <summary>Records that a plugin's queue had no room for: they are in the trail.</summary>
    Queue,

    /// <summary>Records that the disk refused, or that came while writing was suspended.</summary>
    Disk,

    /// <summary>Events that got a number while no service recorded, after one that was killed.</summary>
    Absence,
}

/// <summary>What one source lost since the service began.</summary>
/// <param name="Source">Who.</param>
/// <param name="Count">Records; events for <see cref="LossSource.Gap"/> and <see cref="LossSource.Absence"/>, overruns for <see cref="LossSource.Socket"/>.</param>
/// <param name="Last">When it was noticed last; null for never.</param>
/// <param name="Unsaid">How many of them no record of the trail speaks of yet.</param>
/// <param name="TakenBack">How many that were counted arrived after all; they are no longer in the count.</param>
public readonly record struct LossCount(LossSource Source, long Count, DateTimeOffset? Last = null, long Unsaid = 0, long TakenBack = 0)
{
    /// <summary>The source as records and metrics name it: <c>kernel</c>.</summary>
    public string Name => NameOf(Source);

    /// <summary>In words, with its unit: <c>7 records refused by the disk</c>.</summary>
    public string Describe()
    {
        string count = Count.ToString("#,0", CultureInfo.InvariantCulture);
        return Source switch
        {
            LossSource.Kernel => $"{count} records dropped by the kernel",
            LossSource.Gap => $"{count} events numbered, never received",
            LossSource.Socket => $"{count} overruns of the socket",
            LossSource.Queue => $"{count} records not given to a plugin",
            LossSource.Disk => $"{count} records refused by the disk",
            _ => $"{count} events while nobody recorded",
        };
    }

    /// <summary>A source as records and metrics name it.</summary>
    public static string NameOf(LossSource source) => source switch
    {
        LossSource.Kernel => "kernel",
        LossSource.Gap => "gap",
        LossSource.Socket => "socket",
        LossSource.Queue => "queue",
        LossSource.Disk => "disk",
        LossSource.Absence => "absence",
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "is none"),
    };
}
