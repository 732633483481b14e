namespace Akashi.Search.Query;

/// <summary>Stands for a period where a test is expected: times are compared as numbers, never as text.</summary>
/// <param name="period">When.</param>
sealed class PeriodTest(TimePeriod period) : ValueTest
{
    /// <summary>When.</summary>
    public TimePeriod Period => period;

    /// <inheritdoc/>
    public override bool Holds(ReadOnlySpan<byte> text) => false;
}
