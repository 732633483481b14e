using Akashi.Daemon.Recorder;

namespace Akashi.Daemon.Tests.Recorder;

public class CallerRoomTests
{
    [Fact]
    public void Where_there_is_room_nobody_goes()
    {
        Assert.True(CallerRoom.TryFind(1000, Of(1000, 7), [1001], out int leaving));
        Assert.Equal(-1, leaving);
    }

    [Fact]
    public void The_oldest_of_a_user_who_has_many_makes_room()
    {
        Assert.True(CallerRoom.TryFind(1000, [1001, 0, .. Of(1000, 5)], Of(1000, 3), out int leaving));
        Assert.Equal(2, leaving);
    }

    [Fact]
    public void Claims_stay() => Assert.False(CallerRoom.TryFind(1000, Of(1001, 8), Of(1000, 8), out _));

    [Fact]
    public void Root_has_no_limit_of_its_own()
    {
        Assert.True(CallerRoom.TryFind(0, Of(0, 100), Of(0, 100), out int leaving));
        Assert.Equal(-1, leaving);
    }

    [Fact]
    public void Where_all_have_too_many_the_user_with_most_makes_room()
    {
        // Root's hundred are more, and stay.
        List<uint> silent = [.. Of(0, 100), .. Enumerable.Range(2000, 148).Select(uid => (uint)uid), .. Of(1001, 3), .. Of(1002, 5)];

        Assert.True(CallerRoom.TryFind(1000, silent, [], out int leaving));
        Assert.Equal(251, leaving);
        Assert.True(CallerRoom.TryFind(0, silent, [], out leaving));
        Assert.Equal(251, leaving);
    }

    [Fact]
    public void Where_nobody_can_go_the_new_one_is_turned_away()
    {
        Assert.False(CallerRoom.TryFind(1000, Of(0, 200), Of(1001, 56), out int leaving));
        Assert.Equal(-1, leaving);
    }

    static List<uint> Of(uint uid, int count) => [.. Enumerable.Repeat(uid, count)];
}
