using System.Globalization;
using Akashi.Health;
using Akashi.Host;
using Akashi.Linux.Processes;

namespace Akashi.Cli.Doctor;

/// <summary>What the running processes tell the doctor.</summary>
/// <param name="host">The machine.</param>
sealed class ProcessFacts(IHost host)
{
    // They have a terminal before anybody logged in on it.
    static readonly string[] s_beforeLogin = ["agetty", "getty", "mingetty", "login", "sshd", "sshd-session", "systemd"];

    /// <summary>The facts with daemons and terminals.</summary>
    public HealthFacts Add(HealthFacts facts)
    {
        IReadOnlyList<RunningProcess> all = new ProcessTable(host.BootTime).List();
        return facts with
        {
            Daemons = [.. all.Where(found => found.Name == "auditd" && !IsOfContainer(found.Pid)).Select(found => found.Pid)],
            TerminalsWithoutLogin = [.. all.Where(IsUnattributed).Select(found => string.Create(CultureInfo.InvariantCulture, $"{found.Name} [{found.Pid}]"))],
        };
    }

    // It has a number in a namespace below ours, too: proc_pid_status(5), "NSpid: 4711 12".
    static bool IsOfContainer(int pid)
    {
        try
        {
            return File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status"))
                .FirstOrDefault(line => line.StartsWith("NSpid:", StringComparison.Ordinal))?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length > 2;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static bool IsUnattributed(RunningProcess found)
    {
        if (found.IsKernelThread || found.Auid != ProcessIdentity.Unset || s_beforeLogin.Contains(found.Name) || found.Pid == Environment.ProcessId)
            return false;
        try
        {
            string? input = new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{found.Pid}/fd/0")).LinkTarget;
            return input is not null && (input.StartsWith("/dev/pts/", StringComparison.Ordinal) || (input.StartsWith("/dev/tty", StringComparison.Ordinal) && input.Length > "/dev/tty".Length));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
