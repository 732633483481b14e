using System.Diagnostics;
using Akashi.Linux;
using Akashi.Linux.Processes;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Recorder;

/// <summary>Real processes that hold a file: a terminal is found the same way.</summary>
public sealed class TerminalHoldersTests : IDisposable
{
    static readonly TimeSpan s_ample = TimeSpan.FromSeconds(60);

    readonly TemporaryFolder _folder = new();
    readonly List<Process> _started = [];
    readonly uint _uid = new LinuxHost().Process.Uid;

    public TerminalHoldersTests()
    {
        File.WriteAllText(_folder["terminal"], "");
        File.WriteAllText(_folder["other"], "");
    }

    public void Dispose()
    {
        foreach (Process process in _started)
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }

        _folder.Dispose();
    }

    [Fact]
    public void Whatever_ses_they_have_and_whatever_name_they_opened()
    {
        File.CreateSymbolicLink(_folder["name"], _folder["terminal"]);
        Process plain = Start("exec 5<terminal"), named = Start("exec 7<name");
        Start("exec 5<other");

        // No process has this ses.
        TerminalHolders found = TerminalHolders.Find(_folder["terminal"], _uid, 4_000_000_000, 10, s_ample);

        Assert.Equal(new[] { plain.Id, named.Id }.Order(), found.Named.Select(holder => holder.Pid).Order());
        Assert.Equal((0, false), (found.MoreCount, found.IsCut));
        Assert.Equal(named.Id, Assert.Single(TerminalHolders.Find(_folder["terminal"], _uid, 1, 10, s_ample, plain.Id).Named).Pid);
        Assert.Empty(TerminalHolders.Find(_folder["terminal"], 4_000_000_000, 1, 10, s_ample).Named);
    }

    [Fact]
    public void More_than_are_named_are_counted()
    {
        for (int index = 0; index < 3; index++)
            Start("exec 5<terminal");

        TerminalHolders found = TerminalHolders.Find(_folder["terminal"], _uid, 1, 1, s_ample);

        Assert.Single(found.Named);
        Assert.Equal((2, false), (found.MoreCount, found.IsCut));
    }

    [Fact]
    public void Without_time_it_says_so()
    {
        Start("exec 5<terminal");
        TerminalHolders found = TerminalHolders.Find(_folder["terminal"], _uid, 1, 10, TimeSpan.Zero);
        Assert.Empty(found.Named);
        Assert.True(found.IsCut);
    }

    Process Start(string command)
    {
        Process process = Process.Start(new ProcessStartInfo("sh", ["-c", command + "; echo ready; read x"])
        {
            WorkingDirectory = _folder.Path, RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        _started.Add(process);
        Assert.Equal("ready", process.StandardOutput.ReadLine());
        return process;
    }
}
