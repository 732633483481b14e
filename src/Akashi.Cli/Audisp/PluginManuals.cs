using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Audisp;

/// <summary>The manuals of the plugins, which auditd starts and gives every record.</summary>
static class PluginManuals
{
    const string Plugins = """
        auditd starts it where a file of /etc/audit/plugins.d says `active = yes`, and gives it every record on its standard input; it ends when that ends.
        """;

    static readonly IReadOnlyList<(string, string)> s_exitStatus = [("0", "Its input ended, or it was told to end."), ("1", "A word or its file is wrong; or what it needs can't be had.")];

    public static Manual Filter() => new()
    {
        Usage = ["MODE CONFIG_FILE BINARY [BINARY_ARGUMENT...]", "--check CONFIG_FILE"],
        Description = $"""
            `audisp-filter` gives some of the events on to another plugin, which it starts: BINARY with its arguments. CONFIG_FILE holds expressions, one a line; an
            event matches where one of them does.

            With MODE `allowlist` what matches is dropped, with `blocklist` only what matches is given on: the words of the original, the reverse of what they say
            elsewhere. `drop-matching` and `forward-matching` mean the same and say it. HUP reads the file anew; a wrong one changes nothing. `--check` says what is
            wrong with a file, and starts nothing.

            {Plugins}
            """,
        Operands = new(ValueKind.File, "allowlist blocklist drop-matching forward-matching --check"),
        ExitStatus = s_exitStatus,
        Files = [("/etc/audit/plugins.d/filter.conf", "Says how auditd starts it."), ("/etc/audit/audisp-filter.conf", "The expressions.")],
        Examples = [("audisp-filter --check /etc/audit/audisp-filter.conf", "Look for mistakes before auditd starts it.")],
        SeeAlso = ["auditd(8)", "audisp-syslog(8)"],
    };

    public static Manual Remote() => new()
    {
        Usage = ["[CONFIG_FILE]"],
        Description = $"""
            `audisp-remote` sends every record to the auditd of another machine, which has tcp_listen_port. CONFIG_FILE says where, and what is done about failures; a record leaves its
            queue when the other side has acknowledged it. With `mode = forward` the queue is a file and outlives the program. Records say whose they are where auditd.conf has a
            name_format; `log_format = enriched` gives them names of users that the other machine doesn't know.

            HUP reads CONFIG_FILE anew, USR1 writes the state, USR2 sends again after a suspension.

            {Plugins}
            """,
        Operands = new(ValueKind.File),
        ExitStatus = [.. s_exitStatus, ("1", "An action of CONFIG_FILE stopped it.")],
        Files =
        [
            ("/etc/audit/audisp-remote.conf", "Where records go, and what is done about failures."),
            ("/var/spool/audit/remote.log", "The queue, with mode = forward."),
            ("/run/audit/remote.state", "Its state, written when it connects or is refused, and when it gets USR1; `akashi doctor` reads it."),
            ("/etc/audit/plugins.d/au-remote.conf", "Says how auditd starts it."),
        ],
        SeeAlso = ["auditd(8)", "audisp-filter(8)"],
    };

    public static Manual Statsd() => new()
    {
        Usage = ["[CONFIG_FILE]"],
        Description = $"""
            `audisp-statsd` counts events and the kernel's backlog and losses, and sends the numbers to a statsd server by UDP.

            {Plugins}
            """,
        Operands = new(ValueKind.File),
        ExitStatus = s_exitStatus,
        Files = [("/etc/audit/audisp-statsd.conf", "The server's address and port, and how often."), ("/etc/audit/plugins.d/au-statsd.conf", "Says how auditd starts it.")],
        SeeAlso = ["auditd(8)"],
    };

    public static Manual Syslog() => new()
    {
        Usage = ["[FACILITY] [LEVEL] [interpret]"],
        Description = $"""
            `audisp-syslog` writes every record to the system log. Words may stand in any order: a facility (LOG_USER, LOG_LOCAL0 to LOG_LOCAL7, LOG_AUTH, LOG_AUTHPRIV,
            LOG_DAEMON, LOG_SYSLOG), a level (LOG_DEBUG to LOG_EMERG), and `interpret` for words instead of numbers. By default it's LOG_USER and LOG_INFO.

            {Plugins}
            """,
        Operands = OptionValues.Of(
            "interpret LOG_USER LOG_LOCAL0 LOG_LOCAL1 LOG_LOCAL2 LOG_LOCAL3 LOG_LOCAL4 LOG_LOCAL5 LOG_LOCAL6 LOG_LOCAL7 LOG_AUTH LOG_AUTHPRIV LOG_DAEMON LOG_SYSLOG "
                + "LOG_DEBUG LOG_INFO LOG_NOTICE LOG_WARNING LOG_ERR LOG_CRIT LOG_ALERT LOG_EMERG"),
        ExitStatus = s_exitStatus,
        Files = [("/etc/audit/plugins.d/syslog.conf", "Says how auditd starts it.")],
        SeeAlso = ["auditd(8)", "audisp-filter(8)"],
    };

    public static Manual Unix() => new()
    {
        Usage = ["[MODE [PATH [string|binary [DEPTH]]]]"],
        Description = $"""
            `audisp-af_unix` gives every record to the programs that connect to a socket. MODE is the socket's, in octal digits (0640); PATH is where it is, by default
            /run/audit/audispd_events; `string` gives lines and `binary` the header that auditd puts before each; DEPTH is how many records may wait for a slow reader.

            {Plugins}
            """,
        Operands = new(ValueKind.File, "string binary"),
        ExitStatus = s_exitStatus,
        Files =
        [
            ("/run/audit/audispd_events", "The socket."),
            ("/run/audit/af_unix.state", "Its state, written when it gets USR1."),
            ("/etc/audit/plugins.d/af_unix.conf", "Says how auditd starts it."),
        ],
        SeeAlso = ["auditd(8)", "audisp-syslog(8)"],
    };
}
