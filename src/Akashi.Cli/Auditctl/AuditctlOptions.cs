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
        Row("-a", "LIST,ACTION", Rules, "append a rule to a list: exit,always or always,exit") with
        {
            LongHelp = "Lists: exit, user, exclude, filesystem, task, io_uring; actions: always, never. The order of the two doesn't matter.",
            Values = OptionValues.Of("always,exit never,exit always,user never,user always,exclude never,exclude always,filesystem never,filesystem always,task never,task always,io_uring never,io_uring"),
        },
        Row("-A", "LIST,ACTION", Rules, "put a rule before the others of its list") with
        {
            LongHelp = "The first rule of a list that matches decides: exceptions go first.",
            Values = OptionValues.Of("always,exit never,exit always,user never,user always,exclude never,exclude always,filesystem never,filesystem always,task never,task always,io_uring never,io_uring"),
        },
        Row("-d", "LIST,ACTION", Rules, "delete the rule that is exactly equal") with
        {
            LongHelp = "List, action, conditions, system calls and key must all be as they are listed by -l.",
            Values = OptionValues.Of("always,exit never,exit always,user never,user always,exclude never,exclude always,filesystem never,filesystem always,task never,task always,io_uring never,io_uring"),
        },
        Row("-D", null, Rules, "delete all rules; with -k those whose key holds KEY"),
        Row("-w", "PATH", Rules, "watch a file, or a directory and what is below") with
        {
            LongHelp = "What is at the path when the rule is loaded counts; a directory's whole tree is watched. With -p and -k.",
            Values = new(ValueKind.File),
        },
        Row("-W", "PATH", Rules, "delete a watch") with
        {
            LongHelp = "With the -p and -k it was made with.",
            Values = new(ValueKind.File),
        },
        Row("-p", "rwxa", Rules, "what a watch is for: read, write, execute, attributes") with
        {
            LongHelp = "Any of r, w, x and a, joined: wa for changes. They stand for groups of system calls.",
            Values = OptionValues.Of("r w x a wa rwxa"),
        },
        Row("-S", "SYSCALL", Rules, "system calls by name or number, joined by commas, or all; repeatable") with
        {
            LongHelp = "Needs -F arch= before it where the name is another number on the machine's other width.",
            Values = new(ValueKind.Syscall, "all") { IsList = true },
        },
        Row("-F", "FIELD=VALUE", Rules, "a field, one of = != > >= < <= & &=, a value; repeatable") with
        {
            LongHelp = "Fields: auid, uid, euid, gid, pid, ppid, arch, exe, path, dir, perm, success, exit, key, msgtype, a0 to a3, obj_type and others. Values are numbers or names: auid>=1000, auid!=unset, exit=-EACCES, success=no.",
            Values = new(ValueKind.RuleField) { IsOpen = true },
        },
        Row("-C", "FIELD=FIELD", Rules, "compare two fields, = or !=; repeatable") with
        {
            LongHelp = "Users with users, groups with groups: uid!=euid finds set-uid programs.",
            Values = OptionValues.Of("auid= uid= euid= suid= fsuid= obj_uid= gid= egid= sgid= fsgid= obj_gid=") with { IsOpen = true },
        },
        Row("-k", "KEY", Rules, "name a rule, so that its events are found by ausearch -k; repeatable") with
        {
            LongHelp = "At most 31 bytes. With -D and -l: only rules whose key holds it.",
        },
        Row("-R", "FILE", Rules, "load rules from a file") with
        {
            LongHelp = "One rule a line, written as on the command line without auditctl; # begins a comment. The file must not be writable by everybody.",
            Values = new(ValueKind.File),
        },
        Row("-i", null, Rules, "with -R go on after errors, exit code 0; with -s and -l show words for numbers"),
        Row("-c", null, Rules, "with -R go on after errors, exit code 1 if there was one"),
        Row("-e", "0..2", Kernel, "audit off, on, or on and locked until the next boot") with
        {
            LongHelp = "After 2 nothing can be changed until the next boot, this setting included.",
            Values = OptionValues.Of("0 1 2"),
        },
        Row("-f", "0..2", Kernel, "when the kernel can't audit: do nothing, say so, panic") with
        {
            LongHelp = "0 silent, 1 printk (the default), 2 panic. It counts when the backlog is full or memory runs out.",
            Values = OptionValues.Of("0 1 2"),
        },
        Row("-b", "RECORDS", Kernel, "how many records may wait in the kernel") with
        {
            LongHelp = "Records wait there until auditd takes them; where it is full, processes wait or records are lost. The default is 64; 8192 suits most servers.",
        },
        Row("-r", "RECORDS", Kernel, "how many records a second may be made; 0 for no limit") with
        {
            LongHelp = "What is above is lost, and counted as -f says.",
        },
        Row("--backlog_wait_time", "JIFFIES", Kernel, "how long a process waits for room in the backlog") with
        {
            LongHelp = "After that the record counts as lost. 0 lets nothing wait; the default is a minute.",
        },
        Row("--loginuid-immutable", null, Kernel, "never let a login user be changed again") with
        {
            LongHelp = "Not even root can then change whom its actions are ascribed to; containers that start logins of their own need it off. Lasts until the next boot.",
        },
        Row("--reset-lost", null, Kernel, "set the count of lost records to 0") with
        {
            LongHelp = "The count that it was is printed.",
        },
        Row("--reset_backlog_wait_time_actual", null, Kernel, "set the time that processes waited to 0"),
        Row("-q", "MOUNT,SUBTREE", Kernel, "make the watches of a tree hold for what is mounted there") with
        {
            LongHelp = "After mounting something below a watched directory.",
        },
        Row("-t", null, Kernel, "trim the trees of directory watches") with
        {
            LongHelp = "After unmounting something below a watched directory.",
        },
        Row("--signal", "SIGNAL", Kernel, "send auditd a signal: TERM (stop, waits for the end), HUP (reload), USR1 (rotate), USR2 (resume), CONT (state)") with
        {
            LongHelp = "In upper or lower case; stop, reload, rotate, resume and state are other words for the same.",
            Values = OptionValues.Of("TERM HUP USR1 USR2 CONT stop reload rotate resume state"),
        },
        Row("-m", "TEXT", Kernel, "send a message into the audit system") with
        {
            LongHelp = "It becomes a record of type USER. Needs the right to write audit records, and must be the only option.",
        },
        Row("-s", null, Reports, "show the status of the kernel's audit") with
        {
            LongHelp = "enabled: 0 off, 1 on, 2 on and locked. pid: who records, 0 for nobody. backlog: records that wait. lost: records lost since boot.",
        },
        Row("-l", null, Reports, "list the rules; with -k those whose key holds KEY") with
        {
            LongHelp = "In the order in which the kernel looks at them.",
        },
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
