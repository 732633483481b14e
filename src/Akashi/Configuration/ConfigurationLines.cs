using Akashi.Diagnostics;

namespace Akashi.Configuration;

/// <summary>The lines of a configuration file of our own: each fault with its line, of very many the first <see cref="FaultsMax"/>.</summary>
static class ConfigurationLines
{
    /// <summary>After so many faults the rest of a file is left alone.</summary>
    internal const int FaultsMax = 100;

    /// <summary>The longest line, in characters: what auditd takes of its own file.</summary>
    internal const int LengthMax = 511;

    /// <summary>Takes a line into a configuration.</summary>
    /// <returns>Why it can't be taken; null where it is.</returns>
    internal delegate string? Taking<TConfiguration>(ReadOnlySpan<char> line, ref TConfiguration configuration);

    /// <summary>Takes them all.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">How faults name it; null where who says them names it.</param>
    /// <param name="faultNumber">The number of their diagnostics.</param>
    /// <param name="configuration">What holds without a line.</param>
    /// <param name="take">Takes one.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <returns>What holds with those that are right.</returns>
    internal static TConfiguration Read<TConfiguration>(
        string text, string? file, int faultNumber, TConfiguration configuration, Taking<TConfiguration> take, DiagnosticBag diagnostics)
    {
        int line = 0, faults = 0;
        foreach (Range range in text.AsSpan().Split('\n'))
        {
            line++;
            ReadOnlySpan<char> one = text.AsSpan(range);
            string? fault = one.Length > LengthMax ? $"the line is longer than {LengthMax} characters" : take(one, ref configuration);
            if (fault is null)
                continue;
            bool isLast = ++faults == FaultsMax;
            diagnostics.Add(new Diagnostic(faultNumber, Severity.Error, isLast ? "too many errors; the rest is not read" : fault) { File = file, Line = line });
            if (isLast)
                break;
        }

        return configuration;
    }
}
