using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Scriptreplay;

/// <summary>The pace that scriptreplay and scriptlive were asked for.</summary>
sealed class PaceOptions
{
    /// <summary>So many times as fast; 0 waits as 1 does.</summary>
    public double Divisor { get; private set; } = 1;

    /// <summary>Whether a divisor was given.</summary>
    public bool IsDivisorGiven { get; private set; }

    /// <summary>The longest wait in seconds; 0 for any.</summary>
    public double DelayMax { get; private set; }

    /// <summary>Takes a divisor.</summary>
    /// <param name="text">What was typed.</param>
    /// <returns>Null, or the fault.</returns>
    public string? TakeDivisor(string text)
    {
        const string Fault = "failed to parse number";
        IsDivisorGiven = true;
        bool isNumber = CNumber.TryRead(text, out double value, out bool isOutOfRange);
        Divisor = value;
        if (!isNumber)
            return $"{Fault}: '{text}'";
        if (double.IsNaN(value))
            return $"{Fault}: {text}: Invalid argument";
        return isOutOfRange ? $"{Fault}: '{text}': Numerical result out of range" : null;
    }

    /// <summary>Takes the longest wait; what is too long for a number is as long as any.</summary>
    /// <inheritdoc cref="TakeDivisor"/>
    public string? TakeDelayMax(string text)
    {
        bool isNumber = CNumber.TryRead(text, out double value, out _);
        DelayMax = value;
        return isNumber ? null : $"failed to parse maximal delay argument: '{text}'";
    }
}
