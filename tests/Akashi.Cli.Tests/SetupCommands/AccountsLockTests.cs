using Akashi.Cli.SetupCommands;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.SetupCommands;

public sealed class AccountsLockTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // lckpwdf(3) makes it 0600: who may read it may lock it for reading, and no account is changed as long as that is held.
    [Fact]
    public void A_lock_that_was_missing_is_made_for_its_owner_alone()
    {
        AccountsLock.Take(_folder["lock"]).Dispose();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["lock"]));
    }

    [Fact]
    public void One_that_cannot_be_made_is_a_fault_in_words()
    {
        var fault = Assert.Throws<AuditException>(() => AccountsLock.Take(_folder["none/lock"]));

        Assert.Equal($"cannot lock {_folder["none/lock"]}: No such file or directory", fault.Message);
    }
}
