using Akashi.Cli.CommandLine;
using Akashi.Rules;

namespace Akashi.Cli.Auditctl;

/// <summary>auditctl's option table. The order in which options were typed matters, so each is only noted down.</summary>
static class AuditctlOptions
{
    const string Rules = "Rules";
    const string Kernel = "The kernel's audit";
    const string Reports = "Status";

    /// <summary>The table.</summary>
    public static OptionTable<List<RuleOption>> Table { get; } = new(
    [
        Row("-a", "LIST,ACTION", Rules, "append a rule to a list: exit,always or always,exit"),
        Row("-A", "LIST,ACTION", Rules, "put a rule before the others of its list"),
        Row("-d", "LIST,ACTION", Rules, "delete the rule that is exactly equal"),
        Row("-D", null, Rules, "delete all rules; with -k those whose key holds KEY"),
        Row("-w", "PATH", Rules, "watch a file, or a directory and what is below"),
        Row("-W", "PATH", Rules, "delete a watch"),
        Row("-p", "rwxa", Rules, "what a watch is for: read, write, execute, attributes"),
        Row("-S", "SYSCALL", Rules, "system calls by name or number, joined by commas, or all; repeatable"),
        Row("-F", "FIELD=VALUE", Rules, "a field, one of = != > >= < <= & &=, a value; repeatable"),
        Row("-C", "FIELD=FIELD", Rules, "compare two fields, = or !=; repeatable"),
        Row("-k", "KEY", Rules, "name a rule, so that its events are found by ausearch -k; repeatable"),
        Row("-R", "FILE", Rules, "load rules from a file"),
        Row("-i", null, Rules, "with -R go on after errors, exit code 0; with -s and -l show words for numbers"),
        Row("-c", null, Rules, "with -R go on after errors, exit code 1 if there was one"),
        Row("-e", "0..2", Kernel, "audit off, on, or on and locked until the next boot"),
        Row("-f", "0..2", Kernel, "when the kernel can't audit: do nothing, say so, panic"),
        Row("-b", "RECORDS", Kernel, "how many records may wait in the kernel"),
        Row("-r", "RECORDS", Kernel, "how many records a second may be made; 0 for no limit"),
        Row("--backlog_wait_time", "JIFFIES", Kernel, "how long a process waits for room in the backlog"),
        Row("--loginuid-immutable", null, Kernel, "never let a login user be changed again"),
        Row("--reset-lost", null, Kernel, "set the count of lost records to 0"),
        Row("--reset_backlog_wait_time_actual", null, Kernel, "set the time that processes waited to 0"),
        Row("-q", "MOUNT,SUBTREE", Kernel, "make the watches of a tree hold for what is mounted there"),
        Row("-t", null, Kernel, "trim the trees of directory watches"),
        Row("--signal", "SIGNAL", Kernel, "send auditd a signal: TERM (stop, waits for the end), HUP (reload), USR1 (rotate), USR2 (resume), CONT (state)"),
        Row("-m", "TEXT", Kernel, "send a message into the audit system"),
        Row("-s", null, Reports, "show the status of the kernel's audit"),
        Row("-l", null, Reports, "list the rules; with -k those whose key holds KEY"),
        Row("-v", null, Reports, "print the version"),
        Row("-h", null, Reports, "print this help"),
    ], OptionStyle.Getopt)
    {
        UnknownOption = word => $"Option {word} is invalid",
    };

    static Option<List<RuleOption>> Row(string name, string? value, string category, string help)
    {
        bool isLong = name.StartsWith("--", StringComparison.Ordinal);
        return new Option<List<RuleOption>>(isLong ? null : name, isLong ? name : null, value, category, help, (typed, words) =>
        {
            string? text = null;
            if (value is not null && !words.TryTakeAny(out text))
                return $"Option {name} is invalid";
            typed.Add(new RuleOption(name, text));
            return null;
        });
    }
}
