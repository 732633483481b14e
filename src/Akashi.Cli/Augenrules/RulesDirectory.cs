using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Rules;

namespace Akashi.Cli.Augenrules;

/// <summary>The rule files of a directory such as /etc/audit/rules.d.</summary>
/// <param name="host">Tells what paths are, and whose.</param>
/// <remarks>Who may write a rule file decides what is audited: one that strangers may write is refused.</remarks>
sealed class RulesDirectory(IHost host)
{
    const string Extension = ".rules";

    /// <summary>The paths of the files, in the order that they are loaded in.</summary>
    /// <param name="directory">The directory.</param>
    /// <exception cref="AuditException">It can't be read, or isn't to be trusted.</exception>
    public IReadOnlyList<string> Find(string directory)
    {
        CheckTrust(directory);
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(directory)
                .Select(path => Path.GetFileName(path))
                .Where(name => name.EndsWith(Extension, StringComparison.Ordinal) && name[0] != '.')
                .OrderBy(name => Encoding.UTF8.GetBytes(name), VersionOrder.Names)
                .Select(name => Path.Combine(directory, name))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditException($"cannot read {directory}: {FileFault.Describe(exception)}", exception);
        }
    }

    /// <summary>The bytes of a rule file.</summary>
    /// <exception cref="AuditException">It can't be read, or isn't to be trusted.</exception>
    public byte[] Read(string path)
    {
        if (host.Files.KindOf(path) == FileKind.Directory)
            throw new AuditException($"cannot read {path}: Is a directory");
        CheckTrust(path);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditException($"cannot read {path}: {FileFault.Describe(exception)}", exception);
        }
    }

    // A file is linked to /dev/null to take it out: everybody may write that, to no effect.
    void CheckTrust(string path)
    {
        if (FinalTarget(path) == "/dev/null" || !host.Files.TryLook(path, followsLink: true, out FileStatus status))
            return;
        if (status.Uid != 0 && status.Uid != host.Process.Uid)
            throw new AuditException($"{path} is refused: it belongs to {host.Accounts.FindUserName(status.Uid) ?? status.Uid.ToString(CultureInfo.InvariantCulture)}, who could change what is audited");
        if ((status.Mode & UnixFileMode.OtherWrite) != 0)
            throw new AuditException($"{path} is refused: everybody may write it, and so change what is audited");
    }

    static string FinalTarget(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }
}
