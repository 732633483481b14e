using System.Diagnostics;
using System.Globalization;
using System.Text;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Rules;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Live.Tests.Soak;

/// <summary>A process that makes events (benches/load.c), under a rule on its own user.</summary>
sealed class SoakLoad : IDisposable
{
    const uint User = 61018;

    static readonly TimeSpan s_limit = TimeSpan.FromMinutes(30);

    readonly IAuditKernel _kernel;
    readonly byte[] _rule;
    readonly Process _process;

    /// <summary>Adds the rule and starts the load.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="kernel">Where the rule goes.</param>
    /// <param name="events">How many events.</param>
    /// <param name="rate">Programs started a second, six records each; null for failing opens as fast as the kernel lets it, four records each.</param>
    public SoakLoad(IHost host, IAuditKernel kernel, long events, int? rate = null)
    {
        _kernel = kernel;
        string calls = rate is null ? "-S openat,open -F success=0" : "-S execve -F success=1";
        _rule = Encode(host, $"-a always,exit -F arch=b64 {calls} -F uid={User} -k akashi-soak");
        kernel.AddRule(_rule);
        string[] arguments = [Text(User), Text(events), .. rate is { } perSecond ? [Text(perSecond)] : Array.Empty<string>()];
        _process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true })!;
    }

    public bool HasEnded => _process.HasExited;

    static string Program => Run(RepositoryFiles.PathOf("eng", "compile-c.sh"), RepositoryFiles.PathOf("benches", "load.c")).Trim();

    public void WaitForEnd()
    {
        Assert.True(_process.WaitForExit(s_limit), "the load does not end");
        Assert.Equal(0, _process.ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _kernel.DeleteRule(_rule);
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    static byte[] Encode(IHost host, string text)
    {
        var diagnostics = new DiagnosticBag();
        IEnumerable<RuleFileLine> lines = RuleFile.Read(Encoding.UTF8.GetBytes(text + "\n"), "test", diagnostics);
        RuleChange? change = RuleParser.Parse(lines.Single().Options!, new RuleContext(Machine.X86_64, host.Accounts, host.Files.KindOf), diagnostics);
        Assert.True(change is not null, string.Join('\n', diagnostics.All));
        return RuleEncoder.Encode(change.Rule);
    }

    static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
