using Akashi.Daemon.KernelState;
using Akashi.Daemon.Recorder;
using Akashi.Linux.Processes;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Recorder;

public sealed class LoginTrialTests : IDisposable
{
    const int Setup = 500;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The setup (500), ssh (510), sshd (520).
    [Theory]
    [InlineData(new uint[] { 0, 0, 0 }, Setup, true)]
    [InlineData(new uint[] { 0, 0, 0 }, 510, true)]
    [InlineData(new uint[] { 0, 0, 0 }, 501, false)]
    [InlineData(new uint[] { 0, 1000, 0 }, Setup, false)]
    [InlineData(new uint[] { 1000, 0, 0 }, Setup, false)]
    [InlineData(new uint[] { 0, 0, 1000 }, Setup, false)]
    public void A_login_is_a_trial_where_a_marked_process_of_roots_started_its_server(uint[] uids, int marked, bool isTrial)
    {
        PeerProcess[] processes = [Process(Setup, 400, uids[0]), Process(510, Setup, uids[1]), Process(520, 510, uids[2])];

        Assert.Equal(isTrial, LoginTrial.Began(processes[2], pid => processes.FirstOrDefault(process => process.Pid == pid), pid => pid == marked));
    }

    [Fact]
    public void A_server_whose_user_runs_as_root_but_isnt_begins_none()
    {
        PeerProcess[] processes = [Process(Setup, 1, 0), Process(510, Setup, 0) with { Uid = 1000 }, Process(520, 510, 0)];

        Assert.False(LoginTrial.Began(processes[2], pid => processes.FirstOrDefault(process => process.Pid == pid), pid => pid == Setup));
    }

    [Fact]
    public void Processes_without_end_are_looked_at_for_a_while_alone()
    {
        int looks = 0;

        Assert.False(LoginTrial.Began(Process(520, 519, 0), pid => Process(pid, pid - 1, 0), _ => ++looks < 0));
        Assert.Equal(8, looks);
    }

    [Fact]
    public void A_mark_is_of_one_process_and_no_other_of_its_number()
    {
        ProcessMark self = ProcessMark.Self;
        Assert.SkipUnless(PeerProcess.Find(self.Pid) is { Uid: 0, EffectiveUid: 0 }, "needs root: marks are root's");
        PeerProcess child = Process(self.Pid + 1, self.Pid, 0);

        Directory.CreateDirectory(LoginTrial.PathOf(self with { BeganMilliseconds = self.BeganMilliseconds + 10 }, _folder.Path));
        Assert.False(LoginTrial.Began(child, _folder.Path));

        Directory.CreateDirectory(LoginTrial.PathOf(self, _folder.Path));
        Assert.True(LoginTrial.Began(child, _folder.Path));
        Assert.False(LoginTrial.Began(child with { Uid = 1000, EffectiveUid = 1000 }, _folder.Path));
    }

    static PeerProcess Process(int pid, int parent, uint uid) => new(pid, parent, uid, uid, 1000, 9, pid, 0, "sshd");
}
