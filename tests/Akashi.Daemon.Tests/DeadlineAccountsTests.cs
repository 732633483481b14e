using Akashi.Host;

namespace Akashi.Daemon.Tests;

public class DeadlineAccountsTests
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    [Fact]
    public void An_answer_in_time_is_passed_on()
    {
        var accounts = new DeadlineAccounts(new Directory(), s_limit);

        Assert.Equal("user 7", accounts.FindUserName(7));
        Assert.Equal("group 8", accounts.FindGroupName(8));
        Assert.Equal(0, accounts.Late);
    }

    [Fact]
    public void A_directory_that_hangs_answers_none_and_holds_nobody_up_while_it_hangs()
    {
        var directory = new Directory();
        var accounts = new DeadlineAccounts(directory, TimeSpan.FromMilliseconds(50));
        directory.Hangs.Reset();

        Assert.Null(accounts.FindUserName(1));
        long began = Environment.TickCount64;
        for (uint uid = 0; uid < 1000; uid++)
            Assert.Null(accounts.FindUserName(uid));
        Assert.True(Environment.TickCount64 - began < s_limit.TotalMilliseconds);
        Assert.Equal(1001, accounts.Late);

        directory.Hangs.Set();
        Assert.True(SpinWait.SpinUntil(() => accounts.FindUserName(2) == "user 2", s_limit));
    }

    sealed class Directory : IAccounts
    {
        public ManualResetEventSlim Hangs { get; } = new(initialState: true);

        public string? FindUserName(uint uid)
        {
            Hangs.Wait();
            return $"user {uid}";
        }

        public string? FindGroupName(uint gid) => $"group {gid}";

        public bool TryFindUser(string name, out uint uid) => throw new NotSupportedException();

        public bool TryFindGroup(string name, out uint gid) => throw new NotSupportedException();
    }
}
