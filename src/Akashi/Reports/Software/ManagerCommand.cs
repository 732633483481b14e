using System.Text;
using Akashi.Live;

namespace Akashi.Reports.Software;

/// <summary>A command line that tells a package manager to change software.</summary>
/// <param name="Manager">The manager.</param>
/// <param name="Action">What it is told.</param>
/// <param name="Packages">Which arguments name packages: indexes, counted from 0.</param>
/// <param name="FirstIndex">The argument that names the manager, after an interpreter and its options.</param>
public sealed record ManagerCommand(PackageManager Manager, SoftwareAction Action, IReadOnlyList<int> Packages, int FirstIndex)
{
    const string Interpreters = "env node nodejs sh bash dash perl ruby";
    const int ProgramNameBytesMax = 64;

    /// <summary>Reads a command line.</summary>
    /// <param name="line">The arguments.</param>
    /// <param name="path">The path that the kernel opened, decoded; it counts for more than the first argument, which its caller may choose. May be empty.</param>
    /// <returns>Null where it changes no software.</returns>
    public static ManagerCommand? Read(CommandLine line, ReadOnlySpan<byte> path)
    {
        int first = 0;
        for (int index = 0; index < line.Count && IsInterpreter(BaseName(line[index])); first = index)
        {
            if (!TrySkipInterpreter(line, ref index))
                return null;
        }

        if (first >= line.Count)
            return null;
        string name = first == 0 && !path.IsEmpty ? BaseName(path) : BaseName(line[first]);
        if (PackageManagers.Rows.FirstOrDefault(row => IsProgram(row.Programs, name)) is not { } manager)
            return null;
        return manager.HasOptionVerbs ? ReadOptionVerb(manager, line, first) : ReadWordVerb(manager, line, first);
    }

    static bool IsInterpreter(string name) =>
        HasWord(Interpreters, name) || name.StartsWith("python", StringComparison.Ordinal) || name.StartsWith("pypy", StringComparison.Ordinal);

    // python3 -I -m pip; env -i A=B node; node --options script.
    static bool TrySkipInterpreter(CommandLine line, ref int index)
    {
        while (++index < line.Count)
        {
            string word = Word(line, index);
            if (word == "-m")
                return ++index < line.Count;
            if (word is "-c" or "-e" or "-")
                return false;
            if (word.StartsWith('-') || word.Contains('='))
                continue;
            return true;
        }

        return false;
    }

    static ManagerCommand? ReadWordVerb(PackageManager manager, CommandLine line, int first)
    {
        SoftwareAction action = SoftwareAction.None;
        bool hasVerb = false, isUpgrade = false;
        var packages = new List<int>();
        for (int index = first + 1; index < line.Count; index++)
        {
            string word = Word(line, index);
            if (word.Length > 1 && word[0] == '-')
            {
                if (HasWord(manager.Trials, word))
                    return null;
                isUpgrade |= HasWord(manager.UpgradeOptions, word);
                if (HasWord(manager.ValueOptions, word))
                    index++;
            }
            else if (!hasVerb)
            {
                hasVerb = true;
                action = ActionOf(manager, word);
            }
            else
            {
                packages.Add(index);
            }
        }

        if (action == SoftwareAction.None)
            return null;
        return new ManagerCommand(manager, isUpgrade && action == SoftwareAction.Install ? SoftwareAction.Upgrade : action, packages, first);
    }

    static ManagerCommand? ReadOptionVerb(PackageManager manager, CommandLine line, int first)
    {
        SoftwareAction action = SoftwareAction.None;
        var packages = new List<int>();
        for (int index = first + 1; index < line.Count; index++)
        {
            string word = Word(line, index);
            if (word.Length < 2 || word[0] != '-')
            {
                packages.Add(index);
                continue;
            }

            if (HasWord(manager.Trials, word) || IsAsking(manager, word))
                return null;
            if (action == SoftwareAction.None)
                action = ActionOfOption(manager, word);
            if (HasWord(manager.ValueOptions, word))
                index++;
        }

        return action == SoftwareAction.None ? null : new ManagerCommand(manager, action, packages, first);
    }

    static bool IsAsking(PackageManager manager, string word) =>
        word[1] != '-' && word.AsSpan(1).IndexOfAny(manager.AskingLetters) >= 0 && !HasWord(manager.ValueOptions, word);

    // Bundled letters, -Uvh, count by the first that is a verb.
    static SoftwareAction ActionOfOption(PackageManager manager, string word)
    {
        if (word.StartsWith("--", StringComparison.Ordinal))
            return ActionOf(manager, word);
        foreach (char letter in word.AsSpan(1))
        {
            SoftwareAction action = ActionOf(manager, "-" + letter);
            if (action != SoftwareAction.None)
                return action;
        }

        return SoftwareAction.None;
    }

    static SoftwareAction ActionOf(PackageManager manager, string word) =>
        HasWord(manager.Install, word) ? SoftwareAction.Install
        : HasWord(manager.Remove, word) ? SoftwareAction.Remove
        : HasWord(manager.Upgrade, word) ? SoftwareAction.Upgrade
        : SoftwareAction.None;

    static bool IsProgram(string programs, string name)
    {
        foreach (string program in programs.Split(' '))
        {
            if (program == name)
                return true;
            if (program.EndsWith('*') && name.StartsWith(program[..^1], StringComparison.Ordinal)
                && name.AsSpan(program.Length - 1).IndexOfAnyExcept("0123456789.") < 0)
                return true;
        }

        return false;
    }

    static bool HasWord(string words, string word) => words.Length > 0 && words.Split(' ').Contains(word);

    static string BaseName(ReadOnlySpan<byte> path)
    {
        ReadOnlySpan<byte> name = path[(path.LastIndexOf((byte)'/') + 1)..];
        return name.Length > ProgramNameBytesMax ? "" : Encoding.UTF8.GetString(name);
    }

    static string Word(CommandLine line, int index) => Encoding.UTF8.GetString(line[index]);
}
