using System.Globalization;
using Akashi.Host;
using Akashi.Linux.Processes;

namespace Akashi.Cli.Start;

/// <summary>The processes that began before the recording: whose beginning no record tells.</summary>
/// <remarks>
/// Two kinds matter. Sessions that are open: what they run from now on is recorded, but their login isn't in the trail, and a process that began before the
/// kernel's audit was first switched on has no audit context: what it does itself (not what it starts) escapes until it ends. And programs with a
/// terminal but without auid, such as shells that a container runtime or an init began: no rule matches them.
/// </remarks>
static class ProcessesBefore
{
    const int ShownMax = 5;

    /// <summary>Says which there are, a line each; none where there are none.</summary>
    public static IEnumerable<string> Describe(IHost host)
    {
        var table = new ProcessTable(host.BootTime);
        List<RunningProcess> all = [.. table.List().Where(found => !found.IsKernelThread && found.Pid != Environment.ProcessId)];
        List<IGrouping<uint, RunningProcess>> sessions =
            [.. all.Where(found => found.Auid != ProcessIdentity.Unset).GroupBy(found => found.Session)];
        foreach (IGrouping<uint, RunningProcess> session in sessions.Take(ShownMax))
            yield return DescribeSession(host, session);
        if (sessions.Count > ShownMax)
            yield return string.Create(CultureInfo.InvariantCulture, $"and {sessions.Count - ShownMax} more sessions that are open already");
        int outside = all.Count(found => found.Auid == ProcessIdentity.Unset);
        if (outside > 0)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{outside} processes belong to no login session (auid unset): what they do is not recorded");
    }

    static string DescribeSession(IHost host, IGrouping<uint, RunningProcess> session)
    {
        RunningProcess first = session.MinBy(found => found.Started);
        string person = host.Accounts.FindUserName(first.Auid) ?? first.Auid.ToString(CultureInfo.InvariantCulture);
        LocalDateTime began = host.LocalTime.ToLocal(first.Started.ToUnixTimeSeconds());
        return string.Create(CultureInfo.InvariantCulture,
            $"session {session.Key} of {person} is open since {began.Year:0000}-{began.Month:00}-{began.Day:00} {began.Hour:00}:{began.Minute:00} ({session.Count()} processes, first {first.Name} [{first.Pid}]): its login and what it did before are not in the trail");
    }
}
