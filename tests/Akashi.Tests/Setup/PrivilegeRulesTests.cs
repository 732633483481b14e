using Akashi.Diagnostics;
using Akashi.Rules;
using Akashi.Setup;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Tests.Setup;

public sealed class PrivilegeRulesTests
{
    // What getfattr -e hex shows after setcap(8): cap_net_raw+ep, cap_setuid,cap_setgid+ep (of revision 3: rootid 100000), cap_checkpoint_restore+i, nothing.
    [Theory]
    [InlineData("0100000200200000000000000000000000000000", "cap_net_raw")]
    [InlineData("01000003C0000000000000000000000000000000A0860100", "cap_setgid,cap_setuid")]
    [InlineData("0000000200000000000000000000000000010000", "cap_checkpoint_restore")]
    [InlineData("0100000200000000000000000000000000000000", null)]
    [InlineData("010000010020000000000000", "cap_net_raw")]
    [InlineData("01000002", null)]
    [InlineData("", null)]
    public void Capabilities_of_a_file_have_names(string attribute, string? expected) =>
        Assert.Equal(expected, FileCapabilities.Names(Convert.FromHexString(attribute)));

    [Fact]
    public void File_systems_of_other_machines_and_those_that_give_no_rights_are_not_searched()
    {
        MountTable mounts = MountTable.Parse("""
            22 1 254:0 / / rw,nosuid,relatime - overlay overlay rw
            23 22 0:21 / /proc rw,relatime - proc proc rw
            24 22 8:1 / /home rw,relatime shared:1 - ext4 /dev/sda1 rw
            25 22 8:2 / /mnt/a\040b rw,nosuid,nodev - xfs /dev/sdb1 rw
            26 22 0:50 / /srv rw,relatime master:3 shared:9 - nfs4 host:/srv rw
            27 22 0:51 / /media/me rw,relatime - fuse.sshfs me@host:/ rw
            28 24 8:3 / /home rw,nosuid - ext4 /dev/sda3 rw
            29 22 0:52 / /dev/shm rw,nodev - tmpfs tmpfs rw
            garbage - x
            """);

        Assert.Equal(
            ["/", "/dev/shm", "/usr"],
            new[] { "/", "/dev/shm", "/home", "/media/me", "/mnt/a b", "/proc", "/srv", "/usr" }.Where(mounts.IsSearched));
    }

    [Fact]
    public void What_the_next_boot_takes_away_is_known_by_place_and_by_file_system()
    {
        MountTable mounts = MountTable.Parse("""
            22 1 254:0 / / rw - tmpfs rootfs rw
            23 22 8:1 / /var rw - ext4 /dev/sda1 rw
            24 22 0:50 / /scratch rw - tmpfs tmpfs rw
            25 24 8:2 / /scratch/disk rw - ext4 /dev/sdb1 rw
            """);

        Assert.Equal(
            ["/tmp", "/var/tmp", "/run", "/dev", "/scratch", null, null, null, null, null],
            new[]
            {
                "/tmp/a/su", "/var/tmp/su", "/run/user/1000/su", "/dev/shm/su", "/scratch/a/b/su",
                "/scratch/disk/su", "/usr/bin/su", "/tmpx/su", "/var/lib/su", "/tmp",
            }.Select(mounts.FindVolatile));
    }

    [Fact]
    public void The_file_is_clean_and_loads_beside_the_preset()
    {
        string text = PrivilegeRules.Write([new PrivilegedProgram("/usr/bin/su", "runs as root (set-user-id)"), new PrivilegedProgram("/usr/bin/ping", "gets cap_net_raw")], Machine.X86_64);
        var set = new RuleSet();
        var context = new RuleContext(Machine.X86_64, new ScriptedHost(), _ => Akashi.Host.FileKind.Regular);
        set.Add(System.Text.Encoding.UTF8.GetBytes(text), "made", context);
        Assert.Empty(set.Diagnostics.All);
        Assert.Empty(new RuleCheck(Machine.X86_64, _ => Akashi.Host.FileKind.Regular, _ => null).Check(set).All);

        // The kernel, and auditctl -R with it, refuses a rule that is there already.
        set.Add(File.ReadAllBytes(RepositoryFiles.PathOf("packaging", "rules.d", "33-privilege.rules")), "preset", context);
        var diagnostics = new DiagnosticBag();
        RuleTarget.Of([], set, diagnostics);
        Assert.Empty(diagnostics.All);
    }
}
