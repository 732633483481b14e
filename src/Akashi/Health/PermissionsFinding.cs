using Akashi.Host;

namespace Akashi.Health;

/// <summary>Whether strangers can read or change trail and settings.</summary>
static class PermissionsFinding
{
    const string Name = "permissions";

    public static Finding? Of(HealthFacts facts)
    {
        const UnixFileMode Writers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        foreach ((string path, FileStatus status) in facts.Files)
        {
            bool isTrail = !path.StartsWith("/etc/", StringComparison.Ordinal);
            if (status.Uid != 0)
                return Finding.Problem(Name, $"{path} belongs to user {status.Uid}", "they can change what is recorded, or the record of it", $"chown root {path}");
            if ((status.Mode & Writers) != 0)
                return Finding.Problem(Name, $"{path} can be written by others than root", "they can change what is recorded, or the record of it", $"chmod go-w {path}");
            if (isTrail && (status.Mode & UnixFileMode.OtherRead) != 0)
                return Finding.Warning(Name, $"{path} can be read by everybody", "the trail has command lines, file names, and keystrokes where they're recorded", $"chmod o-rwx {path}");
        }

        return facts.Files.Count == 0 ? null : Finding.Fine(Name, "trail and settings are root's alone to change");
    }
}
