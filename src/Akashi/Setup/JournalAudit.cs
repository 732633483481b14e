namespace Akashi.Setup;

/// <summary>What systemd-journald does with the kernel's audit whenever it starts: <c>Audit=</c> of journald.conf(5).</summary>
/// <remarks>
/// <c>yes</c> switches it on, <c>no</c> off, nothing behind the sign leaves it as it is. Where no file says anything, what journald was built with holds; the file that comes
/// with it tells that in a comment: Debian 12 has <c>#Audit=no</c>. Without its audit socket (masked) journald does nothing of the kind.
/// </remarks>
public static class JournalAudit
{
    /// <summary>Where a setting of ours stands: behind others by its name, as the last one holds.</summary>
    public const string DropInPath = "/etc/systemd/journald.conf.d/zz-akashi.conf";

    /// <summary>The file that comes with journald, and what every drop-in is read after.</summary>
    public const string ConfigurationPath = "/etc/systemd/journald.conf";

    /// <summary>Its text: leaves the kernel's audit as it is.</summary>
    public const string DropInText = """
        # systemd-journald leaves the kernel's audit as it is when it starts; with Audit=no it would switch it off.
        # Made by akashi setup service; akashi setup service --undo takes it away.
        [Journal]
        Audit=

        """;

    const string Setting = "Audit";

    /// <summary>Directories of drop-ins; of two files of one name the earlier directory's holds.</summary>
    public static IReadOnlyList<string> Directories { get; } =
        ["/etc/systemd/journald.conf.d", "/run/systemd/journald.conf.d", "/usr/local/lib/systemd/journald.conf.d", "/usr/lib/systemd/journald.conf.d"];

    /// <summary>Whether a start of journald switches the kernel's audit off.</summary>
    /// <param name="list">The names in a directory; none where it isn't there.</param>
    /// <param name="read">A file's text; null where it isn't there.</param>
    public static bool IsSwitchedOff(Func<string, IEnumerable<string>> list, Func<string, string?> read)
    {
        string main = read(ConfigurationPath) ?? read("/usr/lib/systemd/journald.conf") ?? "";
        // Upstream's default, where the file has no comment on it, is to switch it on.
        string value = LastValue(main, '#' + Setting) ?? "yes";
        value = LastValue(main, Setting) ?? value;
        foreach (string path in DropIns(list))
            value = LastValue(read(path) ?? "", Setting) ?? value;
        return value.ToLowerInvariant() is "no" or "n" or "false" or "f" or "off" or "0";
    }

    // By name, whatever their directory; the earlier directory hides a file of the later's.
    static IEnumerable<string> DropIns(Func<string, IEnumerable<string>> list)
    {
        var paths = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string directory in Directories)
        {
            foreach (string name in list(directory))
            {
                if (name.EndsWith(".conf", StringComparison.Ordinal))
                    paths.TryAdd(name, $"{directory}/{name}");
            }
        }

        return paths.Values;
    }

    // The section isn't looked at: journald.conf has one.
    static string? LastValue(string text, string name)
    {
        string? value = null;
        foreach (string line in text.Split('\n'))
        {
            int sign = line.IndexOf('=', StringComparison.Ordinal);
            if (sign > 0 && line[..sign].Trim() == name)
                value = line[(sign + 1)..].Trim();
        }

        return value;
    }
}
