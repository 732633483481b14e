using Akashi.Linux.Files;
using Akashi.Setup;

namespace Akashi.Cli.Recorder;

/// <summary>The file of the login shell beside this program: the same program, linked so that sessions share its pages (eng/publish.sh). ./build makes it, or setup installed it.</summary>
static class LoginShellFile
{
    /// <summary>Where it is; null where it isn't there.</summary>
    public static string? Find()
    {
        string path = Path.Combine(Path.GetDirectoryName(Environment.ProcessPath!)!, LoginShellTool.ShellName);
        return File.Exists(path) ? path : null;
    }

    /// <summary>What it holds; null where it isn't there, or is no plain file.</summary>
    public static byte[]? Read() =>
        Find() is { } path && new SetupFiles("/").Look(path) is { Kind: FileStateKind.File } state ? state.Bytes : null;
}
