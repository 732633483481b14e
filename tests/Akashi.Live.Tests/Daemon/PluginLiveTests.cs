using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Akashi.Host;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Live.Tests.Daemon;

/// <summary>auditd with real plugins over the real kernel, and side by side with Debian's.</summary>
public sealed partial class PluginLiveTests(KernelAudit audit) : IDisposable
{
    readonly AuditdProgram _auditd = new();

    KernelAudit.Loan? _loan;

    // The daemon gives the kernel back before the loan looks at it.
    public void Dispose()
    {
        _auditd.Dispose();
        _loan?.Dispose();
    }

    [Fact]
    public void The_socket_plugin_serves_many_and_the_filter_plugin_chooses()
    {
        KernelAudit.Loan loan = Borrow();
        _auditd.Configure($"plugin_dir = {_auditd["plugins"]}", "log_format = RAW");
        File.WriteAllText(_auditd["rules"], "\\regexp /akashi-wanted/\n");
        string reader = _auditd.WriteScript("reader", $"exec cat >{_auditd["got"]}");
        _auditd.AddPlugin("af_unix", AuditdProgram.Program, $"audisp-af_unix 0600 {_auditd["socket"]} string", "binary", "plugins");
        _auditd.AddPlugin("filter", AuditdProgram.Program, $"audisp-filter blocklist {_auditd["rules"]} {reader}", directory: "plugins");
        using Process daemon = _auditd.Start("-n", "-s", "nochange");
        Assert.Equal("2", _auditd.State("Number of active plugins"));
        using Socket first = Connect();
        using Socket second = Connect();
        using Process python = Process.Start(new ProcessStartInfo("python3", ["-c", Python, _auditd["socket"], _auditd["got.python"]]))!;

        SendUntil(loan, "akashi-ready", () => first.Available > 0 && second.Available > 0 && Text("got.python").Length > 0);
        loan.Kernel.SendUserMessage((int)RecordType.Test, "akashi-dull"u8);
        loan.Kernel.SendUserMessage((int)RecordType.Test, "akashi-wanted"u8);

        Assert.All([first, second], socket => Assert.Contains("type=TEST msg=audit(", ReadUntil(socket, "akashi-wanted")));
        Assert.True(python.WaitForExit(AuditdProgram.Limit), "python got nothing");
        Assert.Contains("akashi-wanted", Text("got.python"));
        AuditdProgram.WaitFor(() => File.Exists(_auditd["got"]) && File.ReadAllText(_auditd["got"]).Contains("akashi-wanted"), "the filter gave nothing on");
        _auditd.End();
        Assert.DoesNotContain("akashi-dull", File.ReadAllText(_auditd["got"]));
        Assert.False(File.Exists(_auditd["socket"]));
        Assert.DoesNotContain("audisp", _auditd.Error);
    }

    [Fact]
    public void A_plugin_that_floods_the_output_or_dies_again_and_again_harms_no_record()
    {
        KernelAudit.Loan loan = Borrow();
        _auditd.AddPlugin("flood", _auditd.WriteScript("flood", "exec yes"));
        _auditd.AddPlugin("brief", _auditd.WriteScript("brief", "exit 1"));
        _auditd.AddPlugin("good", _auditd.WriteScript("good", $"exec cat >{_auditd["got"]}"));
        _auditd.Configure("max_restarts = 3", "q_depth = 600");

        // Nobody reads its standard output: the pipe is full at once.
        using Process daemon = _auditd.Start("-n", "-s", "nochange");
        SendUntil(loan, "akashi-first", () => _auditd.State("Number of active plugins") == "2");
        loan.Kernel.SendUserMessage((int)RecordType.Test, "akashi-last"u8);

        _auditd.WaitForLine("akashi-last");
        AuditdProgram.WaitFor(() => File.ReadAllText(_auditd["got"]).Contains("akashi-last"), "the good plugin got nothing");
        _auditd.End();
        Assert.Equal(3, Regex.Count(_auditd.Error, "plugin brief has ended and is started anew"));
        Assert.Contains("plugin brief has ended 4 times: it gets nothing until the next SIGHUP", _auditd.Error);
    }

