using System.Text;
using Akashi.Diagnostics;
using Akashi.Search.Query.Fields;
using Akashi.Tables;

namespace Akashi.Search.Query;

/// <summary>The fields of the query language: those with a meaning of their own, and every field of records by its name.</summary>
public static class QueryFields
{
    /// <summary>Before a name: the field of records of that name, whether any table knows it, compared as the record has it.</summary>
    public const string RawPrefix = "raw.";

    // What records of kernels and programs have beside the fields of FieldTypes: source, the field dictionary of the audit project and recorded logs.
    const string OtherNames =
        "argc audit_backlog_limit audit_backlog_wait_time audit_enabled audit_failure bool bus banners calipso_doi calipso_type cap_fe cap_frootid cap_fver "
        + "capability cause cipher class cert changed code compat daddr data denied dest dev device dir direction dport entries enforcing exe fam family fd fd0 fd1 "
        + "feature file fingerprint format frootid fver gpg_res grantors hash hostname icmptype id_res img iif info inode ino invalid_context ioctlcmd ip ipid ipx-net item items "
        + "kernel key_enforce kind ksize laddr len lport mac major minor model monitor mqdes mq_curmsgs mq_flags mq_maxmsg mq_msgsize msg_len msg_prio name nametype nargs net new new-auid new-enabled "
        + "new-level new-log_passwd new-mem new-role new-ses new-seuser new-vcpu nlnk-fam nlnk-grp nlnk-pid objtype obj_lev old old-auid old-enabled old-level old-log_passwd old-mem old-role "
        + "old-ses old-seuser old-vcpu old_enforcing old_enabled old_lock old_pa old_prom op operation opid oses outif pad parent pfs pid ppid prefix printer prof profile qbytes range rdev reason remove "
        + "removed reset root_dir rport saddr_fam sauid scontext selected-context selinux seperms seqno seresult ses seuser sh shared sig sk spi spid src srcport stopped subj subj_apparmor success sum sw sw_type syscall "
        + "table target tclass tcontext terminal text tty tty_count type uri user uuid val value ver version virt vm vm-pid status apparmor abs_timeout_sec abs_timeout_nsec default-context domain";

    static readonly string[] s_numbers = ["pid", "ppid", "ses", "opid", "oses", "items", "argc", "inode", "ino", "fd", "fd0", "fd1", "lport", "rport", "dport", "item", "serial"];

    /// <summary>Those with a meaning of their own, in the order of the help.</summary>
    public static IReadOnlyList<QueryField> Named { get; } =
    [
        new("user", QueryFieldKind.User, "a person or account: auid, uid, euid or acct", context => new RecordFieldReader(context.Host, "auid", "uid", "euid", "acct")),
        new("who", QueryFieldKind.Text, "who logged in, through su and sudo; system for nobody", context => new NormalizedReader(context, NormalizedPart.Who)),
        new("as", QueryFieldKind.Text, "the user it was done as", context => new NormalizedReader(context, NormalizedPart.As)),
        new("group", QueryFieldKind.Group, "gid or egid", context => new RecordFieldReader(context.Host, "gid", "egid")),
        new("session", QueryFieldKind.Number, "login session; unset for none", context => new RecordFieldReader(context.Host, "ses")),
        new("terminal", QueryFieldKind.Text, "terminal or tty: pts/0 (or pts0), ssh", _ => new TerminalReader("terminal", "tty")),
        new("host", QueryFieldKind.Text, "host name or address it came from or went to", _ => new HostReader()),
        new("node", QueryFieldKind.Text, "machine that recorded it", _ => new NodeReader()),
        new("key", QueryFieldKind.Text, "key of the rule that caught it", _ => new KeyReader()),
        new("command", QueryFieldKind.Text, "command line, arguments joined by blanks", _ => new CommandReader()),
        new("exe", QueryFieldKind.Text, "program", context => new RecordFieldReader(context.Host, "exe")),
        new("parent", QueryFieldKind.Text, "name of the parent's command, where enrich_parent has it recorded", _ => new OriginReader("PARENT_COMM")),
        new("unit", QueryFieldKind.Text, "unit of systemd: sshd, and session-3.scope where enrich_unit has it recorded", _ => new OriginReader("UNIT", "unit")),
        new("container", QueryFieldKind.Text, "docker:ID and the like, where enrich_unit has it recorded", _ => new OriginReader("CONTAINER")),
        new("file", QueryFieldKind.Text, "file, with its directory or as it was named", _ => new PathReader()),
        new("syscall", QueryFieldKind.Syscall, "system call, by name or number", context => new RecordFieldReader(context.Host, "syscall")),
        new("exit", QueryFieldKind.Exit, "what it returned: a number, or EACCES", context => new RecordFieldReader(context.Host, "exit")),
        new("type", QueryFieldKind.RecordType, "type of one of its records: USER_LOGIN", _ => new TypeReader()),
        new("action", QueryFieldKind.Text, "what was done: opened-file", context => new NormalizedReader(context, NormalizedPart.Action)),
        new("object", QueryFieldKind.Text, "to what", context => new NormalizedReader(context, NormalizedPart.Object)),
        new("how", QueryFieldKind.Text, "by what, mostly the program", context => new NormalizedReader(context, NormalizedPart.How)),
        new("result", QueryFieldKind.Result, "success or failed", context => new NormalizedReader(context, NormalizedPart.Result)),
        new("kind", QueryFieldKind.EventKind, "kind of event: user-login", context => new NormalizedReader(context, NormalizedPart.Kind)),
        new("time", QueryFieldKind.Time, "when; since TIME and until TIME say the same", _ => new StampReader(StampPart.Time)),
        new("id", QueryFieldKind.Text, "time and serial: 1626611363.720:348501", _ => new StampReader(StampPart.Id)),
        new("serial", QueryFieldKind.Number, "the number behind the time", _ => new StampReader(StampPart.Serial)),
        new("any", QueryFieldKind.Text, "anywhere in the event, as a part; a word by itself says the same", _ => new AnywhereReader()),
    ];

