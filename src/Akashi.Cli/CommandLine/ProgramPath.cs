using Akashi.Host;

namespace Akashi.Cli.CommandLine;

/// <summary>Finds a program as the shell does, so that what is checked is what is run.</summary>
static class ProgramPath
{
    /// <summary>The file of a program.</summary>
    /// <param name="files">The machine's.</param>
    /// <param name="name">A path, or a name that PATH is searched for.</param>
    /// <returns>Null where there is none.</returns>
    public static string? Find(IFiles files, string name)
    {
        if (name.Contains('/', StringComparison.Ordinal))
            return files.KindOf(name) == FileKind.Missing ? null : name;
        string[] directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return directories.Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(path => files.KindOf(path) == FileKind.Regular && FindFault(files, path) is null);
    }

    /// <summary>Why a file can't be run; null where it can.</summary>
    public static string? FindFault(IFiles files, string path)
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return files.KindOf(path) switch
        {
            FileKind.Directory => "Is a directory",
            FileKind.Regular when (File.GetUnixFileMode(path) & Execute) != 0 => null,
            _ => "Permission denied",
        };
    }
}
