using Akashi.Cli.CommandLine;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.SetupCommands;

/// <summary>What was typed after <c>akashi setup NAME</c>.</summary>
sealed partial class SetupOptions
{
    const string What = "What is set up";
    const string How = "How";

    /// <summary>The options of every setup.</summary>
    public static IReadOnlyList<Option<SetupOptions>> Common { get; } =
    [
        new("-n", "--dry-run", null, How, "show what would change, and change nothing", (typed, _) => Set(() => typed.IsDryRun = true)),
        new("-y", "--yes", null, How, "don't ask", (typed, _) => Set(() => typed.IsAgreed = true)),
        new(null, "--undo", null, How, "take back what this setup did", (typed, _) => Set(() => typed.IsUndo = true)),
        new(null, "--force", null, How, "with --undo: files that were edited since go back too, and the edits are lost", (typed, _) => Set(() => typed.IsForced = true)),
        new(null, "--root", "DIR", How, "set up the machine whose root directory is DIR (an image): its files alone, nothing is loaded or started",
            (typed, words) => words.TryTakeAny(out string path) && path.Length > 0 ? Set(() => typed.Root = Path.GetFullPath(path)) : "--root needs a directory"),
        new("-h", "--help", null, "About", "print this", (typed, _) => Set(() => typed.WantsHelp = true)),
    ];

    /// <summary>The options of <c>commands</c>.</summary>
    public static IReadOnlyList<Option<SetupOptions>> OfCommands { get; } =
    [
        new("-u", "--users", "NAMES", What, "whose commands are recorded: names with commas between; they take the place of those named before",
            (typed, words) => words.TryTakeAny(out string names) ? typed.TakeUsers(names) : "--users needs names"),
        new(null, "--tty", null, What, "record their keystrokes too, by pam_tty_audit", (typed, _) => Set(() => typed.IsTty = true)),
        new(null, "--strict", null, What, "with --tty: no login where keystrokes can't be recorded", (typed, _) => Set(() => typed.IsStrict = true)),
    ];

    /// <summary>The options of <c>files</c>.</summary>
    public static IReadOnlyList<Option<SetupOptions>> OfFiles { get; } =
    [
        new("-p", "--permissions", "LETTERS", What, "which accesses: r, w, x, a (attributes); default wa",
            (typed, words) => words.TryTakeAny(out string letters) ? typed.TakePermissions(letters) : "--permissions needs letters"),
        new("-k", "--key", "KEY", What, "the key to search for; default files",
            (typed, words) => words.TryTakeAny(out string key) ? typed.TakeKey(key) : "--key needs a key"),
    ];

    /// <summary>The options of <c>service</c>.</summary>
    public static IReadOnlyList<Option<SetupOptions>> OfService { get; } =
    [
        new(null, "--prefix", "DIR", What, "programs go into DIR/sbin; default /usr/local, which PATH has before /usr",
            (typed, words) => words.TryTakeAny(out string path) ? typed.TakePrefix(path) : "--prefix needs a directory"),
        new(null, "--replace-auditd", null, What, "take the place of the distribution's auditd; its files stay, --undo brings it back",
            (typed, _) => Set(() => typed.ReplacesAuditd = true)),
    ];

    /// <summary>The options of <c>sessions</c>.</summary>
    public static IReadOnlyList<Option<SetupOptions>> OfSessions { get; } =
    [
        new("-u", "--users", "NAMES", What, "whose sessions are recorded: names with commas between; they take the place of those named before",
            (typed, words) => words.TryTakeAny(out string names) ? typed.TakeUsers(names) : "--users needs names"),
        new("-g", "--groups", "NAMES", What, "the members of these groups, likewise",
            (typed, words) => words.TryTakeAny(out string names) ? typed.TakeGroups(names) : "--groups needs names"),
        new(null, "--way", "WAY", What, "how a login comes to the recorder: shell (their login shell is changed; default), force-command (sshd, for those of directory servers too), profile (/etc/profile.d; weak)",
            (typed, words) => words.TryTakeAny(out string way) ? typed.TakeWay(way) : "--way needs a way"),
        new(null, "--break-glass", "GROUP", What, "whose members are left as they are, and get a session where none can be recorded",
            (typed, words) => words.TryTakeAny(out string group) && group.Length > 0 ? Set(() => typed.BreakGlassGroup = group) : "--break-glass needs a group"),
        new(null, "--list-shell", null, What, "put the login shell into /etc/shells, for services that ask for it (pam_shells); chsh is theirs again then",
            (typed, _) => Set(() => typed.ListsShell = true)),
        new(null, "--untried", null, How, "set it up where no login can be tried before it stands", (typed, _) => Set(() => typed.IsUntried = true)),
    ];

