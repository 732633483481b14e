using System.Diagnostics;
using System.Globalization;
using System.Text;
using Akashi.Daemon.Status;
using Akashi.Host;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Live.Tests.Daemon;

/// <summary>What befalls a daemon: directory servers that hang, mounts over its log, forged messages.</summary>
public sealed class FaultLiveTests(KernelAudit audit) : IDisposable
{
    // Answers no question while a file is there; then that there is no such account.
    const string HangingModule = """
        #include <stdlib.h>
        #include <unistd.h>
        #include <nss.h>
        static int answer(void) { while (access(getenv("AKASHI_HANG"), F_OK) == 0) usleep(10000); return NSS_STATUS_NOTFOUND; }
        int _nss_hang_getpwuid_r(void) { return answer(); }
        int _nss_hang_getpwnam_r(void) { return answer(); }
        int _nss_hang_getgrgid_r(void) { return answer(); }
        int _nss_hang_getgrnam_r(void) { return answer(); }
        int main(void) { return 0; }
        """;

    // A record sent to the owner's socket by another process.
    const string Forger = """
        #include <linux/netlink.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/socket.h>
        int main(void) {
            struct { struct nlmsghdr header; char text[64]; } message = { .header = { .nlmsg_type = 1120 } };
            strcpy(message.text, "audit(1700000000.001:1): akashi-forged");
            message.header.nlmsg_len = NLMSG_LENGTH(strlen(message.text));
            struct sockaddr_nl to = { .nl_family = AF_NETLINK, .nl_pid = OWNER };
            int sender = socket(AF_NETLINK, SOCK_RAW, NETLINK_AUDIT);
            for (int count = 0; count < 3; count++)
                if (sendto(sender, &message, message.header.nlmsg_len, 0, (struct sockaddr *)&to, sizeof to) < 0) { perror("sendto"); return 1; }
            puts("sent");
            return 0;
        }
        """;

    readonly AuditdProgram _auditd = new();

    KernelAudit.Loan? _loan;

    // The daemon gives the kernel back before the loan looks at it.
    public void Dispose()
    {
        _auditd.Dispose();
        _loan?.Dispose();
    }

    [Fact]
    public void A_name_service_that_hangs_costs_names_and_no_record()
    {
        KernelAudit.Loan loan = Borrow();
        Compile(HangingModule, _auditd["libnss_hang.so.2"]);
        File.WriteAllText(_auditd["nsswitch.conf"], "passwd: files hang\ngroup: files hang\n");
        File.WriteAllText(_auditd["hang"], "");
        _auditd.Variables["AKASHI_HANG"] = _auditd["hang"];
        _auditd.Variables["LD_LIBRARY_PATH"] = Path.GetDirectoryName(_auditd["x"])!;
        _auditd.Configure("log_format = ENRICHED");
        using Process daemon = _auditd.Start("-n", "-s", "nochange");
        Assert.Contains("libnss_hang", AskNames(daemon));

        const int Records = 2000;
        var watch = Stopwatch.StartNew();
        for (int index = 0; index < Records; index++)
            loan.Kernel.SendUserMessage((int)RecordType.Test, Encoding.ASCII.GetBytes($"akashi-{index} id={61000 + index}"));
        string last = _auditd.WaitForLine($"akashi-{Records - 1} ");

        Assert.Contains("\u001dUID=\"root\"", last.Replace(" ID=", "\n ID="));
        Assert.Contains($" ID=\"unknown({61000 + Records - 1})\"", last);
        Assert.Equal(Records, _auditd.LogLines.Count(line => line.Contains("type=TEST ") && line.Contains("akashi-") && !line.Contains("akashi-ask")));

        // As many look-ups as records would take 50 ms each: those behind a hung one don't wait.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(Records * 0.05 / 4));
        loan.Kernel.SendUserMessage((int)RecordType.AddUser, "op=add-user id=61000 akashi-forget"u8);
        _auditd.WaitForLine("akashi-forget");

        // Known to the files, but whoever asks those waits behind the one that hangs.
        loan.Kernel.SendUserMessage((int)RecordType.Test, "akashi-hung id=1"u8);
        Assert.Contains(" ID=\"unknown(1)\"", _auditd.WaitForLine("akashi-hung"));
        var client = new ControlClient(audit.Host, _auditd["run/akashi/control"]);
        Assert.True(client.FindStatus(out _) is { NamesHang: true, NamesLate: > Records / 2 });

        File.Delete(_auditd["hang"]);
        AuditdProgram.WaitFor(() => client.FindStatus(out _) is { NamesHang: false }, "it still hangs");
        loan.Kernel.SendUserMessage((int)RecordType.Test, "akashi-answered id=1"u8);
        Assert.Contains(" ID=\"daemon\"", _auditd.WaitForLine("akashi-answered"));
        _auditd.End();
        Assert.Contains("type=DAEMON_END ", _auditd.LogLines[^1]);
    }

