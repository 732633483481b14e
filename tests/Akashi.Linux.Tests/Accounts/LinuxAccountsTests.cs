using Akashi.Linux.Accounts;
using Akashi.Testing;

namespace Akashi.Linux.Tests.Accounts;

public class LinuxAccountsTests
{
    readonly LinuxAccounts _accounts = new(TimeProvider.System);

    [Fact]
    public void Every_user_that_getent_lists_is_found_both_ways()
    {
        string[] lines = ProgramOutput.Of("getent", ["passwd"]).Split('\n');
        Assert.NotEmpty(lines);
        foreach (string[] columns in lines.Select(line => line.Split(':')).DistinctBy(columns => columns[2]))
        {
            Assert.Equal(columns[0], _accounts.FindUserName(uint.Parse(columns[2])));
            Assert.True(_accounts.TryFindUser(columns[0], out uint uid));
            Assert.Equal(uint.Parse(columns[2]), uid);
        }
    }

    [Fact]
    public void Every_group_that_getent_lists_is_found_both_ways()
    {
        string[] lines = ProgramOutput.Of("getent", ["group"]).Split('\n');
        Assert.NotEmpty(lines);
        foreach (string[] columns in lines.Select(line => line.Split(':')).DistinctBy(columns => columns[2]))
        {
            Assert.Equal(columns[0], _accounts.FindGroupName(uint.Parse(columns[2])));
            Assert.True(_accounts.TryFindGroup(columns[0], out uint gid));
            Assert.Equal(uint.Parse(columns[2]), gid);
        }
    }

    [Fact]
    public void Unknown_numbers_and_names_are_not_found()
    {
        Assert.Null(_accounts.FindUserName(3_999_999_999));
        Assert.Null(_accounts.FindGroupName(3_999_999_999));
        Assert.False(_accounts.TryFindUser("no such user", out uint uid));
        Assert.Equal(0u, uid);
        Assert.False(_accounts.TryFindGroup("", out uint gid));
        Assert.Equal(0u, gid);
    }

    [Fact]
    public void Known_names_allocate_nothing()
    {
        _accounts.FindUserName(0);
        _accounts.FindUserName(3_999_999_999);
        Allocation.IsZero(() =>
        {
            for (int round = 0; round < 10_000; round++)
            {
                _accounts.FindUserName(0);
                _accounts.FindUserName(3_999_999_999);
            }
        });
    }
}
