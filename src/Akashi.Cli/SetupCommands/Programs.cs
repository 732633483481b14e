using Akashi.Host;
using Akashi.Linux.Processes;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Cli.SetupCommands;

/// <summary>Programs that a setup runs to their end.</summary>
static class Programs
{
    const int NotFound = 127;
    static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    static readonly string[] s_directories = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    /// <summary>The file of a program, in the system's own directories; null where there is none.</summary>
    public static string? Find(string name) =>
        name.StartsWith('/') ? name : s_directories.Select(directory => $"{directory}/{name}").FirstOrDefault(File.Exists);

    /// <summary>Runs one with our output; 127 where it isn't there.</summary>
    public static int Run(string name, IReadOnlyList<string> arguments) => Run(name, arguments, input: null);

    /// <summary>Runs one that reads a file.</summary>
    /// <exception cref="AuditException">It doesn't end.</exception>
    public static int Run(string name, IReadOnlyList<string> arguments, SafeFileHandle? input)
    {
        if (Find(name) is not { } path)
            return NotFound;
        int pid = DetachedProcess.StartReader(path, [name, .. arguments], ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"], input, keepsOutput: true);
        using ProcessHandle? process = ProcessHandle.Open(pid);
        if (process?.WaitForEnd(s_limit) == false)
        {
            process.Kill();
            process.WaitForEnd(s_limit);
            DetachedProcess.TryReap(pid, out _);
            throw new AuditException($"{name} did not end in {s_limit.TotalMinutes} minutes");
        }

        DetachedProcess.TryReap(pid, out int exitCode);
        return exitCode;
    }
}
