using Akashi.Control;

namespace Akashi.Daemon.Losses;

/// <summary>What the trail is to be told of a loss.</summary>
/// <remarks>
/// <code>
/// op=loss source=kernel count=12 res=failed      so many are missing
/// op=late source=gap count=3 res=success         so many that an earlier record called missing arrived after all
/// </code>
/// </remarks>
/// <param name="Source">Who lost it.</param>
/// <param name="Count">How many.</param>
/// <param name="IsLate">Whether they arrived after all.</param>
public readonly record struct LossSaying(LossSource Source, long Count, bool IsLate)
{
    /// <summary>The body of a DAEMON_ERR record.</summary>
    public byte[] Body => IsLate
        ? OwnRecords.Body($"op=late source={LossCount.NameOf(Source)} count={Count} res=success")
        : OwnRecords.Loss(LossCount.NameOf(Source), Count);
}
