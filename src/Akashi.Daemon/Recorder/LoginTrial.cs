using System.Globalization;
using Akashi.Daemon.KernelState;
using Akashi.Linux.Processes;

namespace Akashi.Daemon.Recorder;

/// <summary>The mark by which the recorder knows a login that a setup makes to try whether people can log in: nobody did.</summary>
/// <remarks>
/// A directory in /run, where root alone makes names, while the setup tries: <c>/run/akashi-login-trial-PID-MILLISECONDS</c>, the setup's process and when it began after the boot. A login is
/// a trial where its login server, root's, was started by that process, and every process between them is root's: a person's own processes never stand above a login server's, and one that was
/// left behind by a killed setup names no process that runs.
/// </remarks>
public static class LoginTrial
{
    /// <summary>Where marks are on a machine.</summary>
    public const string DefaultPlace = "/run";

    // sshd, ssh, the setup, and shells between them.
    const int AboveMax = 8;

    /// <summary>The mark of trials that a process makes.</summary>
    public static string PathOf(ProcessMark setup, string place = DefaultPlace) =>
        Path.Combine(place, string.Create(CultureInfo.InvariantCulture, $"akashi-login-trial-{setup.Pid}-{setup.BeganMilliseconds}"));

    /// <summary>Whether a login is a trial.</summary>
    /// <param name="server">The process of its login server, as <see cref="PeerProcess.FindLoginServer(int)"/> found it.</param>
    /// <param name="place">Where marks are.</param>
    public static bool Began(PeerProcess server, string place) => Began(server, PeerProcess.Find, pid => ProcessMark.Find(pid) is { } mark && Directory.Exists(PathOf(mark, place)));

    /// <summary>As the other, by what is said of processes.</summary>
    /// <param name="server">The process of the login server.</param>
    /// <param name="find">Finds a process by its number.</param>
    /// <param name="isMarked">Whether a process has left a mark.</param>
    internal static bool Began(PeerProcess server, Func<int, PeerProcess?> find, Func<int, bool> isMarked)
    {
        PeerProcess? next = server;
        for (int depth = 0; depth < AboveMax && next is { Uid: 0, EffectiveUid: 0, ParentPid: > 1 }; depth++)
        {
            next = find(next.ParentPid);
            if (next is { Uid: 0, EffectiveUid: 0 } && isMarked(next.Pid))
                return true;
        }

        return false;
    }
}
