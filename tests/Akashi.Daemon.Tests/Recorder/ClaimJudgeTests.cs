using Akashi.Daemon.Recorder;
using Akashi.Host;
using Akashi.Linux.Processes;

namespace Akashi.Daemon.Tests.Recorder;

public class ClaimJudgeTests
{
    const uint User = 1000;
    const uint Ses = 7;
    const int Outer = (136 << 8) | 3;
    const int Inner = (136 << 8) | 4;
    const int Other = (136 << 8) | 9;

    static readonly PeerProcess s_shell = new(100, 90, User, User, User, Ses, 100, Outer, "akashi-login-sh");
    static readonly ClaimedTerminal s_logins = new(Outer, User, IsLogins: true, IsAwaited: false);
    static readonly LiveTerminals s_live = new(Ses, Outer, Inner);

    [Fact]
    public void The_first_of_a_login_is_recorded() => AssertVerdict(ClaimVerdict.Record, s_shell, s_logins);

    [Fact]
    public void A_terminal_of_the_users_own_is_recorded_where_nothing_of_its_ses_is() =>
        AssertVerdict(ClaimVerdict.Record, s_shell, s_logins with { IsLogins = false });

    [Fact]
    public void What_runs_in_a_recorded_terminal_is_nested() =>
        AssertVerdict(ClaimVerdict.Nested, s_shell with { Terminal = Inner }, new ClaimedTerminal(Inner, User, IsLogins: false, IsAwaited: false), s_live);

    [Fact]
    public void Another_terminal_of_a_recorded_ses_is_nested() =>
        AssertVerdict(ClaimVerdict.Nested, s_shell with { Terminal = Other }, new ClaimedTerminal(Other, User, IsLogins: false, IsAwaited: false), s_live);

    [Fact]
    public void Another_terminal_of_the_login_itself_is_recorded_though_its_ses_is() =>
        AssertVerdict(ClaimVerdict.Record, s_shell with { Terminal = Other }, new ClaimedTerminal(Other, User, IsLogins: true, IsAwaited: false), s_live);

    [Fact]
    public void A_recording_of_another_ses_changes_nothing() =>
        AssertVerdict(ClaimVerdict.Record, s_shell with { Terminal = Other }, new ClaimedTerminal(Other, User, IsLogins: false, IsAwaited: false), s_live with { Ses = 8 });

    [Fact]
    public void Processes_without_a_ses_are_not_of_one() =>
        AssertVerdict(
            ClaimVerdict.Record, s_shell with { Ses = ProcessIdentity.Unset, Terminal = Other }, new ClaimedTerminal(Other, User, IsLogins: false, IsAwaited: false),
            s_live with { Ses = ProcessIdentity.Unset });

    [Fact]
    public void A_terminal_is_recorded_once() => AssertRefused("the terminal is recorded already", s_shell, s_logins, s_live);

    [Fact]
    public void A_terminal_that_another_process_has_is_refused() =>
        AssertRefused("it isn't its controlling terminal", s_shell with { Terminal = Other }, s_logins);

    [Fact]
    public void A_terminal_of_another_user_is_refused() =>
        AssertRefused("the terminal belongs to another user", s_shell, s_logins with { Owner = 1001 });

    [Fact]
    public void Who_shares_the_terminal_with_a_shell_is_refused() =>
        AssertRefused("it isn't the leader of its terminal's session", s_shell with { Leader = 99 }, s_logins);

    // Debian's login starts the shell in its own session, and waits.
    [Fact]
    public void Who_shares_it_with_a_login_program_that_waits_is_recorded() =>
        AssertVerdict(ClaimVerdict.Record, s_shell with { Leader = s_shell.ParentPid }, s_logins with { IsAwaited = true });

    [Theory]
    [InlineData(0u, 1000u)]
    [InlineData(1000u, 0u)]
    [InlineData(1001u, 1001u)]
    public void A_process_of_two_users_is_refused(uint real, uint effective) =>
        AssertRefused("it runs as two users", s_shell with { Uid = real, EffectiveUid = effective }, s_logins);

    static void AssertVerdict(ClaimVerdict expected, PeerProcess peer, ClaimedTerminal terminal, params LiveTerminals[] live)
    {
        Assert.Equal(expected, ClaimJudge.Judge(peer, User, terminal, live, out string reason));
        Assert.Equal("", reason);
    }

    static void AssertRefused(string expected, PeerProcess peer, ClaimedTerminal terminal, params LiveTerminals[] live)
    {
        Assert.Equal(ClaimVerdict.Refused, ClaimJudge.Judge(peer, User, terminal, live, out string reason));
        Assert.Equal(expected, reason);
    }
}
