using System.Globalization;
using Akashi.Host;
using Akashi.Linux.Processes;

namespace Akashi.Cli.SetupCommands;

/// <summary><c>akashi setup-probe AUID ID KIND [PATH]</c>: the process that provokes the event by which a setup is verified.</summary>
/// <remarks>
/// It says so before and after, as TRUSTED_APP records, whose pid the kernel fills in; then it takes the login user of the person whose rules are tried,
/// and starts a program called <c>akashi-setup-probe ID</c>, or touches a file. Reports leave out what stands between.
/// </remarks>
static class ProbeTool
{
    /// <summary>The name of the program that is started; it does nothing.</summary>
    public const string ProbeName = "akashi-setup-probe";

    /// <summary>The exit code where the login user can't be taken.</summary>
    public const int LoginUserRefused = 4;

    const string LoginUserFile = "/proc/self/loginuid";

    /// <summary>The row for the registry.</summary>
    public static Tool Tool { get; } = new("setup-probe", "provoke the event that verifies a setup", Run) { IsInternal = true };

    static int Run(Invocation invocation)
    {
        IReadOnlyList<string> words = invocation.Arguments;
        if (words.Count is < 3 or > 4 || !uint.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return 2;
        string auid = words[0], id = words[1], kind = words[2];
        SetupProbe.Bracket(invocation.Host, id, "begin");
        try
        {
            if (kind == "command")
                return StartAs(auid, id);
            return Touch(kind, words[^1]);
        }
        finally
        {
            SetupProbe.Bracket(invocation.Host, id, "end");
        }
    }

    static int StartAs(string auid, string id)
    {
        try
        {
            File.WriteAllText(LoginUserFile, auid);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return LoginUserRefused;
        }

        int pid = DetachedProcess.Start(Environment.ProcessPath!, [ProbeName, id]);
        using ProcessHandle? process = ProcessHandle.Open(pid);
        process?.WaitForEnd(TimeSpan.FromSeconds(10));
        return DetachedProcess.TryReap(pid, out int exitCode) ? exitCode : 1;
    }

    // Nothing of the file changes but the time of its last change of attributes: its mode is set to what it is.
    static int Touch(string kind, string path)
    {
        try
        {
            if (kind == "a")
                File.SetUnixFileMode(path, File.GetUnixFileMode(path));
            else if (kind == "r" && Directory.Exists(path))
                _ = Directory.EnumerateFileSystemEntries(path).Any();
            else
                File.OpenHandle(path, FileMode.Open, kind == "r" ? FileAccess.Read : FileAccess.Write, FileShare.ReadWrite).Dispose();
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 1;
        }
    }
}
