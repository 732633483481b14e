using System.Text;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Golden;

/// <summary>Runs recorded cases in-process and compares.</summary>
static class GoldenRun
{
    /// <summary>Runs a case's command over the logs in a directory.</summary>
    /// <returns>Null where output and exit code are the recorded ones, else what differs.</returns>
    public static string? Compare(string tool, GoldenCase recorded, string directory, TestHost host)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        int code = AkashiCommand.Run(new Invocation
        {
            Name = tool,
            Arguments = [.. recorded.Arguments.Select(word => word == recorded.Log ? Path.Combine(directory, word) : word)],
            Input = new MemoryStream(recorded.IsPiped ? TestLogs.Bytes(recorded.Log) : []),
            InputKind = recorded.IsPiped ? FileKind.Fifo : FileKind.Other,
            Output = output,
            Error = error,
            Host = host,
            Signals = new NoSignals(),
        });
        // The recorded commands ran in the logs' directory: what names a log names it without.
        byte[] printed = Encoding.Latin1.GetBytes(
            Encoding.Latin1.GetString(output.ToArray()).Replace(directory + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
        if (code == recorded.ExitCode && printed.AsSpan().SequenceEqual(recorded.Output))
            return null;
        return $"{recorded}: exit code {code}, expected {recorded.ExitCode}; {FirstDifference(recorded.Output, printed)}";
    }

    static string FirstDifference(byte[] expected, byte[] printed)
    {
        string[] left = Encoding.Latin1.GetString(expected).Split('\n'), right = Encoding.Latin1.GetString(printed).Split('\n');
        for (int index = 0; index < Math.Max(left.Length, right.Length); index++)
        {
            string? wanted = index < left.Length ? left[index] : null, got = index < right.Length ? right[index] : null;
            if (wanted != got)
                return $"line {index + 1} of {left.Length} ({right.Length} printed)\n  expected {wanted ?? "the end"}\n  printed  {got ?? "the end"}";
        }

        return "the same text";
    }
}