    [Theory]
    [InlineData("RAW", "NONE")]
    [InlineData("ENRICHED", "NONE")]
    [InlineData("RAW", "USER")]
    public void Plugins_get_the_same_bytes_from_Debians_auditd(string format, string names)
    {
        string original = RepositoryFiles.PathOf("artifacts", "yardsticks", "run", "auditd");
        Assert.SkipUnless(File.Exists(original), "Debian's own tools aren't there: eng/yardsticks.sh fetches them");
        KernelAudit.Loan loan = Borrow();
        string[] lines = [$"log_format = {format}", $"name_format = {names}", "name = akashi", $"plugin_dir = {_auditd["plugins.d"]}", "flush = NONE", "space_left = 2", "admin_space_left = 1"];
        _auditd.Configure(lines);
        _auditd.AddPlugin("binary", _auditd.WriteScript("binary", $"exec cat >{_auditd["got.binary"]}"), format: "binary");
        _auditd.AddPlugin("string", _auditd.WriteScript("string", $"exec cat >{_auditd["got.string"]}"));

        (string[] theirBinary, string[] theirString) = Record(loan, () => Process.Start(new ProcessStartInfo(original, ["-n", "-s", "nochange", "-c", Path.GetDirectoryName(_auditd["x"])!]))!);
        (string[] ourBinary, string[] ourString) = Record(loan, () => _auditd.Start("-n", "-s", "nochange"));

        AssertSame(theirString, ourString);
        AssertSame(theirBinary, ourBinary);
    }

    const int Messages = 6;

    // Debian's has been seen to give a plugin one of them twice, and once a seventh that differed: everything of ours is theirs, in their order.
    static void AssertSame(string[] theirs, string[] ours)
    {
        Assert.Equal(Messages, ours.Length);
        Assert.Equal(ours, theirs.Distinct().Where(ours.Contains));
    }

    const string Python = """
        import socket, sys
        s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        s.connect(sys.argv[1])
        for line in s.makefile():
            open(sys.argv[2], "a").write(line)
            if "akashi-wanted" in line:
                break
        """;

    // What is of the run itself, stamps and numbers of processes, is made equal.
    (string[] Binary, string[] Text) Record(KernelAudit.Loan loan, Func<Process> start)
    {
        File.Delete(_auditd["got.binary"]);
        File.Delete(_auditd["got.string"]);
        using Process daemon = start();
        AuditdProgram.WaitFor(() => loan.Kernel.GetStatus().Pid != 0, "nobody takes the kernel's audit");
        for (int index = 0; index < Messages; index++)
            loan.Kernel.SendUserMessage((int)RecordType.Test, Encoding.ASCII.GetBytes($"akashi-{index} uid=0 acct=\"x\""));
        AuditdProgram.WaitFor(() => Text("got.binary").Contains("akashi-5") && Text("got.string").Contains("akashi-5"), "the plugins got nothing");
        using (var handle = Linux.Processes.ProcessHandle.Open((int)loan.Kernel.GetStatus().Pid)!)
        {
            Assert.Null(handle.TrySend(Signal.Terminate));
            Assert.True(handle.WaitForEnd(AuditdProgram.Limit));
        }

        return (OfTests(Text("got.binary"), 16), OfTests(Text("got.string"), 0));
    }

    // The test's own messages: of the binary format with the header before each; what differs with the run is made equal.
    static string[] OfTests(string got, int headerBytes) =>
    [
        .. TestMessage().Matches(got).Select(match =>
            Convert.ToHexString(Encoding.Latin1.GetBytes(got, match.Index - headerBytes, headerBytes)) + Stamp().Replace(match.Value, "audit(STAMP)")),
    ];

    string Text(string name) => File.Exists(_auditd[name]) ? Encoding.Latin1.GetString(File.ReadAllBytes(_auditd[name])) : "";

    [GeneratedRegex("(node=akashi )?(type=TEST msg=)?audit\\([0-9.:]+\\): pid=[0-9]+ uid=[^\\n]*?akashi-[0-5] uid=0 acct=\"x\"'?(\\u001d([A-Z]+=\"[a-z]+\" ?)*)?")]
    private static partial Regex TestMessage();

    [GeneratedRegex("audit\\([0-9.:]+\\)")]
    private static partial Regex Stamp();

    Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = (int)AuditdProgram.Limit.TotalMilliseconds };
        AuditdProgram.WaitFor(
            () =>
            {
                try
                {
                    socket.Connect(new UnixDomainSocketEndPoint(_auditd["socket"]));
                    return true;
                }
                catch (SocketException)
                {
                    return false;
                }
            },
            "nobody listens");
        return socket;
    }

    static string ReadUntil(Socket socket, string text)
    {
        var got = new StringBuilder();
        byte[] bytes = new byte[64 * 1024];
        while (!got.ToString().Contains(text))
        {
            int count = socket.Receive(bytes);
            Assert.NotEqual(0, count);
            got.Append(Encoding.ASCII.GetString(bytes, 0, count));
        }

        return got.ToString();
    }

    static void SendUntil(KernelAudit.Loan loan, string text, Func<bool> condition) => AuditdProgram.WaitFor(
        () =>
        {
            // No faster than readers who start slowly can bear: their queues are bounded.
            loan.Kernel.SendUserMessage((int)RecordType.Test, Encoding.ASCII.GetBytes(text));
            return SpinWait.SpinUntil(condition, TimeSpan.FromMilliseconds(50));
        },
        "the condition did not come about");

    KernelAudit.Loan Borrow()
    {
        _loan = audit.Borrow();
        _loan.Enable();
        return _loan;
    }
}
