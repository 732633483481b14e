using System.Text;
using Akashi.Diagnostics;
using Akashi.Host;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Configuration;

/// <summary>auditd.conf as the daemon reads it: only a file that nobody but root can have written.</summary>
/// <remarks>ausearch and aureport read it as any file: to them it names paths and a time, nothing that is run.</remarks>
public static class AuditdConfigurationFile
{
    const int BytesMax = 1024 * 1024;

    /// <summary>Reads the file of a directory.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="directory">Where it is.</param>
    /// <param name="allowsLink">Whether the file may be a symbolic link (<c>-l</c>).</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <returns>The configuration; not to be used where there are errors.</returns>
    public static AuditdConfiguration Read(IFiles files, string directory, bool allowsLink, DiagnosticBag diagnostics)
    {
        string path = Path.Combine(directory, AuditdConfiguration.FileName);
        return ReadText(files, path, allowsLink, diagnostics) is { } text
            ? AuditdConfigurationParser.Parse(text, path, diagnostics)
            : new AuditdConfiguration();
    }

    /// <summary>Reads a file that nobody but root can have written.</summary>
    /// <returns>Null where it can't be read, or somebody else can have; said.</returns>
    internal static string? ReadText(IFiles files, string path, bool allowsLink, DiagnosticBag diagnostics)
    {
        try
        {
            if (WhyRefused(files, path, allowsLink, out FileStatus status) is not { } reason)
                return ReadText(files, path, status);
            diagnostics.Add(new Diagnostic(40, Severity.Error, $"cannot read {path}: {reason}"));
        }
        catch (TrailException exception)
        {
            diagnostics.Add(new Diagnostic(40, Severity.Error, exception.Message));
        }

        return null;
    }

    static string? WhyRefused(IFiles files, string path, bool allowsLink, out FileStatus status)
    {
        if (!files.TryLook(path, allowsLink, out status))
            return "no such file";
        if (status.IsSymbolicLink)
            return "it is a symbolic link (-l allows that)";
        if (status.Kind != FileKind.Regular)
            return "it is not a regular file";
        if (status.Uid != 0)
            return $"it is owned by user {status.Uid}, not by root";
        return status.Mode.HasFlag(UnixFileMode.OtherWrite) ? "everybody can write it" : null;
    }

    static string ReadText(IFiles files, string path, FileStatus looked)
    {
        using SafeFileHandle handle = files.OpenForReading(path);
        FileIdentity opened = files.Identify(handle);
        if (opened.Device != looked.Device || opened.Inode != looked.Inode)
            throw new TrailException("read", path, 0, "it was replaced meanwhile");
        byte[] bytes;
        try
        {
            bytes = FileBeginning.Read(handle, BytesMax + 1);
        }
        catch (IOException exception)
        {
            throw FileFault.Of("read", path, exception);
        }

        return bytes.Length <= BytesMax
            ? Encoding.UTF8.GetString(bytes)
            : throw new TrailException("read", path, 0, "it is larger than 1 MiB");
    }
}
