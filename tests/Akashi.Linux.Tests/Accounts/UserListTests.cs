using Akashi.Linux.Accounts;
using Akashi.Testing;

namespace Akashi.Linux.Tests.Accounts;

public class UserListTests
{
    [Theory]
    [InlineData("passwd: files\n", false, true)]
    [InlineData("# comment\npasswd:\tfiles systemd # sss\ngroup: files sss\n", false, true)]
    [InlineData("passwd: files systemd\n", true, false)]
    [InlineData("passwd: files sss\n", false, false)]
    [InlineData("passwd: compat\n", false, false)]
    [InlineData("passwd: files [NOTFOUND=return] ldap\n", false, false)]
    [InlineData("group: files\n", false, false)]
    [InlineData("", false, false)]
    public void Only_files_list_all_their_users(string text, bool hasUserdb, bool expected) =>
        Assert.Equal(expected, UserList.NamesFilesOnly(text, hasUserdb));

    [Fact]
    public void After_many_misses_the_answers_stay_what_the_library_says()
    {
        var accounts = new LinuxAccounts(TimeProvider.System);
        for (uint uid = 3_000_000; uid < 3_000_200; uid++)
            Assert.Null(accounts.FindUserName(uid));

        foreach (string[] columns in ProgramOutput.Of("getent", ["passwd"]).Split('\n').Select(line => line.Split(':')).DistinctBy(columns => columns[2]))
            Assert.Equal(columns[0], accounts.FindUserName(uint.Parse(columns[2])));
        Assert.NotNull(accounts.FindUserName(65534));
    }
}
