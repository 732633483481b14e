using Akashi.Recordings;

namespace Akashi.Tests.Recordings;

/// <summary>How many marks are looked at where there are many; what they are matched with is UnrecordedLoginsTests'.</summary>
public sealed class SessionMarksTests
{
    const int Count = 20_000;

    // A third in one session, a second after the other.
    static uint SessionOf(int index) => index % 3 == 0 ? 9 : 100 + (uint)index;

    [Fact]
    public void A_login_looks_at_its_own_alone()
    {
        SessionMarks<int> marks = Make(auid: 1000);
        for (int index = 0; index < Count; index++)
        {
            Assert.True(marks.TryTake("host", Login(index), out int known));
            Assert.Equal(index, known);
        }

        Assert.Empty(marks.Left);
        Assert.InRange(marks.Looks, Count, 3 * Count);
    }

    [Fact]
    public void A_login_that_has_none_looks_at_those_of_its_minute_alone()
    {
        SessionMarks<int> marks = Make(auid: 1001);
        for (int index = 0; index < Count; index++)
            Assert.False(marks.TryTake("host", Login(index), out _));

        Assert.Equal(Count, marks.Left.Count());
        Assert.InRange(marks.Looks, Count, 2 * UnrecordedLogins.BeginSeconds * Count);
    }

    static SessionMarks<int> Make(uint auid)
    {
        var marks = new SessionMarks<int>();
        for (int index = 0; index < Count; index++)
            marks.Add(index, ["host"], SessionOf(index), auid, index);
        return marks;
    }

    static UnrecordedLogin Login(int index) => new(index, 1000, SessionOf(index), "pts/0", "", "");
}
