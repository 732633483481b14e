using System.Globalization;

namespace Akashi.Setup;

/// <summary>A line of /etc/passwd, passwd(5): <c>name:password:uid:gid:gecos:home:shell</c>.</summary>
/// <param name="Name">The user.</param>
/// <param name="Uid">Its number.</param>
/// <param name="Gid">Its first group.</param>
/// <param name="Home">Its home directory.</param>
/// <param name="Shell">Its login shell; /bin/sh where none is named.</param>
public sealed record PasswdEntry(string Name, uint Uid, uint Gid, string Home, string Shell)
{
    const int FieldCount = 7;
    const string DefaultShell = "/bin/sh";

    /// <summary>The entries of a file; lines that are none (NIS, comments) are left out.</summary>
    public static IReadOnlyList<PasswdEntry> Parse(string text) =>
        [.. text.Split('\n').Select(TryParse).Where(entry => entry is not null).Select(entry => entry!)];

    /// <summary>The file with another login shell for a user; nothing else is touched.</summary>
    public static string WithShell(string text, string name, string shell) => string.Join('\n', text.Split('\n').Select(line =>
        TryParse(line)?.Name == name ? line[..(line.LastIndexOf(':') + 1)] + shell : line));

    /// <summary>The file with a line more: before those of NIS (<c>+</c>), which stay last.</summary>
    public static string WithLine(string text, string line)
    {
        List<string> lines = [.. text.Split('\n')];
        int index = lines.FindIndex(other => other.StartsWith('+'));
        if (index < 0)
            index = lines[^1].Length == 0 ? lines.Count - 1 : lines.Count;
        lines.Insert(index, line);
        return string.Join('\n', lines);
    }

    static PasswdEntry? TryParse(string line)
    {
        string[] fields = line.Split(':');
        if (fields.Length != FieldCount || fields[0].Length == 0 || fields[0][0] is '#' or '+' or '-'
            || !uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint uid)
            || !uint.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out uint gid))
            return null;
        return new PasswdEntry(fields[0], uid, gid, fields[5], fields[6].Length > 0 ? fields[6] : DefaultShell);
    }
}
