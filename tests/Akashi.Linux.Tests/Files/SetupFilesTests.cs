using System.Diagnostics;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Setup;
using Akashi.Testing;

namespace Akashi.Linux.Tests.Files;

/// <summary>The steps of a setup on real files.</summary>
public sealed class SetupFilesTests : IDisposable
{
    const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    readonly TemporaryFolder _folder = new();
    readonly SetupFiles _files = new("/");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_keeps_owner_and_mode_through_change_and_undo()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to give files away");
        Directory.CreateDirectory(_folder["etc/pam.d"]);
        File.WriteAllText(_folder["etc/pam.d/sshd"], "old\n");
        File.SetUnixFileMode(_folder["etc/pam.d/sshd"], Mode);
        Process.Start("/bin/chown", ["12:34", _folder["etc/pam.d/sshd"]]).WaitForExit();
        FileState before = _files.Look(_folder["etc/pam.d/sshd"]);
        Assert.Equal((12u, 34u, Mode), (before.Uid, before.Gid, before.Mode));

        var plan = new SetupPlan("commands");
        plan.Add(new FileChange("/etc/pam.d/sshd", before, before.WithBytes("new\n"u8.ToArray()), ""));
        plan.Add(new FileChange("/etc/made/deep/link", FileState.Missing, FileState.Link("/nowhere"), ""));
        plan.Add(new FileChange("/usr/tool", FileState.Missing, FileState.File("#!"u8.ToArray(), Mode | UnixFileMode.UserExecute), ""));
        plan.Add(new FileChange("/usr/name", FileState.Missing, FileState.File("#!"u8.ToArray(), Mode | UnixFileMode.UserExecute) with { OtherName = "/usr/tool" }, ""));
        var transaction = new SetupTransaction(_files, _folder.Path, "commands");
        transaction.Apply(plan, "c", "r");

        Assert.Equal(before.WithBytes("new\n"u8.ToArray()), _files.Look(_folder["etc/pam.d/sshd"]));
        Assert.Equal("/nowhere", _files.Look(_folder["etc/made/deep/link"]).Target);
        var linux = new LinuxFiles();
        Assert.True(linux.TryLook(_folder["usr/tool"], true, out FileStatus tool) & linux.TryLook(_folder["usr/name"], true, out FileStatus name));
        Assert.Equal(tool.Inode, name.Inode);
        Assert.Empty(transaction.EditedSince());

        transaction.Undo();
        Assert.Equal(before, _files.Look(_folder["etc/pam.d/sshd"]));
        Assert.False(Directory.Exists(_folder["etc/made"]));
        Assert.False(Directory.Exists(_folder["usr"]));
    }

    [Fact]
    public void A_kill_at_any_step_on_real_files_leaves_the_old_state_after_the_next_run()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to make files of root");
        File.WriteAllText(_folder["file"], "old\n");
        for (int killedAt = 0; ; killedAt++)
        {
            FileState before = _files.Look(_folder["file"]);
            var plan = new SetupPlan("files");
            plan.Add(new FileChange("/file", before, before.WithBytes("new\n"u8.ToArray()), ""));
            plan.Add(new FileChange("/made/file", FileState.Missing, FileState.File("made\n"u8.ToArray()), ""));
            var interrupted = new InterruptedFiles(_files, killedAt);
            bool isKilled = false;
            try
            {
                new SetupTransaction(interrupted, _folder.Path, "files").Apply(plan, "c", "r");
            }
            catch (InterruptedFiles.Killed)
            {
                isKilled = true;
            }

            Assert.Contains(File.ReadAllText(_folder["file"]), new[] { "old\n", "new\n" });
            var next = new SetupTransaction(_files, _folder.Path, "files");
            next.Recover();
            if (next.Standing is not null)
                next.Undo();
            Assert.Equal("old\n", File.ReadAllText(_folder["file"]));
            Assert.False(Directory.Exists(_folder["made"]), $"step {killedAt}");
            Assert.Empty(Directory.GetFiles(_folder.Path, ".*"));
            if (!isKilled)
                return;
            Assert.InRange(killedAt, 0, 100);
        }
    }

    [Fact]
    public void An_access_list_stays_with_its_file()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to make files of root");
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 isn't installed");
        File.WriteAllText(_folder["file"], "old\n");

        // acl(5) as the kernel keeps it: version 2, then tag, permissions and id; user 12 may read.
        const string Give = "import os,struct,sys; os.setxattr(sys.argv[1],'system.posix_acl_access',struct.pack('<I',2)"
            + "+b''.join(struct.pack('<HHI',*e) for e in [(1,6,2**32-1),(2,4,12),(4,4,2**32-1),(16,4,2**32-1),(32,0,2**32-1)]))";
        Process.Start("/usr/bin/python3", ["-c", Give, _folder["file"]]).WaitForExit();

        _files.WriteNew(_folder["new"], _files.Look(_folder["file"]).WithBytes("new\n"u8.ToArray()), like: _folder["file"]);
        const string Show = "import os,sys; print(*(os.getxattr(p,'system.posix_acl_access').hex() for p in sys.argv[1:]))";
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", Show, _folder["file"], _folder["new"]]) { RedirectStandardOutput = true };
        using Process shown = Process.Start(start)!;
        string[] lists = shown.StandardOutput.ReadToEnd().Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lists.Length);
        Assert.Equal(lists[0], lists[1]);
    }

    [Fact]
    public void What_is_no_file_is_refused_with_its_path()
    {
        Assert.Equal(FileStateKind.Missing, _files.Look(_folder["none"]).Kind);
        Assert.Equal(FileStateKind.Directory, _files.Look(_folder.Path).Kind);
        Assert.StartsWith("cannot change /dev/null: it is neither a file nor a link", Assert.Throws<TrailException>(() => _files.Look("/dev/null")).Message);
        File.WriteAllText(_folder["there"], "");
        Assert.Contains("File exists", Assert.Throws<TrailException>(() => _files.WriteNew(_folder["there"], FileState.File([]), null)).Message);
    }
}
