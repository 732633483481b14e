namespace Akashi.Health;

/// <summary>Whether times can be compared with other machines' and before a court.</summary>
static class ClockFinding
{
    const string Name = "clock";

    public static Finding? Of(HealthFacts facts)
    {
        return facts.IsClockSynchronized switch
        {
            false => Finding.Warning(Name, "the clock is not synchronized", "times of records can't be compared with other machines'", "timedatectl set-ntp true, or start chronyd"),
            true => Finding.Fine(Name, "the clock is synchronized"),
            _ => null,
        };
    }
}
