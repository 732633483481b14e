using System.Text;
using Akashi.Live;
using Akashi.Tests.Normalization;

namespace Akashi.Tests.Live;

/// <summary>Whose address is said of which session. The kernel uses session and process numbers again, and programs may claim what they like.</summary>
public sealed class SessionBookTests
{
    const int Minute = 60;

    [Fact]
    public void The_address_before_LOGIN_is_that_of_the_session()
    {
        Assert.Equal("192.0.2.7", AddressOf(4, User(1, "USER_AUTH", 4242, "192.0.2.7"), Login(2, 4242, 4)));
    }

    [Fact]
    public void The_process_that_logged_in_may_say_the_address_after_LOGIN()
    {
        Assert.Equal("192.0.2.7", AddressOf(4, Login(1, 4242, 4), User(2, "USER_START", 4242, "192.0.2.7", session: 4)));
    }

    [Fact]
    public void A_session_whose_LOGIN_was_not_seen_has_the_first_address_said()
    {
        Assert.Equal(
            "192.0.2.7",
            AddressOf(5, User(1, "USER_START", 10, "192.0.2.7", session: 5), User(2, "USER_LOGIN", 11, "198.51.100.77", session: 5)));
    }

    [Theory]
    [InlineData("type=SYSTEM_BOOT msg=audit(10.000:1): pid=400 uid=0 auid=4294967295 ses=4294967295 msg=' comm=\"systemd-update-utmp\" exe=\"/x\" hostname=? addr=? terminal=? res=success'")]
    [InlineData("type=KERNEL msg=audit(10.000:1): state=initialized audit_enabled=0 res=1")]
    public void A_boot_forgets_sessions_and_processes(string boot)
    {
        string[] before = [User(1, "USER_AUTH", 100, "1.2.3.4"), Login(2, 100, 5), User(3, "USER_AUTH", 200, "1.2.3.4")];

        Assert.Equal("1.2.3.4", AddressOf(5, before));
        Assert.Equal("", AddressOf(5, [.. before, boot]));
        Assert.Equal("", AddressOfProcess(200, [.. before, boot]));
    }

    [Fact]
    public void A_session_number_that_logs_in_again_is_another_session()
    {
        Assert.Equal("", AddressOf(5, User(1, "USER_AUTH", 100, "1.2.3.4"), Login(2, 100, 5), Login(3, 101, 5)));
    }

    [Fact]
    public void Failed_attempts_teach_nothing()
    {
        string failed = User(1, "USER_AUTH", 4242, "203.0.113.9", result: "failed");

        Assert.Equal("", AddressOf(44, failed, Login(2, 4242, 44)));
        Assert.Equal("", AddressOfProcess(4242, failed));
    }

    [Fact]
    public void A_process_is_forgotten_after_minutes()
    {
        string early = User(1000, "USER_AUTH", 4242, "203.0.113.9");

        Assert.Equal("203.0.113.9", AddressOf(44, early, Login(1000 + (4 * Minute), 4242, 44)));
        Assert.Equal("", AddressOf(44, early, Login(1000 + (6 * Minute), 4242, 44)));
        Assert.Equal("203.0.113.9", AddressOfProcess(4242, early, Login(1000 + (4 * Minute), 7, 1)));
        Assert.Equal("", AddressOfProcess(4242, early, Login(1000 + (6 * Minute), 7, 1)));
    }

    [Theory]
    [InlineData("USER_END")]
    [InlineData("CRED_DISP")]
    public void A_process_is_forgotten_when_it_ends_its_session(string type)
    {
        Assert.Equal("", AddressOf(44, User(1, "USER_AUTH", 4242, "203.0.113.9"), User(2, type, 4242, "203.0.113.9"), Login(3, 4242, 44)));
    }

    [Fact]
    public void A_process_is_joined_once()
    {
        string[] joined = [User(1, "USER_AUTH", 4242, "192.0.2.7"), Login(2, 4242, 4)];

        Assert.Equal("", AddressOfProcess(4242, joined));
        Assert.Equal("", AddressOf(6, [.. joined, Login(3, 4242, 6)]));
    }

