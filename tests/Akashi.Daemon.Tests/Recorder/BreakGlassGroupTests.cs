using Akashi.Daemon.Recorder;
using Akashi.Host;

namespace Akashi.Daemon.Tests.Recorder;

public class BreakGlassGroupTests
{
    readonly DirectoryServer _server = new();

    // A directory server that isn't there yet when the machine starts.
    [Fact]
    public void A_group_that_was_not_found_is_asked_for_again()
    {
        var group = new BreakGlassGroup(_server);
        group.Ask("rescue");
        WaitFor(() => _server.AnsweredCount == 1);
        Assert.Null(group.Find("rescue"));

        _server.Gids["rescue"] = 70;
        WaitFor(() =>
        {
            group.Ask("rescue");
            return group.Find("rescue") == 70u;
        });

        // Known: not asked for once more.
        int count = _server.AskedCount;
        group.Ask("rescue");
        Assert.Equal(count, _server.AskedCount);
    }

    [Fact]
    public void A_late_answer_for_the_group_of_before_is_none_for_the_one_of_now()
    {
        using var hang = new ManualResetEventSlim();
        (_server.Gids["old"], _server.Gids["new"]) = (1, 2);
        _server.Hangs["old"] = hang;
        var group = new BreakGlassGroup(_server);
        group.Ask("old");
        WaitFor(() => _server.AskedCount == 1);

        group.Ask("new");
        WaitFor(() => group.Find("new") == 2u);
        hang.Set();
        WaitFor(() => _server.AnsweredCount == 2);

        Assert.Null(group.Find("old"));
        Assert.Equal(2u, group.Find("new"));
    }

    static void WaitFor(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(20)));

    sealed class DirectoryServer : IAccounts
    {
        int _askedCount, _answeredCount;

        public System.Collections.Concurrent.ConcurrentDictionary<string, uint> Gids { get; } = [];

        public Dictionary<string, ManualResetEventSlim> Hangs { get; } = [];

        public int AskedCount => Volatile.Read(ref _askedCount);

        public int AnsweredCount => Volatile.Read(ref _answeredCount);

        public string? FindUserName(uint uid) => null;

        public string? FindGroupName(uint gid) => null;

        public bool TryFindUser(string name, out uint uid)
        {
            uid = 0;
            return false;
        }

        public bool TryFindGroup(string name, out uint gid)
        {
            Interlocked.Increment(ref _askedCount);
            if (Hangs.TryGetValue(name, out ManualResetEventSlim? hang))
                hang.Wait(TimeSpan.FromSeconds(20));
            bool isFound = Gids.TryGetValue(name, out gid);
            Interlocked.Increment(ref _answeredCount);
            return isFound;
        }

        public void Forget() { }
    }
}