    public bool IsDryRun { get; private set; }

    public bool IsAgreed { get; private set; }

    public bool IsUndo { get; private set; }

    public bool IsForced { get; private set; }

    /// <summary>The root directory of the machine that is set up.</summary>
    public string Root { get; private set; } = "/";

    public bool WantsHelp { get; private set; }

    public List<string> Users { get; } = [];

    public List<string> Groups { get; } = [];

    /// <summary>shell, force-command or profile.</summary>
    public string Way { get; private set; } = "shell";

    /// <summary>Whose members are never locked out; empty for none.</summary>
    public string BreakGlassGroup { get; private set; } = "";

    public bool ListsShell { get; private set; }

    public bool IsUntried { get; private set; }

    public bool IsTty { get; private set; }

    public bool IsStrict { get; private set; }

    public string Permissions { get; private set; } = "wa";

    public string Key { get; private set; } = "files";

    public string Prefix { get; private set; } = "/usr/local";

    public bool ReplacesAuditd { get; private set; }

    /// <summary>Words that are no options.</summary>
    public List<string> Operands { get; } = [];

    /// <summary>What a command in a hint needs to mean the machine of a root directory; empty for the one that runs.</summary>
    public static string RootOptionOf(string root)
    {
        if (root == "/")
            return "";
        bool isPlain = root.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-+".Contains(letter, StringComparison.Ordinal));
        return " --root " + (isPlain ? root : "'" + root.Replace("'", "'\\''", StringComparison.Ordinal) + "'");
    }

    string? TakeUsers(string names)
    {
        foreach (string name in names.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Users.Contains(name))
                Users.Add(name);
        }

        return Users.Count > 0 ? null : "--users needs names";
    }

    string? TakeGroups(string names)
    {
        foreach (string name in names.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Groups.Contains(name))
                Groups.Add(name);
        }

        return Groups.Count > 0 ? null : "--groups needs names";
    }

    string? TakeWay(string way)
    {
        if (way is not ("shell" or "force-command" or "profile"))
            return $"--way takes shell, force-command or profile, not '{way}'";
        Way = way;
        return null;
    }

    string? TakePermissions(string letters)
    {
        if (letters.Length == 0 || letters.Any(letter => !"rwxa".Contains(letter)) || letters.Distinct().Count() != letters.Length)
            return $"--permissions takes letters of r, w, x and a, each once; not '{letters}'";
        Permissions = letters;
        return null;
    }

    string? TakeKey(string key)
    {
        const int KeyCharactersMax = 31;
        if (key.Length is 0 or > KeyCharactersMax || key.Any(value => !char.IsAsciiLetterOrDigit(value) && value is not ('-' or '_' or '.')))
            return $"--key takes 1 to {KeyCharactersMax} letters, digits, dashes, dots and underlines; not '{key}'";
        Key = key;
        return null;
    }

    string? TakePrefix(string path)
    {
        if (!path.StartsWith('/') || path.Any(value => value is <= ' ' or '%' or '"' or '\'' or '\\' or '$') || path.Split('/').Contains(".."))
            return $"--prefix takes an absolute path without blanks, quotes and .., not '{path}'";
        Prefix = path.TrimEnd('/');
        return null;
    }
}
