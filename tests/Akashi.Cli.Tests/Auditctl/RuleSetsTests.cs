using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Auditctl;

/// <summary>The rule sets of the field are loaded as Debian's auditctl loads them: the same requests, byte for byte, and the same exit code.</summary>
/// <remarks>Skipped where Debian's own wasn't fetched: eng/yardsticks.sh downloads and unpacks it, with its sets (STIG, PCI DSS, OSPP, NISPOM, …).
/// More sets, from files named *.rules in the directory AKASHI_RULE_SETS, where that is set.</remarks>
public sealed class RuleSetsTests : IDisposable
{
    static readonly Lazy<string> s_shim = new(CompileShim);

    readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Sets
    {
        get
        {
            string packaged = RepositoryFiles.PathOf("artifacts", "yardsticks", "root", "usr", "share", "doc", "auditd", "examples", "rules");
            string more = Environment.GetEnvironmentVariable("AKASHI_RULE_SETS") ?? "";
            var sets = new TheoryData<string>();
            string[] directories = [packaged, more, RepositoryFiles.PathOf("packaging", "rules.d")];
            foreach (string path in directories.Where(Directory.Exists).SelectMany(directory => Directory.GetFiles(directory, "*.rules")).Order(StringComparer.Ordinal))
                sets.Add(path);

            return sets;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Sets))]
    public void Makes_the_same_requests(string path)
    {
        string file = _folder["set.rules"];
        string text = File.ReadAllText(path);
        string[] names = [.. Regex.Matches(text, @"-S ([a-z0-9_,]+)").SelectMany(match => match.Groups[1].Value.Split(',')).Distinct()];
        File.WriteAllText(file, names.Where(IsNew).Aggregate(text, WithoutSyscall));
        AssertSame(["-R", file]);
    }

    // System calls that Linux got after 3.0.9 was made: sets of today name them.
    bool IsNew(string name) =>
        Syscalls.ForMachine(Akashi.Tables.Machine.X86_64).TryGetNumber(Encoding.UTF8.GetBytes(name), out _)
        && Original("-a", "always,exit", "-F", "arch=b64", "-S", name).ExitCode != 0;

    static string WithoutSyscall(string text, string name) =>
        Regex.Replace(Regex.Replace(text, $@",{name}\b|\b{name},", ""), $@"^.*-S {name}\b.*\n", "", RegexOptions.Multiline);

    RecordedRequests Original(params string[] arguments)
    {
        Assert.SkipUnless(
            File.Exists(RepositoryFiles.PathOf("artifacts", "yardsticks", "run", "auditctl")), "Debian's own tools aren't there: eng/yardsticks.sh fetches them");
        return RecordedRequests.OfOriginal(s_shim.Value, _folder.Path, arguments);
    }

    // The names of all tables in upper case, which the original takes, but for lists and actions.
    [Theory]
    [InlineData("-a always,exit -F UID=0 -F GID!=0")]
    [InlineData("-a always,exit -S OPENAT,Close -F arch=B64")]
    [InlineData("-a always,exit -F arch=b64 -S OPENAT -F exit=-einval")]
    [InlineData("-a always,exit -F filetype=DIR -F path=/etc/passwd")]
    [InlineData("-a always,exit -F path=/etc/passwd -F perm=RWXA")]
    [InlineData("-a always,exit -C UID!=EUID")]
    [InlineData("-a never,exclude -F msgtype=sockaddr")]
    [InlineData("-a never,user -F msgtype=User_Login")]
    [InlineData("-a always,exit -F arch=b64 -S openat -F success=YES")]
    [InlineData("-a ALWAYS,EXIT")]
    [InlineData("-a never,filesystem -F FSTYPE=TRACEFS")]
    [InlineData("-w /etc/passwd -p WA -k One")]
    [InlineData("-a always,exit -F arch=X86_64 -S open")]
    [InlineData("-a always,exit -F pers=LINUX")]
    public void Case_of_names_counts_where_it_counts_in_the_original(string line) => AssertSame(line.Split(' '));

    // Public sets write the permissions of a watch behind -F path=, without an arch as here: with one, 4.2.2 asks for fewer system calls than 3.0.9.
    [Theory]
    [InlineData("-a always,exit -F path=/usr/bin/at -p x -F key=one")]
    [InlineData("-a always,exit -F dir=/etc -p wa -k one")]
    [InlineData("-a always,exit -F path=/etc/passwd -F perm=r -p wa -F auid>=1000")]
    [InlineData("-A always,exit -F path=/etc/passwd -p a -S chmod")]
    [InlineData("-d always,exit -F path=/etc/passwd -p wa")]
    [InlineData("-a always,exit -p wa -F path=/etc/passwd")]
    [InlineData("-p wa")]
    [InlineData("-p wa -w /etc/passwd")]
    [InlineData("-a always,exit -F path=/etc/passwd -p z")]
    [InlineData("-a always,exit -F path=/etc/passwd -p rwxar")]
    public void Permissions_may_stand_behind_other_fields(string line) => AssertSame(line.Split(' '));

    void AssertSame(string[] arguments)
    {
        RecordedRequests expected = Original(arguments);
        RecordedRequests actual = RecordedRequests.OfOurs(Machine(), arguments);

        string both = $"\nthe original's errors:\n{expected.Error}\nours:\n{actual.Error}";
        Assert.True(expected.Lines.SequenceEqual(actual.Lines), Difference(expected.Lines, actual.Lines) + both);
        Assert.True(expected.ExitCode == actual.ExitCode, $"exit code {actual.ExitCode} instead of {expected.ExitCode}" + both);
    }

    static string Difference(IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        int index = Enumerable.Range(0, Math.Min(expected.Count, actual.Count)).FirstOrDefault(at => expected[at] != actual[at], Math.Min(expected.Count, actual.Count));
        return $"{actual.Count} requests instead of {expected.Count}; number {index + 1} is\n{actual.ElementAtOrDefault(index)}\ninstead of\n{expected.ElementAtOrDefault(index)}";
    }

    static ScriptedHost Machine()
    {
        var machine = new ScriptedHost();
        foreach (string[] fields in File.ReadLines("/etc/passwd").Select(line => line.Split(':')))
            machine.Users[fields[0]] = uint.Parse(fields[2]);
        foreach (string[] fields in File.ReadLines("/etc/group").Select(line => line.Split(':')))
            machine.Groups[fields[0]] = uint.Parse(fields[2]);
        return machine;
    }

    static string CompileShim()
    {
        var start = new ProcessStartInfo(RepositoryFiles.PathOf("eng", "compile-c.sh"), [RepositoryFiles.PathOf("eng", "recorded-kernel.c"), "-shared", "-fPIC"])
        {
            RedirectStandardOutput = true,
        };
        using Process compiling = Process.Start(start)!;
        string path = compiling.StandardOutput.ReadToEnd().Trim();
        compiling.WaitForExit();
        return compiling.ExitCode == 0 ? path : throw new InvalidOperationException("eng/recorded-kernel.c doesn't compile");
    }
}
