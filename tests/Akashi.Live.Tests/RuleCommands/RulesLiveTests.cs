using System.Text;
using Akashi.Cli;
using Akashi.Host;
using Akashi.Live.Tests.Netlink;
using Akashi.Testing;

namespace Akashi.Live.Tests.RuleCommands;

/// <summary><c>akashi rules</c> against the real kernel; every rule is scoped to a user that no process runs as, or to a directory of its own.</summary>
public class RulesLiveTests(KernelAudit audit)
{
    const string Scope = "-F uid=64242";
    const string First = $"-a always,exit -F arch=b64 -S openat {Scope} -F key=akashi-one";
    const string Second = $"-a always,exit -F arch=b64 -S execve {Scope} -F key=akashi-two";
    const string Third = $"-a always,exit -F arch=b32 -S chmod,fchmod {Scope} -F key=akashi-three";
    const string Never = $"-a never,exit -F arch=b64 -S execve {Scope} -F gid=64242";

    [Fact]
    public void Files_are_loaded_compared_and_loaded_anew_with_the_fewest_changes()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using var directory = new OwnDirectory();
        Clear(loan.Kernel);
        string tree = directory.File("tree");
        Directory.CreateDirectory(tree);
        string watch = $"-w {tree} -p wa -k akashi-tree";
        string all = $"-a always,exit -S all {Scope} -F auid=-1 -F key=akashi-all";
        string file = directory.File("one.rules");

        File.WriteAllText(file, $"-D\n-b 640\n{First}\n{Second}\n{watch}\n{all}\n-a never,exclude -F msgtype=1998 {Scope}\n");
        Assert.Equal((1, true), (Run("diff", file).ExitCode, Run("diff", file).Output.Contains("+ backlog_limit 640\n")));
        Assert.Equal("5 rules added, 0 removed, 0 put in anew because of the order, 0 left alone\n", Run("load", file).Output);
        Assert.Equal("0 rules added, 0 removed, 0 put in anew because of the order, 5 left alone\n", Run("load", file).Output);
        Assert.Equal((0, "", ""), Run("diff", file));
        Assert.Equal(640u, loan.Kernel.GetStatus().BacklogLimit);

        File.WriteAllText(file, $"-D\n{First}\n{Third}\n{Never}\n{Second}\n{all}\n");
        Assert.Equal("2 rules added, 2 removed, 0 put in anew because of the order, 3 left alone\n", Run("load", file).Output.Split('\n', 2) switch
        {
            [var only, ""] => only + "\n",
            var lines => string.Join('\n', lines),
        });
        Assert.Equal((0, "", ""), Run("diff", file));
    }

    [Fact]
    public void A_refusal_of_the_kernel_puts_back_what_was_there()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using var directory = new OwnDirectory();
        Clear(loan.Kernel);
        string file = directory.File("one.rules");
        File.WriteAllText(file, $"{First}\n{Second}\n{Third}\n");
        Assert.Equal(0, Run("load", file).ExitCode);
        IReadOnlyList<byte[]> before = loan.Kernel.ListRules();

        string tooLong = directory.File(new string('x', 300)) + "/file";
        File.WriteAllText(file, $"-D\n-b 777\n{Never}\n{Second}\n-w {tooLong} -p wa -k x\n-e 2\n");
        var (exitCode, _, error) = Run("load", file);

        Assert.Equal(1, exitCode);
        Assert.Contains(
            $"akashi rules: {file}:5: the kernel refuses -w {tooLong} -p wa -k x: File name too long\n", error);
        Assert.Contains("nothing is changed: the rules are what they were before\n", error);
        Assert.Equal(before, loan.Kernel.ListRules());
        Assert.NotEqual(777u, loan.Kernel.GetStatus().BacklogLimit);
        Assert.NotEqual(2u, loan.Kernel.GetStatus().Enabled);
    }

    [Fact]
    public void The_presets_are_taken_side_by_side_and_found_again()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using var directory = new OwnDirectory();
        Clear(loan.Kernel);
        string file = directory.File("presets.rules");
        string[] lines = [.. Directory.GetFiles(RepositoryFiles.PathOf("packaging", "rules.d")).Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines)
            .Where(line => line.Contains(",exit ") && PathsExist(line))
            .Select(line => $"{line} {Scope}")];
        File.WriteAllLines(file, lines);

        Assert.InRange(lines.Length, 60, 500);
        Assert.Equal((0, $"{lines.Length} rules added, 0 removed, 0 put in anew because of the order, 0 left alone\n", ""), Run("load", file));
        Assert.Equal((0, "", ""), Run("diff", file));
        Assert.Equal(lines.Length, loan.Kernel.ListRules().Count);
    }

    static bool PathsExist(string rule) => rule.Split(' ').All(word =>
        word.StartsWith("dir=") ? Directory.Exists(word[4..])
        : !word.StartsWith("path=") && !word.StartsWith("exe=") || Directory.Exists(Path.GetDirectoryName(word[(word.IndexOf('=') + 1)..])));

    [Fact]
    public void Operations_of_io_uring_are_taken_and_listed()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using var directory = new OwnDirectory();
        string file = directory.File("ring.rules");
        string rule = $"-a always,io_uring -S openat,uring_cmd {Scope} -F key=akashi-ring";
        File.WriteAllText(file, rule + "\n");

        Assert.Equal((0, ""), (Run("load", file).ExitCode, Run("load", file).Error));
        Assert.Contains(rule + "\n", Run("list").Output);
        Assert.Equal((0, "", ""), Run("diff", file));
    }

    // The loan puts back what somebody else left there.
    static void Clear(IAuditKernel kernel)
    {
        foreach (byte[] rule in kernel.ListRules())
            kernel.DeleteRule(rule);
    }

    (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        var output = new MemoryStream();
        var error = new MemoryStream();
        int exitCode = AkashiCommand.Run(new Invocation
        {
            Name = "akashi",
            Arguments = ["rules", .. arguments],
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
