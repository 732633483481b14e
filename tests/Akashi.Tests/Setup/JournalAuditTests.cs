using Akashi.Setup;

namespace Akashi.Tests.Setup;

// The values are journald.conf(5)'s; the comment in Debian 12's own file says what it was built with, as a booted one was seen to do.
public sealed class JournalAuditTests
{
    [Theory]
    [InlineData("[Journal]\n#Audit=no\n", true)]
    [InlineData("[Journal]\n#Audit=yes\n", false)]
    [InlineData("[Journal]\n#ReadKMsg=yes\n", false)]
    [InlineData("[Journal]\n#Audit=no\nAudit=\n", false)]
    [InlineData("[Journal]\n#Audit=no\nAudit=yes\n", false)]
    [InlineData("[Journal]\n#Audit=yes\n Audit = Off \n", true)]
    [InlineData("[Journal]\nAudit=no\nAudit=1\n", false)]
    public void The_last_value_holds_and_a_comment_says_the_default(string text, bool isSwitchedOff) =>
        Assert.Equal(isSwitchedOff, IsSwitchedOff((JournalAudit.ConfigurationPath, text)));

    [Fact]
    public void No_journal_switches_nothing_off() => Assert.False(IsSwitchedOff());

    [Fact]
    public void Drop_ins_are_read_by_name_and_the_one_in_etc_hides_its_namesake()
    {
        (string, string) main = (JournalAudit.ConfigurationPath, "#Audit=no\n");
        (string, string) shipped = ("/usr/lib/systemd/journald.conf.d/50-a.conf", "Audit=yes\n");

        Assert.False(IsSwitchedOff(main, shipped));
        Assert.True(IsSwitchedOff(main, shipped, ("/etc/systemd/journald.conf.d/50-a.conf", "Storage=auto\n")));
        Assert.True(IsSwitchedOff(main, shipped, ("/run/systemd/journald.conf.d/60-b.conf", "Audit=no\n")));
        Assert.False(IsSwitchedOff(main, shipped, ("/run/systemd/journald.conf.d/60-b.txt", "Audit=no\n")));
    }

    [Fact]
    public void The_drop_in_of_the_setup_leaves_audit_as_it_is() =>
        Assert.False(IsSwitchedOff((JournalAudit.ConfigurationPath, "Audit=no\n"), (JournalAudit.DropInPath, JournalAudit.DropInText)));

    static bool IsSwitchedOff(params (string Path, string Text)[] files) => JournalAudit.IsSwitchedOff(
        directory => files.Where(file => file.Path.StartsWith(directory + "/", StringComparison.Ordinal)).Select(file => file.Path[(directory.Length + 1)..]),
        path => files.FirstOrDefault(file => file.Path == path).Text);
}
