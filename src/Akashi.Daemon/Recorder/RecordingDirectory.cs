using System.Globalization;
using Akashi.Host;
using Akashi.Linux.Terminals;

namespace Akashi.Daemon.Recorder;

/// <summary>Where recordings are kept: a directory that root alone enters.</summary>
/// <remarks>
/// A file is named <c>20261121-165000-alice-ses12-0f3a9c1e-pts3.cast</c>: UTC, the login user, ses, the beginning of the boot's id (ses counts from 1 after each boot), terminal.
/// Names are for people and for finding what is live; what counts stands in the header.
/// </remarks>
public sealed class RecordingDirectory
{
    const int TriesMax = 100;

    readonly string _path;

    RecordingDirectory(string path, string bootId) => (_path, BootId) = (path, bootId);

    /// <summary>The boot, as /proc/sys/kernel/random/boot_id has it.</summary>
    public string BootId { get; }

    /// <summary>Opens it; made where it's missing.</summary>
    /// <exception cref="AuditException">Others than its owner may enter it.</exception>
    public static RecordingDirectory Open(string path, string bootId)
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        try
        {
            Directory.CreateDirectory(path, OwnerOnly);
            if (File.GetUnixFileMode(path) != OwnerOnly)
                throw new AuditException($"cannot record into {path}: its mode isn't 0700: others may enter it\nhint: chmod 0700 {path}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditException($"cannot record into {path}: {FileFault.Describe(exception)}", exception);
        }

        return new RecordingDirectory(path, bootId);
    }

    /// <summary>Makes a recording's file.</summary>
    /// <exception cref="AuditException">It can't be made.</exception>
    public AppendingFile Create(DateTimeOffset now, string user, uint ses, string terminal, out string path, out bool isAppendOnly)
    {
        string sesText = ses == ProcessIdentity.Unset ? "none" : ses.ToString(CultureInfo.InvariantCulture);
        string name = string.Create(
            CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd-HHmmss}-{Plain(user)}-ses{sesText}-{BootId[..8]}-{terminal}");
        for (int count = 1; ; count++)
        {
            path = Path.Combine(_path, count == 1 ? name + ".cast" : string.Create(CultureInfo.InvariantCulture, $"{name}-{count}.cast"));

            // Nor that of one that was packed since: what belongs to it goes by its name.
            if ((!File.Exists(path) && !File.Exists(path + RecordingPacking.PackedEnding)) || count == TriesMax)
                return AppendingFile.Create(path, out isAppendOnly);
        }
    }

    /// <summary>What keepers of this boot, that another service started, still record.</summary>
    public IReadOnlyList<(string Path, uint Ses)> FindLive()
    {
        var found = new List<(string, uint)>();
        foreach (string path in Directory.EnumerateFiles(_path, $"*-{BootId[..8]}-*.cast"))
        {
            string[] parts = Path.GetFileName(path).Split('-');
            string? ses = parts.LastOrDefault(part => part.StartsWith("ses", StringComparison.Ordinal));
            if (ses is not null && AppendingFile.IsHeld(path))
                found.Add((path, uint.TryParse(ses.AsSpan(3), out uint number) ? number : ProcessIdentity.Unset));
        }

        return found;
    }

    // Account names may hold anything but a colon and a line feed.
    static string Plain(string user) =>
        string.Concat(user.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' ? letter : '_')) is { Length: > 0 and <= 64 } plain
            && plain[0] != '.' ? plain : "user";
}
