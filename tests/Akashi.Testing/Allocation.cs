namespace Akashi.Testing;

/// <summary>Asserts that work allocates nothing once it is warm.</summary>
public static class Allocation
{
    const int PassesMax = 10;

    /// <summary>Runs the work until a pass allocates nothing on this thread.</summary>
    /// <param name="pass">The work.</param>
    /// <param name="prepare">What goes before each pass and may allocate.</param>
    /// <remarks>The runtime itself allocates a few bytes once, when it replaces code by its optimised form in the middle of a pass, and a collection that
    /// another thread's garbage brings counts what was left of this thread's piece of the heap, up to 8 KB, as allocated. Work that allocates does so in
    /// every pass.</remarks>
    /// <exception cref="InvalidOperationException">Every pass allocated.</exception>
    public static void IsZero(Action pass, Action? prepare = null)
    {
        long least = long.MaxValue;
        for (int count = 0; count < PassesMax && least > 0; count++)
        {
            prepare?.Invoke();
            long before = GC.GetAllocatedBytesForCurrentThread();
            pass();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        if (least > 0)
            throw new InvalidOperationException($"every pass allocated at least {least} bytes");
    }
}
