using Akashi.Daemon.Disk;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Disk;

/// <summary>Programs of the test's own in the place of init and wall.</summary>
public sealed class MachineActionsTests : IDisposable
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(RunLevel.Halt, "init 0", "wall the audit daemon halts the machine")]
    [InlineData(RunLevel.SingleUser, "init 1", "wall the audit daemon changes the machine to single user mode")]
    public void A_run_level_is_asked_of_init_and_everybody_is_told(RunLevel level, params string[] expected)
    {
        using (var actions = new MachineActions(new LinuxHost(), "test", Script("init"), Script("wall")))
        {
            actions.ChangeRunLevel(level);
            Assert.True(SpinWait.SpinUntil(() => Lines().Length == 2, s_limit), string.Join('\n', Lines()));
        }

        Assert.Equal(expected, Lines().Order());
    }

    [Fact]
    public void Everybody_is_told_where_there_is_a_way()
    {
        using var actions = new MachineActions(new LinuxHost(), "test", Script("init"), Script("wall"));
        using var without = new MachineActions(new LinuxHost(), "test", Script("init"), _folder["none"]);

        without.Wall("nobody");
        actions.Wall("everybody");

        Assert.True(SpinWait.SpinUntil(() => Lines().Length == 1, s_limit));
        Assert.Equal(["wall everybody"], Lines());
    }

    string[] Lines() => File.Exists(_folder["asked"]) ? [.. File.ReadAllText(_folder["asked"]).Split('\n', StringSplitOptions.RemoveEmptyEntries)] : [];

    string Script(string name)
    {
        File.WriteAllText(_folder[name], $"#!/bin/sh\necho \"{name} $*\" >>{_folder["asked"]}\n");
        File.SetUnixFileMode(_folder[name], (UnixFileMode)0x1E8);
        return _folder[name];
    }
}