    [Fact]
    public void Every_node_has_numbers_of_its_own()
    {
        string[] lines = ["node=A " + User(1, "USER_AUTH", 4242, "192.0.2.7"), "node=A " + Login(2, 4242, 44)];

        Assert.Equal("192.0.2.7", AddressOf(44, lines));
        Assert.Equal("", AddressOf(44, [.. lines, "node=B " + Login(3, 4242, 44)]));
        Assert.Equal("", AddressOf(44, [lines[0], "node=B " + Login(3, 4242, 44)]));
        Assert.Equal("192.0.2.7", AddressOf(44, [.. lines, "node=B " + Login(3, 4242, 44), "node=A " + Login(4, 9, 9)]));
    }

    [Fact]
    public void A_claim_from_within_moves_no_session()
    {
        string claim = User(3, "USER_LOGIN", 555, "198.51.100.77", session: 5);

        Assert.Equal("1.2.3.4", AddressOf(5, User(1, "USER_AUTH", 100, "1.2.3.4"), Login(2, 100, 5), claim));
        Assert.Equal("", AddressOf(5, Login(2, 100, 5), claim));
    }

    [Fact]
    public void Old_kernels_say_the_new_session_last()
    {
        string login = "type=LOGIN msg=audit(2.000:2): login pid=100 uid=0 old auid=0 new auid=500 old ses=5 new ses=6";
        string[] lines = [User(1, "USER_START", 99, "192.0.2.8", session: 5), User(1, "USER_AUTH", 100, "192.0.2.7"), login];

        Assert.Equal("192.0.2.7", AddressOf(6, lines));
        Assert.Equal("192.0.2.8", AddressOf(5, lines));
    }

    [Fact]
    public void Any_number_of_nodes_sessions_and_processes_is_taken()
    {
        var book = new SessionBook();
        foreach (int node in Enumerable.Range(0, 600))
            Learn(book, $"node=n{node} " + User(1, "USER_START", 1, "192.0.2.7", session: 1));
        for (int number = 1; number <= 5000; number++)
        {
            Learn(book, User(2, "USER_AUTH", number, "192.0.2.7"));
            Learn(book, User(2, "USER_START", number, "192.0.2.7", session: number));
        }

        Assert.Equal("192.0.2.7", Encoding.ASCII.GetString(book.AddressOf(5000)));
        Assert.Equal("192.0.2.7", Encoding.ASCII.GetString(book.AddressOfProcess(5000)));
        Assert.Equal("", Encoding.ASCII.GetString(book.AddressOf(1)));
    }

    static string AddressOf(uint session, params string[] lines) => Encoding.ASCII.GetString(Learnt(lines).AddressOf(session));

    static string AddressOfProcess(uint pid, params string[] lines) => Encoding.ASCII.GetString(Learnt(lines).AddressOfProcess(pid));

    static SessionBook Learnt(string[] lines)
    {
        var book = new SessionBook();
        foreach (string line in lines)
            Learn(book, line);
        return book;
    }

    static void Learn(SessionBook book, string line) => book.Learn(Assembled.One(line));

    static string User(int second, string type, int pid, string address, long session = uint.MaxValue, string result = "success") =>
        $"type={type} msg=audit({second}.000:{second}): pid={pid} uid=0 auid={(session == uint.MaxValue ? uint.MaxValue : 1000)} ses={session} "
        + $"msg='op=PAM:x acct=\"bob\" exe=\"/usr/sbin/sshd\" hostname={address} addr={address} terminal=ssh res={result}'";

    static string Login(int second, int pid, int session) =>
        $"type=LOGIN msg=audit({second}.000:{second}): pid={pid} uid=0 old-auid=4294967295 auid=1000 tty=tty1 old-ses=4294967295 ses={session} res=1";
}
