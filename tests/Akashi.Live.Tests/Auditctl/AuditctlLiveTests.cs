using System.Text;
using Akashi.Cli.Auditctl;
using Akashi.Host;
using Akashi.Live.Tests.Netlink;
using Akashi.Testing;

namespace Akashi.Live.Tests.Auditctl;

/// <summary>auditctl against the real kernel; every rule is scoped to a user that no process runs as.</summary>
public class AuditctlLiveTests(KernelAudit audit, ITestOutputHelper output)
{
    const string Scope = " -F uid=64242";
    const string Refused = "Error sending add rule data request (Invalid argument)";

    /// <summary>The recorded rules of lists whose rules can be scoped by uid: accepted ones, and those the kernel refused.</summary>
    static IEnumerable<(string Rule, int ExitCode, string Listing)> Recorded() =>
        from line in File.ReadLines(RepositoryFiles.PathOf("testdata", "auditctl", "rules.tsv"))
        let columns = line.Split('\t')
        where columns[0].StartsWith("-a ") || columns[0].StartsWith("-A ")
        where columns[1] == "0" ? columns[3].StartsWith("-a ") : columns[2].Contains(Refused)
        where !columns[0].EndsWith("saddr_fam=inet6") // Refused on purpose.
        where !columns[3].Contains(",filesystem") && PathsExist(columns[0])
        // The one recorded rule that is refused on purpose: the original silently loads the family 0.
        where !columns[0].Contains("saddr_fam=inet6")
        select (columns[0], int.Parse(columns[1]), columns[3]);

    [Fact]
    public void Recorded_rules_are_taken_listed_and_deleted_by_this_kernel()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        string before = Run("-l").Output;
        var wrong = new List<string>();
        int count = 0;

        foreach (var (rule, exitCode, listing) in Recorded())
        {
            count++;
            string scoped = rule + Scope;
            string expected = exitCode == 0 ? Scoped(listing) : "";
            var added = Run(scoped.Split(' '));
            string listed = Added(before, Run("-l").Output);
            int deleted = exitCode == 0 ? Run(("-d" + scoped[2..]).Split(' ')).ExitCode : 0;
            if ((added.ExitCode, listed, deleted) != (exitCode, expected, 0))
                wrong.Add($"{scoped}: {added.ExitCode} {added.Error} deleted {deleted}\n  {listed}\n  {expected}");
        }

        output.WriteLine($"{count} rules");
        Assert.InRange(count, 200, 387);
        Assert.Empty(wrong);
        Assert.Equal(before, Run("-l").Output);
    }

    [Fact]
    public void Watches_of_files_and_directories_are_taken_listed_and_deleted()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using var directory = new OwnDirectory();
        string file = directory.File("watched");
        File.WriteAllText(file, "");
        string tree = Path.GetDirectoryName(file)!;
        string before = Run("-l").Output;

        Assert.Equal(0, Run("-w", file, "-p", "wa", "-k", "akashi-live").ExitCode);
        Assert.Equal(0, Run("-w", tree + "/", "-p", "x", "-k", "akashi-live", "-k", "two").ExitCode);
        Assert.Equal($"-w {file} -p wa -k akashi-live\n-w {tree} -p x -k akashi-live -k two\n", Run("-l", "-k", "akashi-live").Output);
        Assert.Equal(255, Run("-w", file, "-p", "wa", "-k", "akashi-live").ExitCode);
        Assert.Equal(0, Run("-W", file, "-p", "wa", "-k", "akashi-live").ExitCode);
        Assert.Equal(0, Run("-D", "-k", "akashi-live").ExitCode);
        Assert.Equal(before, Run("-l").Output);
    }

    [Fact]
    public void A_rule_file_stops_at_the_rule_that_the_kernel_refuses()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using var directory = new OwnDirectory();
        string rules = directory.File("a.rules");
        string first = "-a always,exit -F arch=b64 -S execve -F uid=64242 -F key=akashi-live";
        File.WriteAllText(rules, $"# rules\n{first}\n-w {directory.File("no")}/such -p wa\n-b 4321\n");

        var (exitCode, _, error) = Run("-R", rules);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            "Old style watch rules are slower\nError sending add rule data request (No such file or directory)\n"
            + $"There was an error in line 3 of {rules}\n  -w {directory.File("no")}/such -p wa\n", error);
        Assert.Equal(first + "\n", Run("-l", "-k", "akashi-live").Output);
        Assert.NotEqual(4321u, loan.Kernel.GetStatus().BacklogLimit);
    }

    [Fact]
    public void The_status_is_the_kernels()
    {
        using KernelAudit.Loan loan = audit.Borrow();

        Assert.Equal(0, Run("-b", "777").ExitCode);
        var (exitCode, text, _) = Run("-s");

        Assert.Equal(0, exitCode);
        Assert.Matches(
            @"^enabled [01]\nfailure [01]\npid 0\nrate_limit \d+\nbacklog_limit 777\nlost \d+\nbacklog \d+\n"
            + @"backlog_wait_time \d+\nbacklog_wait_time_actual \d+\nloginuid_immutable [01] (un)?locked\n$", text);
    }

    [Fact]
    public void A_message_becomes_a_record_of_type_user()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        loan.Enable();
        using IKernelEvents owner = audit.Host.TakeAuditEvents();
        string mark = Guid.NewGuid().ToString("N");

        Assert.Equal(0, Run("-m", $"hello {mark}").ExitCode);
        Received record = Received.Await(owner, received => received.Text.Contains(mark));

        Assert.Equal(1005, record.Type);
        Assert.Matches(
            $"^audit\\(.*\\): pid={Environment.ProcessId} uid=0 .* msg='text=hello {mark} exe=\"[^\"]+\" hostname=\\? addr=\\? terminal=[^ ]+ res=success'$",
            record.Text);
    }

    static bool PathsExist(string rule) => rule.Split(' ').All(word =>
        word.StartsWith("dir=/") ? Directory.Exists(word[4..])
        : !word.StartsWith("path=/") || Directory.Exists(Path.GetDirectoryName(word[5..])));

    // The scope is the last field, and keys come after all fields.
    static string Scoped(string listing)
    {
        int key = listing.IndexOf(" -F key=", StringComparison.Ordinal);
        return key < 0 ? listing + Scope : listing[..key] + Scope + listing[key..];
    }

    static string Added(string before, string after)
    {
        var lines = after.Split('\n').ToList();
        foreach (string line in before.Split('\n'))
            lines.Remove(line);
        lines.Remove("No rules");
        return string.Join("\n", lines.Where(line => line.Length > 0));
    }

    (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        var output = new MemoryStream();
        var error = new MemoryStream();
        int exitCode = AuditctlTool.Run(new Invocation
        {
            Name = "auditctl",
            Arguments = arguments,
            Input = Stream.Null,
            InputKind = FileKind.Other,
            Output = output,
            Error = error,
            Host = audit.Host,
            Signals = new NoSignals(),
        });
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }
}
