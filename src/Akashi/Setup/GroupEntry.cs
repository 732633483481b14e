using System.Globalization;

namespace Akashi.Setup;

/// <summary>A line of /etc/group, group(5): <c>name:password:gid:member,member</c>.</summary>
/// <param name="Name">The group.</param>
/// <param name="Gid">Its number.</param>
/// <param name="Members">Those that the line names; who has it as first group, isn't among them.</param>
public sealed record GroupEntry(string Name, uint Gid, IReadOnlyList<string> Members)
{
    /// <summary>The group of that name; null for none.</summary>
    public static GroupEntry? Find(string text, string name)
    {
        foreach (string line in text.Split('\n'))
        {
            string[] fields = line.Split(':');
            if (fields.Length == 4 && fields[0] == name && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint gid))
                return new GroupEntry(name, gid, fields[3].Split(',', StringSplitOptions.RemoveEmptyEntries));
        }

        return null;
    }

    /// <summary>All of its members among the users of a machine.</summary>
    public IEnumerable<PasswdEntry> MembersOf(IEnumerable<PasswdEntry> users) => users.Where(user => user.Gid == Gid || Members.Contains(user.Name));
}
