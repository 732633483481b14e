using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Scriptreplay;

/// <summary>The numbers of scriptreplay and scriptlive: a divisor, a delay in seconds.</summary>
static class PaceNumber
{
    /// <summary>Reads a divisor.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="value">The number; 0 where it can't be read.</param>
    /// <returns>Null, or the fault.</returns>
    public static string? ReadDivisor(string text, out double value)
    {
        const string Fault = "failed to parse number";
        if (!CNumber.TryRead(text, out value, out bool isOutOfRange))
            return $"{Fault}: '{text}'";
        if (double.IsNaN(value))
            return $"{Fault}: {text}: Invalid argument";
        return isOutOfRange ? $"{Fault}: '{text}': Numerical result out of range" : null;
    }

    /// <summary>Reads the longest delay; what is too long for a number is as long as any.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="value">Seconds; 0 where it can't be read.</param>
    /// <returns>Null, or the fault.</returns>
    public static string? ReadDelayMax(string text, out double value) =>
        CNumber.TryRead(text, out value, out _) ? null : $"failed to parse maximal delay argument: '{text}'";
}
