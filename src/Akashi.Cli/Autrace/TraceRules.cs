using System.Text;
using Akashi.Cli.RuleCommands;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Rules;
using Akashi.Tables;

namespace Akashi.Cli.Autrace;

/// <summary>The rules under which one program is traced.</summary>
static class TraceRules
{
    // What says which files and hosts a program uses. Names that the machine lacks are left out.
    const string Resources = "open,creat,openat,openat2,truncate,rename,renameat,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,"
        + "rmdir,mknod,mknodat,readlink,readlinkat,name_to_handle_at,chdir,chmod,fchmodat,chown,lchown,fchownat,execve,"
        + "accept,accept4,bind,connect,sendto,recvfrom,sendfile";

    /// <summary>Makes one.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="field">Whose system calls: <c>pid=1234</c>.</param>
    /// <param name="isLimited">Whether only those that say which files and hosts are used.</param>
    /// <param name="isPrepended">Whether it goes before the others.</param>
    /// <param name="key">Its key; null for none.</param>
    public static byte[] Make(IHost host, string field, bool isLimited, bool isPrepended = false, string? key = null)
    {
        var context = new RuleContext(HostMachine.Of(host), host.Accounts, host.Files.KindOf);
        var options = new List<RuleOption> { new(isPrepended ? "-A" : "-a", "always,exit") };
        options.Add(new RuleOption("-S", isLimited ? string.Join(',', Resources.Split(',').Where(name => IsKnown(name, context.Machine))) : "all"));
        options.Add(new RuleOption("-F", field));
        if (key is not null)
            options.Add(new RuleOption("-k", key));
        RuleChange change = RuleParser.Parse(options, context, new DiagnosticBag())
            ?? throw new AuditException($"cannot make a rule for {field}");
        return RuleEncoder.Encode(change.Rule);
    }

    static bool IsKnown(string name, Machine machine) => Syscalls.ForMachine(machine).TryGetNumber(Encoding.UTF8.GetBytes(name), out _);
}
