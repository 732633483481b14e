using System.Diagnostics;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Kin;

/// <summary>The same tools side by side with Debian's own, over the real logs and this machine's accounts.</summary>
/// <remarks>Skipped where they weren't fetched: eng/yardsticks.sh downloads and unpacks them.</remarks>
public sealed class YardstickTests
{
    public static TheoryData<string, string> Runs
    {
        get
        {
            var runs = new TheoryData<string, string>();
            foreach (string log in TestLogs.Names)
            {
                runs.Add("aulast", $"-f {log}");
                runs.Add("aulast", $"--bad --proof -f {log}");
                runs.Add("aulastlog", $"--stdin < {log}");
                runs.Add("auvirt", $"-f {log} --all-events --proof");
                runs.Add("auvirt", $"-f {log} --summary");
            }

            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Prints_what_Debians_prints(string tool, string words)
    {
        string program = RepositoryFiles.PathOf("artifacts", "yardsticks", "run", tool);
        Assert.SkipUnless(File.Exists(program), "Debian's own tools aren't there: eng/yardsticks.sh fetches them");
        string[] arguments = words.Split(' ');
        string log = Array.Find(arguments, word => word.EndsWith(".log", StringComparison.Ordinal))!;
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder[log], TestLogs.Bytes(log));
        bool isPiped = arguments.Contains("<");
        string[] options = [.. arguments.TakeWhile(word => word != "<").Select(word => word == log ? folder[log] : word)];

        (int code, byte[] expected) = RunOriginal(program, options, isPiped ? TestLogs.Bytes(log) : []);
        KinRun run = KinRun.Of(tool, options, new TestHost(File.ReadAllText("/etc/passwd")), isPiped ? TestLogs.Bytes(log) : null);

        Assert.Equal("the same text", KinRun.Difference(expected, run.Output));
        Assert.Equal(code, run.ExitCode);
    }

    static (int Code, byte[] Output) RunOriginal(string program, string[] arguments, byte[] input)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["LC_ALL"] = "C";
        start.Environment["TZ"] = "UTC";
        using Process process = Process.Start(start)!;
        var output = new MemoryStream();
        Task copying = process.StandardOutput.BaseStream.CopyToAsync(output);
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has read enough.
        }

        Assert.True(copying.Wait(TimeSpan.FromSeconds(60)), $"{program} goes on");
        process.WaitForExit();
        return (process.ExitCode, output.ToArray());
    }
}
