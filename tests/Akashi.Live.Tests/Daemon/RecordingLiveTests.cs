using System.Diagnostics;
using System.Text;
using Akashi.Configuration;
using Akashi.Daemon;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Rules;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Live.Tests.Daemon;

/// <summary>The daemon's stages over the real kernel and a real disk.</summary>
public sealed class RecordingLiveTests(KernelAudit audit) : IDisposable
{
    const uint OwnUser = 61017;

    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    readonly TemporaryFolder _folder = new();
    readonly List<TrailException> _refusals = [];

    string LogPath => _folder["audit.log"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_user_does_is_in_the_trail()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using DaemonLoop daemon = Begin(loan);
        AddRule(loan, $"-a always,exit -F arch=b64 -S openat -F uid={OwnUser} -F success=0 -k akashi-live");

        RunAsOwnUser("cat /nonexistent/akashi-live-1 /nonexistent/akashi-live-2");
        WaitForTrail("akashi-live-2");
        daemon.End(null);

        string[] lines = File.ReadAllLines(LogPath);
        Assert.StartsWith("type=DAEMON_START ", lines[0]);
        Assert.StartsWith("type=DAEMON_END ", lines[^1]);
        string call = Assert.Single(lines, line => line.Contains("type=SYSCALL") && line.Contains("exit=-2") && StampOf(line) == StampOf(Line(lines, "akashi-live-2")));
        Assert.Contains($" uid={OwnUser} ", call);
        Assert.Contains("key=\"akashi-live\"\u001dARCH=x86_64 SYSCALL=openat AUID=", call);
        Assert.Equal(0u, loan.Kernel.GetStatus().Pid);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\0")]
    [InlineData("\u001d")]
    public void A_user_message_forges_nothing(string separator)
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using DaemonLoop daemon = Begin(loan);
        string forged = $"type=USER_LOGIN msg=audit(1.000:1): uid=0 auid=0 AUID=\"root\" akashi-forged";

        loan.Kernel.SendUserMessage((int)RecordType.Test, Encoding.UTF8.GetBytes($"begin{separator}{forged}"));
        loan.Kernel.SendUserMessage((int)RecordType.Test, "akashi-end"u8);
        WaitForTrail("akashi-end");
        daemon.End(null);

        string[] lines = File.ReadAllLines(LogPath);
        string line = Assert.Single(lines, line => line.Contains("begin"));
        Assert.StartsWith("type=TEST ", line);
        Assert.DoesNotContain(lines, line => line.StartsWith("type=USER_LOGIN", StringComparison.Ordinal));
        string enrichment = line.Split('\u001d')[1];
        Assert.DoesNotContain("root\" akashi-forged", enrichment);
        Assert.Equal(2, line.Split('\u001d').Length);
    }

    [Fact]
    public void A_full_disk_is_said_once_and_what_it_cost_stands_in_the_trail()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using var disk = new SmallDisk(_folder["disk"], kilobytes: 64);
        string path = Path.Combine(disk.Path, "audit.log");
        using DaemonLoop daemon = Begin(loan, path);
        string ballast = Path.Combine(disk.Path, "ballast");
        disk.Fill(ballast);

        SendUntil(loan, () => daemon.Write.Disk.RefusedRecords > 0);
        File.Delete(ballast);
        SendUntil(loan, () => daemon.Write.Disk.UnsaidRecords == 0);
        daemon.End(null);

        TrailException refusal = Assert.Single(_refusals);
        Assert.Equal($"cannot write {path}: No space left on device", refusal.Message);
        string[] lines = File.ReadAllLines(path);
        string loss = Assert.Single(lines, line => line.Contains("type=DAEMON_ERR"));
        Assert.Contains("op=loss source=disk count=", loss);
        Assert.Contains(" res=failed", loss);
        Assert.All(lines, line => Assert.StartsWith("type=", line));
    }

    [Fact]
    public void A_missing_directory_is_one_clear_line()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        string path = _folder["missing/audit.log"];

        TrailException refusal = Assert.Throws<TrailException>(() => Begin(loan, path));

        Assert.Equal($"cannot open {path}: No such file or directory", refusal.Message);
        Assert.Equal(0u, loan.Kernel.GetStatus().Pid);
    }

    [Fact]
    public void A_second_owner_is_refused_with_a_reason()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using DaemonLoop first = Begin(loan);

        KernelRequestException refusal = Assert.Throws<KernelRequestException>(() => Begin(loan, _folder["second.log"]));

        Assert.Equal(17, refusal.Errno);
        Assert.Contains("type=DAEMON_ABORT ", File.ReadAllText(_folder["second.log"]));
        Assert.Equal((uint)Environment.ProcessId, loan.Kernel.GetStatus().Pid);
    }

    DaemonLoop Begin(KernelAudit.Loan loan, string? path = null)
    {
        loan.Enable();
        var configuration = new AuditdConfiguration { LogFile = path ?? LogPath };
        var daemon = new DaemonLoop(audit.Host, configuration, [], new DaemonSurroundings { OnRefused = _refusals.Add });
        try
        {
            daemon.Begin("test", EnableState.NoChange);
            return daemon;
        }
        catch
        {
            daemon.Dispose();
            throw;
        }
    }

    void AddRule(KernelAudit.Loan loan, string text)
    {
        var diagnostics = new DiagnosticBag();
        IEnumerable<RuleFileLine> lines = RuleFile.Read(Encoding.UTF8.GetBytes(text + "\n"), "test", diagnostics);
        var context = new RuleContext(Machine.X86_64, audit.Host.Accounts, audit.Host.Files.KindOf);
        RuleChange? change = RuleParser.Parse(lines.Single().Options!, context, diagnostics);
        Assert.True(change is not null, string.Join('\n', diagnostics.All));
        loan.Kernel.AddRule(RuleEncoder.Encode(change.Rule));
    }

    void WaitForTrail(string text)
    {
        Assert.True(
            SpinWait.SpinUntil(() => File.ReadAllText(LogPath, Encoding.Latin1).Contains(text), s_limit),
            $"'{text}' did not reach the trail:\n{File.ReadAllText(LogPath)}");
    }

    static void SendUntil(KernelAudit.Loan loan, Func<bool> condition)
    {
        byte[] message = Encoding.ASCII.GetBytes("akashi-live " + new string('x', 4000));
        long deadline = Stopwatch.GetTimestamp() + (long)(s_limit.TotalSeconds * Stopwatch.Frequency);
        while (!condition())
        {
            Assert.True(Stopwatch.GetTimestamp() < deadline, "the condition did not come about");
            loan.Kernel.SendUserMessage((int)RecordType.Test, message);
            SpinWait.SpinUntil(condition, TimeSpan.FromMilliseconds(20));
        }
    }

    static void RunAsOwnUser(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("setpriv", ["--reuid", $"{OwnUser}", "--regid", $"{OwnUser}", "--clear-groups", "sh", "-c", command])
        {
            RedirectStandardError = true,
        })!;
        process.StandardError.ReadToEnd();
        Assert.True(process.WaitForExit(s_limit));
    }

    static string Line(string[] lines, string text) => Assert.Single(lines, line => line.Contains(text) && line.Contains("type=PATH"));

    static string StampOf(string line) => line.Split("audit(")[1].Split(')')[0];
}
