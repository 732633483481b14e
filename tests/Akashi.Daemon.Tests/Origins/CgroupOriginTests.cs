using System.Text;
using Akashi.Daemon.Origins;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Origins;

// The paths are those that the engines' documentation shows, and systemd's of its own (systemd.slice(5), org.freedesktop.systemd1(5)).
public class CgroupOriginTests
{
    const string Id = "4e1fab3c9d2e7f60815243a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f80";

    [Theory]
    [InlineData("/system.slice/cron.service", "cron.service", "")]
    [InlineData("/user.slice/user-1000.slice/session-3.scope", "session-3.scope", "")]
    [InlineData("/user.slice/user-1000.slice/user@1000.service/app.slice/vte-spawn-1.scope", "user@1000.service", "")]
    [InlineData("/system.slice/system-getty.slice/getty@tty1.service", "getty@tty1.service", "")]
    [InlineData("/init.scope", "init.scope", "")]
    [InlineData("/", "", "")]
    [InlineData("/system.slice/docker-" + Id + ".scope", "", "docker:" + Id)]
    [InlineData("/docker/" + Id, "", "docker:" + Id)]
    [InlineData("/docker/" + Id + "/init.scope", "", "docker:" + Id)]
    [InlineData("/machine.slice/libpod-" + Id + ".scope/container", "", "podman:" + Id)]
    [InlineData("/libpod_parent/libpod-" + Id, "", "podman:" + Id)]
    [InlineData("/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-" + Id + ".scope/container", "user@1000.service", "podman:" + Id)]
    [InlineData("/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod1.slice/cri-containerd-" + Id + ".scope", "", "containerd:" + Id)]
    [InlineData("/kubepods.slice/kubepods-pod1.slice/crio-" + Id + ".scope", "", "cri-o:" + Id)]
    [InlineData("/kubepods/burstable/pod12-34/" + Id, "", "kubepods:" + Id)]
    [InlineData("/system.slice/nerdctl-" + Id + ".scope", "", "containerd:" + Id)]
    [InlineData("/lxc/web/init.scope", "", "lxc:web")]
    [InlineData("/lxc.payload.web/system.slice/cron.service", "", "lxc:web")]
    [InlineData("/lxc.payload/web", "", "lxc:web")]
    [InlineData("/lxc.monitor.web", "", "")]
    [InlineData("/system.slice/docker-4e1f.scope", "docker-4e1f.scope", "")]
    [InlineData("/system.slice/docker.service", "docker.service", "")]
    public void Paths_tell_unit_and_container(string path, string unit, string container)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(path);

        string engineAndId = Container(bytes);

        Assert.Equal(unit, Encoding.ASCII.GetString(CgroupOrigin.UnitOf(bytes)));
        Assert.Equal(container, engineAndId);
    }

    [Theory]
    [InlineData("0::/system.slice/a.service\n", "/system.slice/a.service")]
    [InlineData("12:pids:/x\n1:name=systemd:/system.slice/a.service\n0::/\n", "/system.slice/a.service")]
    [InlineData("1:name=systemd:/old\n0::/new\n", "/new")]
    [InlineData("0::/\n", "")]
    [InlineData("0::/cut.service", "")]
    [InlineData("x:name=systemd:/forged\n", "")]
    [InlineData("", "")]
    public void The_path_of_systemds_hierarchy_is_asked(string text, string path) =>
        Assert.Equal(path, Encoding.ASCII.GetString(CgroupOrigin.PathOf(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void Any_bytes_are_parsed_without_a_fault_and_nothing_is_made_up() => Seeded.Repeat(20_000, random =>
    {
        string[] pieces = ["/", "0::", "\n", "docker-", Id, ".scope", ".slice", ".service", "lxc", "lxc.payload.", "kubepods", "libpod-", "\0", "é", ":name=systemd:", "1"];
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)])));

        ReadOnlySpan<byte> path = CgroupOrigin.PathOf(text);
        ReadOnlySpan<byte> unit = CgroupOrigin.UnitOf(path);
        ReadOnlySpan<byte> container = CgroupOrigin.ContainerOf(path, out _);

        Assert.True(unit.IsEmpty || path.IndexOf(unit) >= 0);
        Assert.True(container.IsEmpty || path.IndexOf(container) >= 0);
        Assert.True(container.IndexOf((byte)'/') < 0 && unit.IndexOf((byte)'/') < 0);
    });

    static string Container(byte[] path)
    {
        ReadOnlySpan<byte> id = CgroupOrigin.ContainerOf(path, out ReadOnlySpan<byte> engine);
        return id.IsEmpty ? "" : $"{Encoding.ASCII.GetString(engine)}:{Encoding.ASCII.GetString(id)}";
    }
}
