using System.Diagnostics;
using System.Text;
using Akashi.Configuration;
using Akashi.Daemon;
using Akashi.Diagnostics;
using Akashi.Rules;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Live.Tests.Reports;

/// <summary>A trail that the real daemon writes while a test login's processes run.</summary>
/// <remarks>The processes belong to a login user that no account has; the rules name it, so that nobody else's are caught.</remarks>
sealed class RecordedTrail : IDisposable
{
    /// <summary>The login user.</summary>
    public const uint Auid = 61018;

    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);

    readonly KernelAudit.Loan _loan;
    readonly DaemonLoop _daemon;

    public RecordedTrail(KernelAudit audit, KernelAudit.Loan loan, string path)
    {
        Path = path;
        _loan = loan;
        loan.Enable();
        _daemon = new DaemonLoop(audit.Host, new AuditdConfiguration { LogFile = path }, [], refusal => throw refusal);
        _daemon.Begin("test", enable: false);
        AddRule(audit, $"-a always,exit -F arch=b64 -S execve,execveat,exit_group -F auid={Auid} -k akashi-report");
    }

    public string Path { get; }

    /// <summary>Runs a shell text as a login of its own; returns what it printed.</summary>
    public static string Run(string text, string directory)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", $"echo {Auid} >/proc/self/loginuid && exec /bin/bash -c \"$1\"", "login", text])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(s_limit), "the test login goes on");
        return output + errors.Result;
    }

    /// <summary>Waits until the trail has a text, then ends the daemon.</summary>
    public void EndAfter(string text)
    {
        bool isThere = SpinWait.SpinUntil(() => File.ReadAllText(Path, Encoding.Latin1).Contains(text, StringComparison.Ordinal), s_limit);
        Assert.True(isThere, $"no '{text}' in the trail");
        _daemon.End(null);
    }

    public void Dispose() => _daemon.Dispose();

    void AddRule(KernelAudit audit, string text)
    {
        var diagnostics = new DiagnosticBag();
        IEnumerable<RuleFileLine> lines = RuleFile.Read(Encoding.UTF8.GetBytes(text + "\n"), "test", diagnostics);
        var context = new RuleContext(Machine.X86_64, audit.Host.Accounts, audit.Host.Files.KindOf);
        RuleChange? change = RuleParser.Parse(lines.Single().Options!, context, diagnostics);
        Assert.True(change is not null, string.Join('\n', diagnostics.All));
        _loan.Kernel.AddRule(RuleEncoder.Encode(change.Rule));
    }
}