    [Fact]
    public void Records_go_where_the_path_leads_when_something_is_mounted_over_the_log()
    {
        KernelAudit.Loan loan = Borrow();
        using Process daemon = _auditd.Start("-n", "-s", "nochange");
        string inside = $"/proc/{_auditd.DaemonPid}/root{_auditd.LogPath}";
        SendUntil(loan, "akashi-before", () => File.ReadAllText(inside).Contains("akashi-before"));

        InNamespace("mount", "-t", "tmpfs", "-o", "size=2m", "akashi-test", _auditd.LogDirectory);
        SendUntil(loan, "akashi-over", () => File.Exists(inside) && File.ReadAllText(inside).Contains("akashi-over"));
        InNamespace("umount", "-l", _auditd.LogDirectory);
        SendUntil(loan, "akashi-after", () => File.ReadAllText(inside).Contains("akashi-after"));
        _auditd.End();

        Assert.Contains("was moved away; records go to a new one", _auditd.Error);
        Assert.All(_auditd.LogLines, line => Assert.StartsWith("type=", line));
    }

    [Fact]
    public void A_message_that_another_process_sends_is_no_record()
    {
        KernelAudit.Loan loan = Borrow();
        using Process daemon = _auditd.Start("-n", "-s", "nochange");

        Assert.Equal(["sent"], CProgram.Run(Forger, $"-DOWNER={_auditd.DaemonPid.ToString(CultureInfo.InvariantCulture)}"));
        AuditdProgram.WaitFor(() => _auditd.State("messages that were not the kernel's") == "3", "they are not counted");
        loan.Kernel.SendUserMessage((int)RecordType.Test, "akashi-real"u8);
        _auditd.WaitForLine("akashi-real");

        Assert.DoesNotContain(_auditd.LogLines, line => line.Contains("akashi-forged"));
    }

    // What the daemon's names thread has mapped shows that the module is really asked.
    string AskNames(Process daemon)
    {
        string maps = "";
        AuditdProgram.WaitFor(
            () =>
            {
                _loan!.Kernel.SendUserMessage((int)RecordType.Test, "akashi-ask id=60999"u8);
                maps = File.ReadAllText($"/proc/{daemon.Id}/maps");
                return maps.Contains("libnss_hang");
            },
            "the name service is not asked");
        return maps;
    }

    void InNamespace(params string[] command)
    {
        using Process process = Process.Start(
            "nsenter", ["-m", "-t", _auditd.DaemonPid.ToString(CultureInfo.InvariantCulture), .. command]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    static void Compile(string source, string library)
    {
        File.WriteAllText(library + ".c", source);
        using Process process = Process.Start("cc", ["-w", "-shared", "-fPIC", "-o", library, library + ".c"]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    static void SendUntil(KernelAudit.Loan loan, string text, Func<bool> condition) => AuditdProgram.WaitFor(
        () =>
        {
            loan.Kernel.SendUserMessage((int)RecordType.Test, Encoding.ASCII.GetBytes(text));
            return condition();
        },
        "the condition did not come about");

    KernelAudit.Loan Borrow()
    {
        _loan = audit.Borrow();
        _loan.Enable();
        return _loan;
    }
}
