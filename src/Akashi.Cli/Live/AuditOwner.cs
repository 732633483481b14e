using Akashi.Host;
using Akashi.Linux.Processes;

namespace Akashi.Cli.Live;

/// <summary>The process that owns the kernel's audit: it gets the records and writes them.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="Name">comm, as the process likes.</param>
readonly record struct AuditOwner(int Pid, string Name)
{
    /// <summary>Finds it; null where nobody owns it, or who did has died: the kernel learns of that with the next record.</summary>
    public static AuditOwner? Find(AuditStatus status) =>
        status.Pid != 0 && ProcessIsAlive((int)status.Pid, out string name) ? new AuditOwner((int)status.Pid, name) : null;

    /// <summary>Whether nobody records on this machine; false where that can't be found out.</summary>
    public static bool IsMissing(IHost host)
    {
        try
        {
            using IAuditKernel kernel = host.OpenAuditKernel();
            return Find(kernel.GetStatus()) is null;
        }
        catch (KernelRequestException)
        {
            return false;
        }
    }

    /// <summary>The trail that it has open; null where it has none that can be told by its name.</summary>
    public string? FindTrail()
    {
        try
        {
            return Directory.EnumerateFiles(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/proc/{Pid}/fd"))
                .Select(link => File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName)
                .OfType<string>()
                .FirstOrDefault(path => path == TrailPaths.Configured() || Path.GetFileName(path) == TrailPaths.LogName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} (process {Pid})";

    static bool ProcessIsAlive(int pid, out string name)
    {
        bool isAlive = Daemon.KernelState.ProcessMark.Find(pid) is not null;
        name = isAlive && new ProcessTable(DateTimeOffset.UnixEpoch).Find(pid) is { } found ? found.Name : "";
        return isAlive;
    }
}
