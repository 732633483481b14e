using System.Text.RegularExpressions;
using Akashi.Cli.Autrace;
using Akashi.Host;
using Akashi.Rules;
using Akashi.Tables;

namespace Akashi.Cli.Tests.Autrace;

/// <summary>autrace in this process over a scripted kernel; the programs are real. Texts and exit codes are those of autrace 3.0.9.</summary>
public sealed class AutraceToolTests : IDisposable
{
    // As auditctl listed them while autrace -r ran (Debian 3.0.9-1, Linux 6.18).
    const string RecordedResources = "open,sendfile,connect,accept,sendto,recvfrom,bind,execve,truncate,chdir,rename,mkdir,rmdir,creat,link,unlink,symlink,"
        + "readlink,chmod,chown,lchown,mknod,openat,mkdirat,mknodat,fchownat,unlinkat,renameat,linkat,symlinkat,readlinkat,fchmodat,accept4,"
        + "name_to_handle_at,openat2";

    readonly string _directory = Directory.CreateTempSubdirectory("akashi-autrace-").FullName;
    readonly ToolRun _autrace = new("autrace", AutraceTool.Tool.Run);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(new string[0], "all")]
    [InlineData(new[] { "-r" }, RecordedResources)]
    public void The_program_runs_under_rules_for_it_and_its_children(string[] options, string syscalls)
    {
        string mark = Path.Combine(_directory, "ran");
        var rules = new List<string>();
        _autrace.Host.Kernel.Unknown = bytes =>
        {
            Assert.True(RuleDecoder.TryDecode(bytes, out Rule? rule, out _));
            rules.Add(new RuleListing(Machine.X86_64).ToText(rule));
            return File.Exists(mark);
        };

        Assert.Equal(0, _autrace.Run([.. options, "/bin/sh", "-c", "echo $$ $PPID $1 >$0; exit 7", mark, "two words"]));

        string[] words = File.ReadAllText(mark).TrimEnd().Split(' ');
        string pid = words[0];
        Assert.Equal((Environment.ProcessId.ToString(), "two", "words"), (words[1], words[2], words[3]));
        Assert.Equal($"Cleaning up...\nTrace complete. You can locate the records with 'ausearch -i -p {pid}'\n", _autrace.Output);
        Assert.Equal([$"-a always,exit -S {syscalls} -F pid={pid}", $"-a always,exit -S {syscalls} -F ppid={pid}"], rules);
        Assert.Empty(_autrace.Host.Kernel.Rules);
    }

    [Fact]
    public void A_program_does_not_run_where_the_rules_are_refused()
    {
        string mark = Path.Combine(_directory, "ran");
        _autrace.Host.Kernel.RefusedChange = 2;

        Assert.Equal(1, _autrace.Run("/bin/sh", "-c", "echo >$0", mark));
        Assert.Equal("Error inserting audit rule for /bin/sh (Input/output error)\n", _autrace.Error);
        Assert.False(File.Exists(mark));
        Assert.Empty(_autrace.Host.Kernel.Rules);
    }

    [Fact]
    public void With_rules_loaded_it_refuses()
    {
        _autrace.Host.Kernel.AddRule(new byte[1040]);

        Assert.Equal(1, _autrace.Run("/bin/true"));
        Assert.Equal(
            "autrace cannot be run with rules loaded.\nPlease delete all rules using 'auditctl -D' if you really wanted to\nrun this command.\n",
            _autrace.Error);
        Assert.Single(_autrace.Host.Kernel.Rules);
    }

    [Theory]
    [InlineData("/no/such", "Error - can't find: /no/such\n")]
    [InlineData("nosuchprogram", "Error - can't find: nosuchprogram\n")]
    [InlineData("/etc/passwd", "Error checking /etc/passwd (Permission denied)\n")]
    [InlineData("/tmp", "Error checking /tmp (Is a directory)\n")]
    public void What_is_no_program_is_told(string path, string error)
    {
        Assert.Equal(1, _autrace.Run(path));
        Assert.Equal(error, _autrace.Error);
    }

    [Fact]
    public void Without_a_program_it_is_usage()
    {
        Assert.Equal(1, _autrace.Run());
        Assert.Equal("usage: autrace [-r] program\n", _autrace.Error);
        Assert.Equal(1, _autrace.Run("-r"));
    }

    [Fact]
    public void Without_the_right_it_does_nothing()
    {
        _autrace.Host.OpenFailure = new KernelRequestException("open", 1, 0, "Operation not permitted");
        Assert.Equal(4, _autrace.Run("/bin/true"));
        Assert.Matches(new Regex("^You must be root or have capabilities to run this program.\n$"), _autrace.Error);
        _autrace.Host.OpenFailure = new KernelRequestException("open", 111, 0, "Connection refused");
        Assert.Equal(1, _autrace.Run("/bin/true"));
        Assert.Equal("The audit system is disabled\n", _autrace.Error);
    }
}
