using Akashi.Host;
using Akashi.Linux.Processes;

namespace Akashi.Cli.Augenrules;

/// <summary>The file that the rules are loaded from at boot: /etc/audit/audit.rules.</summary>
/// <param name="path">The file; the one before it is kept as <c>audit.rules.prev</c>.</param>
sealed class AuditRulesFile(string path)
{
    const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    const string LabelRestorer = "/sbin/restorecon";
    static readonly TimeSpan s_restorerTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Puts a new file in its place by renaming: whoever reads sees the old one whole, or the new one whole.</summary>
    /// <exception cref="AuditException">It can't be written; the old file stands as it was.</exception>
    public void Replace(byte[] bytes)
    {
        try
        {
            if (File.Exists(path))
                WriteByRename(path + ".prev", File.ReadAllBytes(path));
            WriteByRename(path, bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditException($"cannot write {path}: {FileFault.Describe(exception)}", exception);
        }
        if (File.Exists(LabelRestorer))
            RestoreLabel();
    }

    static void WriteByRename(string target, byte[] bytes)
    {
        string interim = $"{target}.{Environment.ProcessId}.tmp";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = Mode };
            using (var file = new FileStream(interim, options))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }
            File.SetUnixFileMode(interim, Mode);
            File.Move(interim, target, overwrite: true);
        }
        catch
        {
            File.Delete(interim);
            throw;
        }
    }

    // On SELinux systems the file is of a type, and maybe a level, that the program that made it isn't.
    void RestoreLabel()
    {
        int pid = DetachedProcess.Start(LabelRestorer, ["restorecon", "-F", path], keepsStandardError: true);
        using ProcessHandle? process = ProcessHandle.Open(pid);
        process?.WaitForEnd(s_restorerTimeout);
        DetachedProcess.TryReap(pid, out _);
    }
}
