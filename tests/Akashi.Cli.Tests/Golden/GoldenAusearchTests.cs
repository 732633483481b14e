using System.Text;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Golden;

/// <summary>ausearch against what the original printed, byte for byte, in-process.</summary>
public sealed class GoldenAusearchTests(ITestOutputHelper log)
{
    [Fact]
    public void Every_recorded_case_prints_the_same_and_ends_the_same()
    {
        var set = new GoldenSet("golden-ausearch.tar.br");
        string directory = Directory.CreateTempSubdirectory("akashi-golden-").FullName;
        foreach (string name in TestLogs.Names)
            File.WriteAllBytes(Path.Combine(directory, name), TestLogs.Bytes(name));
        var host = new TestHost(set.Text("passwd"), set.Text("group"));
        var failures = new List<string>();
        int passed = 0;

        foreach (GoldenCase recorded in set.Cases)
        {
            if (Compare(recorded, directory, host) is { } difference)
                failures.Add(difference);
            else
                passed++;
        }

        Directory.Delete(directory, recursive: true);
        log.WriteLine($"{passed} passed, {failures.Count} failed");
        if (Environment.GetEnvironmentVariable("AKASHI_GOLDEN_REPORT") is { } report)
            File.WriteAllLines(report, [.. failures, $"{passed} passed, {failures.Count} failed"]);
        Assert.True(passed > 0);
        Assert.True(failures.Count == 0, $"{failures.Count} cases differ, {passed} don't:\n" + string.Join('\n', failures.Take(40)));
    }

    static string? Compare(GoldenCase recorded, string directory, TestHost host)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        int code = AkashiCommand.Run(new Invocation
        {
            Name = "ausearch",
            Arguments = [.. recorded.Arguments.Select(word => word == recorded.Log ? Path.Combine(directory, word) : word)],
            Input = new MemoryStream(recorded.IsPiped ? TestLogs.Bytes(recorded.Log) : []),
            InputKind = recorded.IsPiped ? FileKind.Fifo : FileKind.Other,
            Output = output,
            Error = error,
            Host = host,
            Signals = new NoSignals(),
        });
        byte[] printed = output.ToArray();
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
