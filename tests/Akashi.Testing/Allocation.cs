namespace Akashi.Testing;

/// <summary>Asserts that work allocates nothing once it is warm.</summary>
public static class Allocation
{
    const int PassesMax = 3;

    /// <summary>Runs the work until a pass allocates nothing on this thread.</summary>
    /// <remarks>The runtime itself allocates a few bytes once, when it replaces code by its optimised form in the middle of a pass; work that allocates
    /// does so in every pass.</remarks>
    /// <exception cref="InvalidOperationException">Every pass allocated.</exception>
    public static void IsZero(Action pass)
    {
        long least = long.MaxValue;
        for (int count = 0; count < PassesMax && least > 0; count++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            pass();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        if (least > 0)
            throw new InvalidOperationException($"every pass allocated at least {least} bytes");
    }
}