    /// <summary>Finds a field.</summary>
    /// <param name="name">As it was typed; letters of lower case, but behind <see cref="RawPrefix"/>.</param>
    /// <returns>Null where nobody knows it.</returns>
    public static QueryField? Find(string name)
    {
        if (Named.FirstOrDefault(field => field.Name == name) is { } named)
            return named;
        if (name.StartsWith(RawPrefix, StringComparison.Ordinal) && name.Length > RawPrefix.Length)
            return new QueryField(name, QueryFieldKind.Text, "", _ => new RawFieldReader(name[RawPrefix.Length..]));
        if (name == "tty")
            return new QueryField(name, QueryFieldKind.Text, "", _ => new TerminalReader(name));
        return IsOfRecords(name) ? new QueryField(name, KindOf(name), "", context => new RecordFieldReader(context.Host, name)) : null;
    }

    /// <summary>What may have been meant by a name that nobody knows.</summary>
    public static string HintFor(string name)
    {
        var nearest = new NearestName(name);
        foreach (QueryField field in Named)
            nearest.Offer(field.Name);
        NameTable typed = FieldTypes.Names;
        for (int index = 0; index < typed.Count; index++)
            nearest.Offer(Encoding.ASCII.GetString(typed.NameAt(index)));
        foreach (string other in OtherNames.Split(' '))
            nearest.Offer(other);
        return nearest.Hint ?? $"a field that no table knows is searched as {RawPrefix}{name}; akashi search --help lists the others";
    }

    static bool IsOfRecords(string name) =>
        FieldTypes.Names.TryGetNumber(Encoding.UTF8.GetBytes(name), out _) || OtherNames.Split(' ').Contains(name) || IsArgument(name);

    static bool IsArgument(string name) => Records.ExecveArgument.TryReadName(Encoding.UTF8.GetBytes(name), out _);

    static QueryFieldKind KindOf(string name)
    {
        if (s_numbers.Contains(name))
            return QueryFieldKind.Number;
        FieldType type = FieldTypes.Names.TryGetNumber(Encoding.UTF8.GetBytes(name), out long number) ? (FieldType)number : FieldType.Unclassified;
        return type switch
        {
            FieldType.Uid => QueryFieldKind.User,
            FieldType.Gid => QueryFieldKind.Group,
            FieldType.Mode => QueryFieldKind.Octal,
            FieldType.A0 or FieldType.A1 or FieldType.A2 or FieldType.A3 => QueryFieldKind.Hexadecimal,
            FieldType.Session => QueryFieldKind.Number,
            _ => QueryFieldKind.Text,
        };
    }
}
