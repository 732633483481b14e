namespace Akashi.Setup;

/// <summary>Puts <c>session optional pam_tty_audit.so disable=* enable=USERS</c> into a file of /etc/pam.d: keystrokes of these people become TTY records.</summary>
/// <remarks>
/// pam.d(5): <c>type control module-path arguments</c>, a control in brackets may hold blanks, <c>\</c> at the end continues a line, <c>#</c> begins a comment, <c>@include FILE</c>
/// takes a file in. pam_tty_audit(8): patterns are worked through in order, the last that matches counts. The line stands after pam_loginuid, so that records
/// have an auid. It's <c>optional</c>: where the kernel refuses, <c>required</c> would lock everyone out.
/// </remarks>
public static class PamTtyAudit
{
    /// <summary>The comment above our line: by it we find it again.</summary>
    public const string Mark = "# Keystrokes of these people are recorded. Made by akashi setup commands --tty; akashi setup commands --undo takes it away.";

    /// <summary>The module.</summary>
    public const string Module = "pam_tty_audit.so";

    const string LoginUidModule = "pam_loginuid.so";

    /// <summary>The text with our line in it, brought up to date where it's there already.</summary>
    /// <param name="text">The file.</param>
    /// <param name="users">Whose keystrokes; names without commas, stars and blanks.</param>
    /// <param name="isStrict">Whether <c>required</c> is wanted.</param>
    /// <param name="findIncluded">The text of a file that another includes; null where it isn't there.</param>
    /// <returns>Null where no login user is set in the file or what it includes: TTY records would name nobody.</returns>
    public static string? Insert(string text, IReadOnlyList<string> users, bool isStrict, Func<string, string?> findIncluded)
    {
        List<string> lines = [.. text.Split('\n')];
        RemoveOwn(lines);
        int index = lines.FindLastIndex(line => PamLine.TryParse(line, out PamLine found) && SetsLoginUser(found, findIncluded, depth: 0));
        if (index < 0)
            return null;
        while (lines[index].EndsWith('\\') && index + 1 < lines.Count)
            index++;
        string line = $"session {(isStrict ? "required" : "optional")} {Module} disable=* enable={string.Join(',', users)}";
        bool isLast = index == lines.Count - 1;
        lines.InsertRange(index + 1, isLast ? [Mark, line, ""] : [Mark, line]);
        return string.Join('\n', lines);
    }

    /// <summary>A line of the module that isn't ours; null for none.</summary>
    public static PamLine? FindOther(string text)
    {
        List<string> lines = [.. text.Split('\n')];
        RemoveOwn(lines);
        foreach (string line in lines)
        {
            if (PamLine.TryParse(line, out PamLine found) && found.IsModule(Module))
                return found;
        }

        return null;
    }

    /// <summary>Whose keystrokes our line has recorded, with commas between; null where it isn't there.</summary>
    public static string? FindOwnUsers(string text)
    {
        const string Enable = "enable=";
        string[] lines = text.Split('\n');
        int index = Array.IndexOf(lines, Mark);
        if (index < 0 || index + 1 == lines.Length || !PamLine.TryParse(lines[index + 1], out PamLine found) || !found.IsModule(Module))
            return null;
        string? word = found.Arguments.Split(' ').FirstOrDefault(word => word.StartsWith(Enable, StringComparison.Ordinal));
        return word?[Enable.Length..];
    }

    static void RemoveOwn(List<string> lines)
    {
        for (int index = 0; index + 1 < lines.Count; index++)
        {
            if (lines[index] == Mark && PamLine.TryParse(lines[index + 1], out PamLine found) && found.IsModule(Module))
                lines.RemoveRange(index, 2);
        }
    }

    static bool SetsLoginUser(in PamLine line, Func<string, string?> findIncluded, int depth)
    {
        const int DepthMax = 8;
        if (line.IsModule(LoginUidModule) && line.Type == "session")
            return true;
        if (line.Included is not { } file || depth == DepthMax || findIncluded(file) is not { } text)
            return false;
        foreach (string inner in text.Split('\n'))
        {
            if (PamLine.TryParse(inner, out PamLine found) && SetsLoginUser(found, findIncluded, depth + 1))
                return true;
        }

        return false;
    }
}
