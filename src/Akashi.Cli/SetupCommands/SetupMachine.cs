using System.Globalization;
using System.Text;
using Akashi.Cli.RuleCommands;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Linux.Processes;
using Akashi.Output;
using Akashi.Setup;
using Akashi.Tables;

namespace Akashi.Cli.SetupCommands;

/// <summary>The machine that is set up, as its plans read it: this one, or an image below a directory.</summary>
/// <param name="invocation">The call.</param>
/// <param name="root">Its root directory.</param>
/// <param name="output">Where results go.</param>
/// <param name="error">Where faults go.</param>
sealed class SetupMachine(Invocation invocation, string root, Utf8Output output, Utf8Output error)
{
    MountTable? _mounts;

    /// <summary>The call.</summary>
    public Invocation Invocation => invocation;

    /// <summary>This machine's answers.</summary>
    public IHost Host => invocation.Host;

    /// <summary>The root directory.</summary>
    public string Root => root;

    /// <summary>Whether it's the machine that we run on, whose kernel and services can be asked.</summary>
    public bool IsThis => root == "/";

    /// <summary>What a command in a hint needs to mean this machine: <c> --root '/srv/an image'</c>; empty for the one that runs.</summary>
    public string RootOption => SetupOptions.RootOptionOf(root);

    /// <summary>Its files.</summary>
    public ISetupFiles Files { get; init; } = new SetupFiles(root);

    /// <summary>Runs a program to its end and returns its exit code; tests put theirs here.</summary>
    public Func<string, IReadOnlyList<string>, int> RunProgram { get; init; } = Programs.Run;

    /// <summary>What it is.</summary>
    public Machine Machine => HostMachine.Of(Host);

    /// <summary>What is mounted where; of an image nothing is known.</summary>
    /// <exception cref="AuditException">The kernel's table can't be read.</exception>
    public MountTable Mounts => _mounts ??= MountTable.Parse(IsThis ? ReadMounts() : "");

    /// <summary>Where a path of it is on this machine.</summary>
    public string PathOf(string path) => SetupPath.Below(root, path);

    /// <summary>What stands under a path of it; a link is not followed.</summary>
    public FileState Look(string path) => Files.Look(PathOf(path));

    /// <summary>The text of a file of it, links followed; null where there is none.</summary>
    public string? Text(string path)
    {
        string? resolved = Resolve(path);
        FileState state = resolved is null ? FileState.Missing : Look(resolved);
        return state.Kind == FileStateKind.File ? Encoding.UTF8.GetString(state.Bytes) : null;
    }

    /// <summary>What is there, links followed.</summary>
    public FileKind KindOf(string path) => Resolve(path) is { } resolved ? Host.Files.KindOf(PathOf(resolved)) : FileKind.Missing;

    /// <summary>The path that a path leads to, every link in it resolved as that machine would; null where there is nothing.</summary>
    public string? Resolve(string path)
    {
        const int LinksMax = 40;
        string resolved = "";
        var rest = new Stack<string>(Enumerable.Reverse(path.Split('/', StringSplitOptions.RemoveEmptyEntries)));
        for (int links = 0; rest.TryPop(out string? name);)
        {
            if (name == ".")
                continue;
            if (name == "..")
            {
                resolved = resolved[..Math.Max(resolved.LastIndexOf('/'), 0)];
                continue;
            }

            string next = $"{resolved}/{name}";
            if (LinkTarget(PathOf(next), out bool isThere) is not { } target)
            {
                if (!isThere)
                    return null;
                resolved = next;
                continue;
            }

            if (++links > LinksMax)
                return null;
            if (target.StartsWith('/'))
                resolved = "";
            foreach (string part in Enumerable.Reverse(target.Split('/', StringSplitOptions.RemoveEmptyEntries)))
                rest.Push(part);
        }

        return resolved.Length == 0 ? "/" : resolved;
    }

    /// <summary>The names in a directory of it, in order.</summary>
    public IReadOnlyList<string> List(string directory) =>
        Resolve(directory) is { } resolved ? [.. Files.List(PathOf(resolved)).Order(StringComparer.Ordinal)] : [];

    /// <summary>A user of it.</summary>
    public bool TryFindUser(string name, out uint uid)
    {
        if (IsThis)
            return Host.Accounts.TryFindUser(name, out uid);
        uid = 0;
        string? line = (Text("/etc/passwd") ?? "").Split('\n').FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return line?.Split(':') is [_, _, var number, ..] && uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out uid)
            && uid != uint.MaxValue;
    }

    /// <summary>Prints a line.</summary>
    public void Print(string text) => Line(output, text);

    /// <summary>Prints a text as it is, but for what would steer a terminal.</summary>
    public void PrintText(string text)
    {
        foreach (string line in text.TrimEnd('\n').Split('\n'))
            Print(line);
    }

    /// <summary>Says a fault, and what mends it.</summary>
    public void Say(string text, string? hint = null)
    {
        Line(error, $"akashi setup: {text}");
        if (hint is not null)
            Line(error, $"hint: {hint}");
    }

    /// <summary>Has what was printed shown before something else writes.</summary>
    public void Flush() => output.Flush();

    static string ReadMounts()
    {
        const string Table = "/proc/self/mountinfo";
        try
        {
            return File.ReadAllText(Table);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditException($"cannot read {Table}: {FileFault.Describe(exception)}: which file systems are local isn't known", exception);
        }
    }

    static string? LinkTarget(string path, out bool isThere)
    {
        var file = new FileInfo(path);
        string? target = file.LinkTarget;
        isThere = target is not null || File.Exists(path) || Directory.Exists(path);
        return target;
    }

    static void Line(Utf8Output stream, string text)
    {
        stream.WriteEscaped(Encoding.UTF8.GetBytes(text));
        stream.EndLine();
    }
}
