using System.Text;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Kin;

/// <summary>A tool run in-process.</summary>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record KinRun(int ExitCode, byte[] Output, string Error)
{
    /// <summary>Standard output as text.</summary>
    public string Text => Encoding.UTF8.GetString(Output);

    /// <summary>Runs it.</summary>
    public static KinRun Of(string tool, IReadOnlyList<string> arguments, IHost host, byte[]? input = null)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        int code = AkashiCommand.Run(new Invocation
        {
            Name = tool,
            Arguments = arguments,
            Input = new MemoryStream(input ?? []),
            InputKind = input is null ? FileKind.Other : FileKind.Fifo,
            Output = output,
            Error = error,
            Host = host,
            Signals = new NoSignals(),
        });
        return new KinRun(code, output.ToArray(), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>The first line in which two texts differ.</summary>
    public static string Difference(byte[] expected, byte[] printed)
    {
        string[] left = Encoding.UTF8.GetString(expected).Split('\n'), right = Encoding.UTF8.GetString(printed).Split('\n');
        for (int index = 0; index < Math.Max(left.Length, right.Length); index++)
        {
            string? wanted = index < left.Length ? left[index] : null, got = index < right.Length ? right[index] : null;
            if (wanted != got)
                return $"line {index + 1}\n  expected {wanted ?? "the end"}\n  printed  {got ?? "the end"}";
        }

        return "the same text";
    }
}
