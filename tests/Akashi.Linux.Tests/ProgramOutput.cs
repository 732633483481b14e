using System.Diagnostics;

namespace Akashi.Linux.Tests;

/// <summary>Asks the machine's own programs.</summary>
static class ProgramOutput
{
    /// <summary>What a program prints, without the last line feed; the test fails where it fails.</summary>
    internal static string Of(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.TrimEnd('\n');
    }
}
