using System.Diagnostics;
using System.Globalization;
using System.Text;
using Akashi.Cli.Auditctl;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Auditctl;

/// <summary>What auditctl asks of the kernel to change, a line a request; questions aside.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Lines">The requests.</param>
/// <param name="Error">Standard error.</param>
sealed record RecordedRequests(int ExitCode, IReadOnlyList<string> Lines, string Error)
{
    const int SetStatus = 1001;
    const int ListRules = 1013;
    const int GetStatus = 1000;
    const int SetFeatures = 1018;
    const int GetFeatures = 1019;
    const int AddRule = 1011;
    const int DeleteRule = 1012;
    const int RuleBytesMin = 1040;

    /// <summary>Those of Debian's own, before a kernel that answers yes to everything (eng/recorded-kernel.c).</summary>
    public static RecordedRequests OfOriginal(string kernelShim, string folder, params string[] arguments)
    {
        string place = RepositoryFiles.PathOf("artifacts", "yardsticks");
        string record = Path.Combine(folder, "requests");
        File.Delete(record);
        var start = new ProcessStartInfo(Path.Combine(place, "root", "sbin", "auditctl"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LD_LIBRARY_PATH"] = File.ReadAllText(Path.Combine(place, "libraries")).Trim();
        start.Environment["LD_PRELOAD"] = kernelShim;
        start.Environment["AKASHI_REQUESTS"] = record;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)) && output.Wait(TimeSpan.FromSeconds(30)));
        IEnumerable<string> lines = File.Exists(record) ? File.ReadLines(record) : [];
        return new RecordedRequests(process.ExitCode, [.. lines.Select(Read).OfType<string>()], error);
    }

    /// <summary>Ours.</summary>
    /// <param name="machine">Its users and groups.</param>
    /// <param name="arguments">The command line.</param>
    public static RecordedRequests OfOurs(ScriptedHost machine, params string[] arguments)
    {
        var kernel = new YesKernel();
        var error = new MemoryStream();
        int exitCode = AuditctlTool.Run(new Invocation
        {
            Name = "auditctl",
            Arguments = arguments,
            Input = Stream.Null,
            InputKind = FileKind.Other,
            Output = Stream.Null,
            Error = error,
            Host = new KernelHost(machine, kernel),
            Signals = new NoSignals(),
        });
        return new RecordedRequests(exitCode, kernel.Lines, Encoding.UTF8.GetString(error.ToArray()));
    }

    static string? Read(string line)
    {
        string[] words = line.Split(' ');
        int type = int.Parse(words[0], CultureInfo.InvariantCulture);
        byte[] payload = Convert.FromHexString(words[1]);
        return type switch
        {
            GetStatus or ListRules or GetFeatures => null,

            // An array of words of which the mask, its first, says which count; newer programs send more of them.
            SetStatus => YesKernel.StatusLine([.. payload.Chunk(4).Select(word => BitConverter.ToUInt32(word))]),

            // Behind the strings, whose length the rule says, the original pads to a multiple of four.
            AddRule or DeleteRule => YesKernel.RuleLine(type, payload.AsSpan(0, RuleBytesMin + BitConverter.ToInt32(payload, RuleBytesMin - 4))),

            // The version, which 3.0.9 leaves 0 and the kernel doesn't read.
            SetFeatures => $"{type} {Convert.ToHexStringLower(payload.AsSpan(4))}",
            _ => line,
        };
    }
}
