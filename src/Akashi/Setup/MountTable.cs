using System.Text;

namespace Akashi.Setup;

/// <summary>Which file systems hold programs that can give rights on this machine (those that are its own, and not mounted nosuid), and what is gone at the next boot.</summary>
/// <remarks>
/// Reads /proc/self/mountinfo, proc_pid_mountinfo(5): <c>36 35 98:0 / /mnt\040x rw,nosuid shared:1 - ext4 /dev/sda1 rw</c>. A blank, tab, line feed or backslash
/// of a path is a backslash and three octal digits. Of several mounts on one path the last counts.
/// </remarks>
public sealed class MountTable
{
    const int PointField = 4;
    const int OptionsField = 5;

    // Made by the kernel, or of other machines: what stands there is theirs to watch, and reading through a slow network has no end.
    static readonly string[] s_others =
    [
        "proc", "sysfs", "devpts", "cgroup", "cgroup2", "securityfs", "debugfs", "tracefs", "bpf", "pstore", "mqueue", "hugetlbfs", "configfs", "fusectl", "autofs",
        "binfmt_misc", "efivarfs", "rpc_pipefs", "nsfs", "selinuxfs", "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "ceph", "afs", "lustre", "gfs2", "ocfs2",
        "glusterfs", "davfs", "fuse",
    ];

    // On disk they are emptied at boot (tmpfiles.d(5): Debian has D /tmp), or of what is old; most are no disk at all.
    static readonly string[] s_volatilePlaces = ["/tmp", "/var/tmp", "/run", "/var/run", "/var/lock", "/dev"];
    static readonly string[] s_volatileTypes = ["tmpfs", "ramfs", "devtmpfs"];

    readonly Dictionary<string, bool> _isSearched = [];
    readonly Dictionary<string, bool> _isVolatile = [];

    /// <summary>Reads a table; lines that are none are passed over.</summary>
    public static MountTable Parse(string text)
    {
        var table = new MountTable();
        foreach (string line in text.Split('\n'))
        {
            string[] fields = line.Split(' ');
            int dash = Array.IndexOf(fields, "-");
            if (dash <= OptionsField || dash + 1 >= fields.Length)
                continue;
            string type = fields[dash + 1];
            bool isOther = s_others.Contains(type) || type.StartsWith("fuse.", StringComparison.Ordinal);
            string point = Unescape(fields[PointField]);

            // The root is the machine's own, whatever it's made of.
            table._isVolatile[point] = point != "/" && s_volatileTypes.Contains(type);
            table._isSearched[point] = point == "/" || (!isOther && !fields[OptionsField].Split(',').Contains("nosuid"));
        }

        return table;
    }

    /// <summary>Whether what is at a path is searched: no mount, or one that is.</summary>
    public bool IsSearched(string path) => !_isSearched.TryGetValue(path, out bool isSearched) || isSearched;

    /// <summary>The place that a path is in whose files don't outlast a boot: a directory that is emptied, or a file system in memory; null for none.</summary>
    public string? FindVolatile(string path)
    {
        if (s_volatilePlaces.FirstOrDefault(place => path.StartsWith(place + "/", StringComparison.Ordinal)) is { } known)
            return known;
        for (int end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (_isVolatile.TryGetValue(path[..end], out bool isVolatile))
                return isVolatile ? path[..end] : null;
        }

        return null;
    }

    static string Unescape(string field)
    {
        if (!field.Contains('\\'))
            return field;
        byte[] bytes = Encoding.UTF8.GetBytes(field);
        int length = 0;
        for (int index = 0; index < bytes.Length; index++)
        {
            bool isEscape = bytes[index] == '\\' && index + 3 < bytes.Length && bytes.AsSpan(index + 1, 3).IndexOfAnyExceptInRange((byte)'0', (byte)'7') < 0;
            bytes[length++] = isEscape ? (byte)((bytes[index + 1] - '0') * 64 + (bytes[index + 2] - '0') * 8 + (bytes[index + 3] - '0')) : bytes[index];
            index += isEscape ? 3 : 0;
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
