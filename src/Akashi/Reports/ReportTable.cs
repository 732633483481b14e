using Akashi.Reports.Facts;
using Akashi.Tables;

namespace Akashi.Reports;

/// <summary>Every report, a row each: titles, headings and the lengths of rules are the original's, uneven ones too.</summary>
public static class ReportTable
{
    const FactKinds Place = FactKinds.Terminal | FactKinds.HostName;

    /// <summary>The reports in the order of the help.</summary>
    public static IReadOnlyList<Report> All { get; } =
    [
        new("-a", "--avc", "access decisions", "AVC Report", 63, FactKinds.Command | FactKinds.Labels,
            static (auditEvent, _) => RecordFamilies.IsAccess(auditEvent),
            [
                Columns.Command, AccessColumns.Subject, Columns.Syscall, AccessColumns.Class, AccessColumns.Permission, AccessColumns.Object,
                AccessColumns.Result, Columns.Serial,
            ])
        {
            RowCount = static facts => Math.Max(1, facts.Accesses.Count),
            Summary = new("Avc Object", "obj", 33, static () => new TextValues(SummaryTexts.Objects, isEscaped: false)),
        },
        new("-au", "--auth", "authentications", "Authentication Report", 44,
            FactKinds.Account | FactKinds.User | FactKinds.Executable | Place,
            static (auditEvent, _) => RecordFamilies.IsAuthentication(auditEvent),
            [Columns.AccountOrUser, Columns.BareHostName, Columns.BareTerminal, Columns.BareExecutable, Columns.Outcome, Columns.Serial])
        {
            Summary = new("Authentication", "acct", 29, static () => new AuthenticationValues()),
        },
        new(null, "--comm", "commands", "Command Report", 36, FactKinds.Command | FactKinds.LoginUser | Place,
            static (_, facts) => facts.Command.Exists,
            [Columns.Command, Columns.Terminal, Columns.HostName, Columns.LoginUser, Columns.Serial])
        {
            LowerRuleLength = 37,
            Summary = new("Command", "command", 33, static () => new TextValues(SummaryTexts.Commands, isEscaped: true)),
        },
        new("-c", "--config", "configuration changes", "Config Change Report", 35, FactKinds.LoginUser,
            static (auditEvent, _) => RecordFamilies.IsConfiguration(auditEvent),
            [Columns.Type, Columns.LoginUser, Columns.Outcome, Columns.Serial])
        {
            Summary = new("Config Change", "type", 28, static () => new TypeValues()),
        },
        new("-cr", "--crypto", "cryptographic events", "Crypto Report", 35, FactKinds.LoginUser,
            static (auditEvent, _) => RecordFamilies.IsCrypto(auditEvent),
            [Columns.LoginUser, Columns.Type, Columns.Outcome, Columns.Serial])
        {
            Summary = new("Crypto", "type", 21, static () => new TypeValues()),
        },
        new("-e", "--event", "events", "Event Report", 35, FactKinds.LoginUser,
            static (_, _) => true,
            [Columns.Serial, Columns.Type, Columns.LoginUser, Columns.Outcome])
        {
            Summary = new("Event", "type", 22, static () => new TypeValues()),
        },
        new("-f", "--file", "file names", "File Report", 47, FactKinds.Files | FactKinds.Executable | FactKinds.LoginUser,
            static (_, facts) => facts.Files.Count > 0,
            [Columns.File, Columns.Syscall, Columns.Outcome, Columns.Executable, Columns.LoginUser, Columns.Serial])
        {
            Summary = new("File", "file", 27, static () => new TextValues(SummaryTexts.Files, isEscaped: true)),
        },
        new("-h", "--host", "remote host names", "Host Report", 35, FactKinds.HostName | FactKinds.LoginUser,
            static (_, facts) => facts.HostName.Exists,
            [Columns.HostName, Columns.Syscall, Columns.LoginUser, Columns.Serial])
        {
            Summary = new("Host", "host", 27, static () => new TextValues(SummaryTexts.HostNames, isEscaped: false)),
        },
        new(null, "--integrity", "integrity events", "Integrity Report", 30, FactKinds.None,
            static (auditEvent, _) => RecordFamilies.IsIntegrity(auditEvent),
            [Columns.Type, Columns.Outcome, Columns.Serial])
        {
            Summary = new("Integrity", "type", 24, static () => new TypeValues()),
        },
        new("-k", "--key", "keys of rules", "Key Report", 47, FactKinds.Keys | FactKinds.Executable | FactKinds.LoginUser,
            static (_, facts) => facts.Keys.Count > 0,
            [Columns.Key, Columns.Outcome, Columns.Executable, Columns.LoginUser, Columns.Serial])
        {
            RowCount = static facts => SummaryTexts.IsKey(facts.Keys[0], facts) ? 1 : 0,
            Summary = new("Key", "key", 27, static () => new TextValues(SummaryTexts.Keys, isEscaped: false)),
        },
        new("-l", "--login", "logins", "Login Report", 44,
            FactKinds.LoginUser | FactKinds.Account | FactKinds.Executable | Place,
            static (auditEvent, _) => RecordFamilies.IsLogin(auditEvent),
            [Columns.LoginPerson, Columns.BareHostName, Columns.BareTerminal, Columns.BareExecutable, Columns.Outcome, Columns.Serial])
        {
            Summary = new("Login", "auid", 28, static () => new LoginValues()),
        },
        new("-m", "--mods", "changes of accounts", "Account Modifications Report", 49,
            FactKinds.LoginUser | FactKinds.Account | FactKinds.Executable | Place,
            static (auditEvent, _) => RecordFamilies.IsAccountChange(auditEvent),
            [
                Columns.LoginUser, Columns.Address, Columns.Terminal, Columns.Executable, Columns.Account, Columns.Outcome, Columns.Serial,
            ])
        {
            Summary = new("Acct Modification", "type", 32, static () => new TypeValues()),
        },
        new("-ma", "--mac", "mandatory access control", "MAC Report", 35, FactKinds.LoginUser,
            static (auditEvent, _) => RecordFamilies.IsAccessControl(auditEvent),
            [Columns.LoginUser, Columns.Type, Columns.Outcome, Columns.Serial])
        {
            Summary = new("MAC", "type", 18, static () => new TypeValues()),
        },
        new("-n", "--anomaly", "anomalies", "Anomaly Report", 41,
            FactKinds.Executable | FactKinds.Command | FactKinds.LoginUser | Place,
            static (auditEvent, _) => RecordFamilies.IsAnomalyOrSeccomp(auditEvent),
            [Columns.Type, Columns.Program, Columns.Terminal, Columns.HostName, Columns.LoginUser, Columns.Serial])
        {
            Summary = new("Anomaly", "type", 22, static () => new TypeValues()),
        },
        new("-p", "--pid", "processes", "Process ID Report", 38, FactKinds.Process | FactKinds.Executable | FactKinds.LoginUser,
            static (_, facts) => facts.Process is not null,
            [Columns.Process, Columns.Executable, Columns.Syscall, Columns.LoginUser, Columns.Serial])
        {
            Summary = new("Pid", "pid", 26, static () => new ProcessValues()),
        },
        new("-r", "--response", "responses to anomalies", "Response to Anomaly Report", 30, FactKinds.None,
            static (auditEvent, _) => RecordFamilies.IsResponse(auditEvent),
            [Columns.Type, Columns.Outcome, Columns.Serial])
        {
            Summary = new("Anomaly Response", "type", 31, static () => new TypeValues()),
        },
        new("-s", "--syscall", "system calls", "Syscall Report", 39,
            FactKinds.Machine | FactKinds.Process | FactKinds.Command | FactKinds.LoginUser,
            static (_, facts) => facts.Syscall != 0,
            [Columns.Syscall, Columns.Process, Columns.Command, Columns.LoginUser, Columns.Serial])
        {
            Summary = new("Syscall", "syscall", 26, static () => new SyscallValues()),
        },
        new("-tm", "--terminal", "terminals", "Terminal Report", 36, FactKinds.Executable | FactKinds.LoginUser | Place,
            static (_, facts) => facts.Terminal.Exists,
            [Columns.Terminal, Columns.BareHostName, Columns.BareExecutable, Columns.LoginUser, Columns.Serial])
        {
            Summary = new("Terminal", "terminal", 31, static () => new TextValues(SummaryTexts.Terminals, isEscaped: false)),
        },
        new(null, "--tty", "what was typed", "TTY Report", 47,
            FactKinds.LoginUser | FactKinds.Terminal | FactKinds.Session | FactKinds.Command,
            static (_, facts) => facts.Type is RecordType.Tty or RecordType.UserTty,
            [Columns.Serial, Columns.LoginUser, Columns.Terminal, Columns.Session, Columns.Command, TypingColumns.Data]),
        new("-u", "--user", "login users", "User ID Report", 36, FactKinds.LoginUser | FactKinds.User | FactKinds.Executable | Place,
            static (_, facts) => facts.LoginUser != EventFacts.NoUser,
            [Columns.LoginUser, Columns.Terminal, Columns.HostName, Columns.Executable, Columns.Serial])
        {
            Summary = new("User", "auid", 27, static () => new UserValues()),
        },
        new(null, "--virt", "virtual machines", "Virtualization Report", 30, FactKinds.None,
            static (auditEvent, _) => RecordFamilies.IsVirtualization(auditEvent),
            [Columns.Type, Columns.Outcome, Columns.Serial])
        {
            Summary = new("Virtualization", "type", 29, static () => new TypeValues()),
        },
        new("-x", "--executable", "programs", "Executable Report", 36, FactKinds.Executable | FactKinds.LoginUser | Place,
            static (_, facts) => facts.Executable.Exists,
            [Columns.Executable, Columns.Terminal, Columns.HostName, Columns.LoginUser, Columns.Serial])
        {
            Summary = new("Executable", "file", 33, static () => new TextValues(SummaryTexts.Executables, isEscaped: true)),
        },
    ];
}
