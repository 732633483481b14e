namespace Akashi.Testing;

/// <summary>Random input that can be had again: the seed stands in the failure's text.</summary>
public static class Seeded
{
    /// <summary>The seed of this run: AKASHI_SEED where it's set, else a fixed one.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("AKASHI_SEED"), out int seed) ? seed : 20261121;

    static readonly bool s_isQuick = Environment.GetEnvironmentVariable("AKASHI_TEST_QUICK") is "1";

    /// <summary>How often something is done that the whole ./test does so often: a fourth in a quick run, 20 times at least.</summary>
    public static int Times(int whole)
    {
        const int QuickMin = 20;
        return s_isQuick ? Math.Min(whole, Math.Max(QuickMin, whole / 4)) : whole;
    }

    /// <summary>Runs a check some times (<see cref="Times"/>), each with randomness of its own; a failure names its seed.</summary>
    public static void Repeat(int times, Action<Random> check)
    {
        for (int round = 0; round < Times(times); round++)
        {
            int seed = Seed + round;
            try
            {
                check(new Random(seed));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"AKASHI_SEED={seed}: {exception.Message}", exception);
            }
        }
    }
}
