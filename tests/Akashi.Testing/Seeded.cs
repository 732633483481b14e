namespace Akashi.Testing;

/// <summary>Random input that can be had again: the seed stands in the failure's text.</summary>
public static class Seeded
{
    /// <summary>The seed of this run: AKASHI_SEED where it's set, else a fixed one.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("AKASHI_SEED"), out int seed) ? seed : 20261121;

    /// <summary>Runs a check some times, each with randomness of its own; a failure names its seed.</summary>
    public static void Repeat(int times, Action<Random> check)
    {
        for (int round = 0; round < times; round++)
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
