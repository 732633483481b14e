using System.Globalization;

namespace Akashi.Configuration;

/// <summary>The real shell of a recorded person.</summary>
/// <param name="Uid">The user.</param>
/// <param name="Name">Its name, for who reads the file.</param>
/// <param name="Shell">An absolute path.</param>
public readonly record struct LoginShellEntry(uint Uid, string Name, string Shell);

/// <summary>/etc/akashi/login-shells: which shell each person has whose login shell is the recorder's, <c>UID NAME SHELL</c> a line, <c>#</c> for comments.</summary>
/// <remarks>
/// Root's file, which everybody reads: the login side looks its own user up here, by number, so that neither the environment nor a directory server has a say.
/// The shell is the rest of the line: a path may hold blanks.
/// </remarks>
public static class LoginShells
{
    /// <summary>Where it is.</summary>
    public const string Path = "/etc/akashi/login-shells";

    const string Heading = """
        # The real shells of people whose login shell is akashi-login-shell: UID NAME SHELL.
        # Made by akashi setup sessions; akashi setup sessions --undo takes it away.

        """;

    /// <summary>The entries; lines that are none are left out, of one user the first counts.</summary>
    public static IReadOnlyList<LoginShellEntry> Parse(string text)
    {
        var found = new List<LoginShellEntry>();
        foreach (string line in text.Split('\n'))
        {
            if (TryParse(line, out LoginShellEntry entry) && found.All(other => other.Uid != entry.Uid))
                found.Add(entry);
        }

        return found;
    }

    /// <summary>The real shell of a user; null where no line names it.</summary>
    public static string? Find(string text, uint uid)
    {
        foreach (string line in text.Split('\n'))
        {
            if (TryParse(line, out LoginShellEntry entry) && entry.Uid == uid)
                return entry.Shell;
        }

        return null;
    }

    /// <summary>The text of the file.</summary>
    public static string Write(IEnumerable<LoginShellEntry> entries) => Heading
        + string.Concat(entries.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Uid} {entry.Name} {entry.Shell}\n")));

    static bool TryParse(string line, out LoginShellEntry entry)
    {
        entry = default;
        string[] parts = line.Trim().Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length < 3 || parts[2][0] != '/' || !uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out uint uid) || uid == uint.MaxValue)
            return false;
        entry = new LoginShellEntry(uid, parts[1], parts[2]);
        return true;
    }
}
