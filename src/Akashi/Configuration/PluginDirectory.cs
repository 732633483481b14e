using System.Text;
using Akashi.Diagnostics;
using Akashi.Host;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Configuration;

/// <summary>The files of plugins.d.</summary>
public static class PluginDirectory
{
    const int FileBytesMax = 64 * 1024;
    const UnixFileMode WrittenByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    const UnixFileMode ReadRun = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    /// <summary>Reads those that are active, by name; a missing directory has none.</summary>
    /// <remarks>Files whose name begins with a dot, has two, or an end other than <c>.conf</c> are left alone; one without any dot is read.</remarks>
    public static IReadOnlyList<PluginConfiguration> Read(IFiles files, string directory, DiagnosticBag diagnostics)
    {
        var active = new List<PluginConfiguration>();
        foreach (string path in Paths(directory, diagnostics))
        {
            if (WhyRefused(files, path) is { } reason)
            {
                diagnostics.Add(new Diagnostic(52, Severity.Error, $"cannot read {path}: {reason}"));
                continue;
            }

            PluginConfiguration plugin = PluginConfiguration.Parse(ReadText(files, path), path, diagnostics);
            if (!plugin.IsActive)
                continue;
            if (plugin.Path.Length > 0 && WhyNotRun(files, plugin.Path) is { } fault)
                diagnostics.Add(new Diagnostic(53, Severity.Error, $"{path}: cannot run {plugin.Path}: {fault}"));
            active.Add(plugin);
        }

        return active;
    }

    static IEnumerable<string> Paths(string directory, DiagnosticBag diagnostics)
    {
        try
        {
            return Directory.Exists(directory)
                ? [.. Directory.EnumerateFiles(directory).Where(path => IsNamedAsPlugin(Path.GetFileName(path))).Order(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(new Diagnostic(52, Severity.Error, $"cannot read {directory}: {FileFault.Describe(exception)}"));
            return [];
        }
    }

    internal static bool IsNamedAsPlugin(string name) =>
        !name.StartsWith('.') && (!name.Contains('.') || (name.EndsWith(".conf", StringComparison.Ordinal) && name.Count(letter => letter == '.') == 1));

    static string? WhyRefused(IFiles files, string path)
    {
        if (!files.TryLook(path, followsLink: false, out FileStatus status) || status.Kind != FileKind.Regular)
            return "it is not a regular file";
        return Owned(status);
    }

    static string? WhyNotRun(IFiles files, string path)
    {
        if (!files.TryLook(path, followsLink: false, out FileStatus status) || status.Kind != FileKind.Regular)
            return "it is not a regular file";
        return Owned(status) ?? ((status.Mode & ReadRun) == ReadRun ? null : "its mode is less than 0550");
    }

    static string? Owned(in FileStatus status) =>
        status.Uid != 0 ? $"it is owned by user {status.Uid}, not by root"
        : (status.Mode & WrittenByOthers) != 0 ? "others than root can write it"
        : null;

    static string ReadText(IFiles files, string path)
    {
        using SafeFileHandle handle = files.OpenForReading(path);
        byte[] bytes = new byte[FileBytesMax];
        return Encoding.UTF8.GetString(bytes, 0, RandomAccess.Read(handle, bytes, 0));
    }
}
