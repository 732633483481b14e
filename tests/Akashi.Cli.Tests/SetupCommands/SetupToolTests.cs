using System.Diagnostics;
using System.Text;
using Akashi.Cli.SetupCommands;
using Akashi.Host;
using Akashi.Setup;
using Akashi.Testing;

namespace Akashi.Cli.Tests.SetupCommands;

/// <summary>Setups of an image below a directory; what the kernel does with them is in the live tests.</summary>
public sealed class SetupToolTests : IDisposable
{
    const string Eve = "4242";

    readonly TemporaryFolder _root = new();
    readonly ToolRun _setup = new("setup", SetupTool.Tool.Run);

    public SetupToolTests()
    {
        Write("etc/passwd", "root:x:0:0::/root:/bin/sh\nshota:x:1000:1000::/home/shota:/bin/bash\n");
        Write("etc/pam.d/sshd", "session required pam_loginuid.so\nsession optional pam_motd.so\n");
        Write("lib/security/pam_tty_audit.so", "");
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Commands_of_named_people_are_rules_by_auid()
    {
        RequireRoot();
        Assert.Equal(0, Run("commands", "--users", "shota,root", "--yes"));

        Assert.Equal(
            """
            ## Every program that these people start, with its arguments: found by auid, whoever they become by su or sudo.
            ## Made by akashi setup commands --users shota,root: run that again instead of
            ## editing this file. akashi setup commands --undo takes it away.

            ## shota, uid 1000
            -a always,exit -F arch=b64 -S execve,execveat -F auid=1000 -F key=shota_command
            -a always,exit -F arch=b32 -S execve,execveat -F auid=1000 -F key=shota_command

            ## root, uid 0
            -a always,exit -F arch=b64 -S execve,execveat -F auid=0 -F key=root_command
            -a always,exit -F arch=b32 -S execve,execveat -F auid=0 -F key=root_command

            """, Read("etc/audit/rules.d/70-akashi-commands.rules"));
        Assert.Contains("akashi setup: note: nothing loads the rules when the machine boots", _setup.Error);
        Assert.Contains($"hint: akashi setup service --root {_root.Path}\n", _setup.Error);
        Assert.Contains(_root.Path + " is no running machine: nothing is loaded, started or verified\n", _setup.Output);
        Assert.Equal(0, Run("commands", "--users", "shota,root", "--yes"));
        Assert.StartsWith("nothing to change", _setup.Output);
    }

    [Fact]
    public void A_word_too_many_is_no_option()
    {
        Assert.Equal(2, Run("privilege", "foo"));
        Assert.StartsWith("akashi setup privilege: unexpected word 'foo': it takes options only\nhint: ", _setup.Error);
        Assert.Equal(2, Run("commands"));
        Assert.Contains($"hint: akashi setup commands --root {_root.Path} --users NAME,NAME\n", _setup.Error);
        Assert.Equal(" --root '/srv/an image'", SetupOptions.RootOptionOf("/srv/an image"));
    }

    [Fact]
    public void Keystrokes_are_shown_with_their_dangers_and_taken_back_whole()
    {
        RequireRoot();
        string before = Read("etc/pam.d/sshd");
        string[] files = Snapshot();

        Assert.Equal(0, Run("commands", "--users", "shota", "--tty", "--strict", "--yes"));
        Assert.Contains("+session required pam_tty_audit.so disable=* enable=shota\n", _setup.Output);
        Assert.Contains("there is no /etc/pam.d/login", _setup.Error);
        Assert.Contains("as long as log_passwd isn't set", _setup.Error);
        Assert.Contains("nobody can log in through these services", _setup.Error);
        Assert.Contains("session required pam_tty_audit.so disable=* enable=shota\nsession optional pam_motd.so\n", Read("etc/pam.d/sshd"));

        Assert.Equal(0, Run("commands", "--users", "shota", "--yes"));
        Assert.Contains("note: keystrokes of shota stay recorded: the line in /etc/pam.d/sshd is of an earlier run with --tty", _setup.Error);

        Assert.Equal(0, Run("commands", "--undo", "--yes"));
        Assert.Equal(before, Read("etc/pam.d/sshd"));
        Assert.Equal(files, Snapshot());
        Assert.Equal(1, Run("commands", "--undo", "--yes"));
        Assert.Equal("akashi setup: nothing of 'akashi setup commands' is there to undo\n", _setup.Error);
    }

    [Fact]
    public void A_dry_run_and_a_run_that_nobody_agreed_to_change_nothing()
    {
        string[] before = Snapshot();

        Assert.Equal(0, Run("commands", "--users", "shota", "--dry-run"));
        Assert.Contains("+++ /etc/audit/rules.d/70-akashi-commands.rules\n", _setup.Output);
        Assert.Equal(3, Run("commands", "--users", "shota"));
        Assert.EndsWith("akashi setup: nobody is there to ask: standard input is no terminal\nhint: --yes does it without asking, --dry-run only shows it\n", _setup.Error);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void A_file_edited_since_is_not_taken_back_unless_forced()
    {
        RequireRoot();
        string before = Read("etc/pam.d/sshd");
        Run("commands", "--users", "shota", "--tty", "--yes");
        Write("etc/pam.d/sshd", "session required pam_loginuid.so\nsession required pam_mine.so\n");

        Assert.Equal(1, Run("commands", "--undo", "--yes"));
        Assert.Contains("edited since: /etc/pam.d/sshd\nhint: edit by hand, or --undo --force", _setup.Error);
        Assert.True(File.Exists(_root["etc/audit/rules.d/70-akashi-commands.rules"]));
        Assert.Equal(0, Run("commands", "--undo", "--force", "--yes"));
        Assert.Equal(before, Read("etc/pam.d/sshd"));
    }

    [Theory]
    [InlineData("--users", "shota,nobody-here", "there is no user 'nobody-here'")]
    [InlineData("--users", "a*b", "'a*b': blanks, commas, patterns and quotes can't stand in a rule and a PAM line")]
    public void Who_can_not_be_recorded_is_said(string option, string value, string text)
    {
        Assert.Equal(1, Run("commands", option, value));
        Assert.Contains(text, _setup.Error);
    }

    [Fact]
    public void A_service_without_login_user_is_refused()
    {
        Write("etc/pam.d/sshd", "session optional pam_motd.so\n");

        Assert.Equal(1, Run("commands", "--users", "shota", "--tty", "--yes"));
        Assert.Contains("/etc/pam.d/sshd doesn't call pam_loginuid.so: records of its sessions would name nobody\n", _setup.Error);
        File.Delete(_root["lib/security/pam_tty_audit.so"]);
        Assert.Equal(1, Run("commands", "--users", "shota", "--tty", "--yes"));
        Assert.Contains("pam_tty_audit.so is not on this machine\nhint: install libpam-modules", _setup.Error);
    }

    [Fact]
    public void Files_are_added_to_those_of_earlier_runs_with_links_resolved()
    {
        RequireRoot();
        Directory.CreateDirectory(_root["etc/security"]);
        Directory.CreateDirectory(_root["srv/real"]);
        File.CreateSymbolicLink(_root["srv/link"], "/srv/real");

        Assert.Equal(0, Run("files", "/etc/passwd", "--yes"));
        Assert.Equal(0, Run("files", "--permissions", "rwxa", "-k", "seen", "--yes", "/srv/link", "/etc/passwd2"));
        Assert.Contains("note: /srv/link leads to /srv/real: that is watched", _setup.Error);
        Assert.Contains("note: /etc/passwd2 isn't there yet", _setup.Error);
        Assert.Equal(
            ["path=/etc/passwd -F perm=wa -F key=files", "dir=/srv/real -F perm=rwxa -F key=seen", "path=/etc/passwd2 -F perm=rwxa -F key=seen"],
            Read("etc/audit/rules.d/60-akashi-files.rules").Split('\n').Where(line => line.Contains("arch=b64")).Select(line => line[30..]));
        Assert.Equal(0, Run("files", "/etc/passwd", "--yes"));
        Assert.StartsWith("nothing to change", _setup.Output);
        Assert.Equal(0, Run("files", "--undo", "--yes"));
        Assert.False(File.Exists(_root["etc/audit/rules.d/60-akashi-files.rules"]));
    }

    [Theory]
    [InlineData("/", "'/': a watch of / would record nearly everything")]
    [InlineData("/none/at/all", "'/none/at/all': its directory isn't there either")]
    [InlineData("/etc/a b", "'/etc/a b': blanks and control characters can't stand in a rule")]
    public void Paths_that_can_not_be_watched_are_refused(string path, string text)
    {
        Assert.Equal(1, Run("files", "--yes", path));
        Assert.Contains(text, _setup.Error);
    }

    [Fact]
    public void A_forged_journal_of_an_image_writes_nothing_outside_of_it_and_nothing_unasked()
    {
        RequireRoot();
        const string Place = "var/lib/akashi/setup/files/", Rules = "/etc/audit/rules.d/60-akashi-files.rules";
        FileState evil = FileState.File("evil\n"u8.ToArray());
        Directory.CreateDirectory(_root["etc/audit/rules.d"]);
        Write(Place + "before-1", "evil\n");
        Forge($"/../{Path.GetFileName(_root.Path)}-evil");
        Assert.Contains("pending: it is no journal", Assert.Throws<AuditException>(() => Run("files", "/etc/passwd", "--yes")).Message);
        Assert.False(File.Exists(_root.Path + "-evil"));
        Forge("/etc/shadow");
        Assert.Contains("never changes /etc/shadow", Assert.Throws<AuditException>(() => Run("files", "/etc/passwd", "--yes")).Message);
        Assert.False(File.Exists(_root["etc/shadow"]));

        Forge(Rules);
        Assert.Equal(3, Run("files", "/etc/passwd"));
        Assert.Contains("+evil\n", _setup.Output);
        Assert.False(File.Exists(_root[Rules[1..]]));
        Assert.Equal(0, Run("files", "/etc/passwd", "--yes"));
        Assert.Contains("was interrupted in", _setup.Error);
        Assert.StartsWith("evil\n", Read(Rules[1..]));

        void Forge(string path) => Write(Place + "pending", Encoding.UTF8.GetString(
            new SetupJournal("1", "x", [new JournalEntry(path, StateMark.Of(evil), "before-1", new StateMark("missing"))]).ToBytes()));
    }

    [Fact]
    public void Links_of_an_image_lead_no_setup_out_of_it()
    {
        RequireRoot();
        using var outside = new TemporaryFolder();
        Directory.CreateDirectory(_root["etc/audit"]);
        File.CreateSymbolicLink(_root["etc/audit/rules.d"], outside.Path);
        Assert.Throws<TrailException>(() => Run("files", "/etc/passwd", "--yes"));
        Assert.Throws<TrailException>(() => Run("service", "--yes"));
        File.Delete(_root["etc/audit/rules.d"]);
        Directory.Delete(_root["var"], recursive: true);
        Directory.CreateDirectory(_root["var"]);
        File.CreateSymbolicLink(_root["var/lib"], $"../../../../..{outside.Path}");
        Assert.Throws<TrailException>(() => Run("files", "/etc/passwd", "--yes"));
        Assert.Empty(Directory.GetFileSystemEntries(outside.Path));
    }

    [Theory]
    [InlineData("4294967295")]
    [InlineData("-1")]
    [InlineData("+7")]
    [InlineData(" 7")]
    [InlineData("4294967296")]
    public void An_account_of_an_image_without_a_number_is_none(string uid)
    {
        Write("etc/passwd", $"shota:x:{uid}:1000::/home/shota:/bin/bash\n");
        Assert.Equal(1, Run("commands", "--users", "shota", "--yes"));
        Assert.Contains("there is no user 'shota'", _setup.Error);
    }

    [Fact]
    public void Names_that_no_file_can_have_are_refused()
    {
        Assert.Equal(1, Run("files", "--yes", "/etc/a\uFFFDb"));
        Assert.Contains("it isn't UTF-8", _setup.Error);
        Assert.Equal(1, Run("files", "--yes", "/etc/" + new string('é', 128)));
        Assert.Contains("a name in a path has at most 255 bytes", _setup.Error);
        Assert.Equal(1, Run("files", "--yes", string.Concat(Enumerable.Repeat("/etc/..", 586))));
        Assert.Contains("a path has at most 4095 bytes", _setup.Error);
        Assert.Equal(0, Run("files", "--dry-run", "/etc/" + new string('a', 255)));
    }

    [Fact]
    public void Software_is_what_the_machine_has_with_links_resolved()
    {
        RequireRoot();
        Write("usr/bin/dnf-3", "#!/usr/bin/python3");
        Directory.CreateDirectory(_root["bin"]);
        File.CreateSymbolicLink(_root["usr/bin/dnf"], "dnf-3");
        File.CreateSymbolicLink(_root["usr/bin/yum"], "/usr/bin/dnf");
        Write("usr/bin/busybox", "");
        File.CreateSymbolicLink(_root["usr/bin/rpm"], "busybox");
        Directory.CreateDirectory(_root["usr/lib/python3.9/site-packages"]);
        Write("var/lib/rpm/rpmdb.sqlite", "");

        Assert.Equal(0, Run("software", "--yes"));
        string rules = Read("etc/audit/rules.d/44-akashi-software.rules");
        Assert.Equal(
            ["path=/usr/bin/dnf-3 -F perm=x", "dir=/var/lib/rpm -F perm=wa", "dir=/usr/lib/python3.9/site-packages -F perm=wa"],
            rules.Split('\n').Where(line => line.Contains("arch=b64")).Select(line => line[30..^" -F key=software".Length]));
        Assert.Contains("## /usr/bin/dnf, /usr/bin/yum\n", rules);
        Assert.Contains("/usr/bin/rpm is /usr/bin/busybox, which is many commands in one", _setup.Error);
    }

    [Fact]
    public void Software_of_people_is_found_in_their_directories_and_links_out_of_them_are_not_followed()
    {
        RequireRoot();
        Write("home/ken/.cargo/bin/rustup", "");
        File.CreateSymbolicLink(_root["home/ken/.cargo/bin/cargo"], "rustup");
        Directory.CreateDirectory(_root["home/ken/.local/lib"]);
        Directory.CreateDirectory(_root["home/eve/.local"]);
        Directory.CreateDirectory(_root["home/eve/.cargo/bin"]);
        Write("usr/bin/ls", "");
        File.CreateSymbolicLink(_root["home/eve/.local/lib"], "/usr");
        File.CreateSymbolicLink(_root["home/eve/.cargo/bin/cargo"], "/usr/bin/ls");

        Assert.Equal(0, Run("software", "--yes"));
        Assert.Equal(
            ["path=/home/ken/.cargo/bin/rustup -F perm=x", "dir=/home/ken/.local/lib -F perm=wa", "dir=/home/eve/.cargo/bin -F perm=wa", "dir=/home/ken/.cargo/bin -F perm=wa"],
            Read("etc/audit/rules.d/44-akashi-software.rules").Split('\n').Where(line => line.Contains("arch=b64")).Select(line => line[30..^" -F key=software".Length]));
    }

    [Fact]
    public void Privilege_is_what_programs_of_the_machine_give_and_no_rule_is_made_for_those_of_other_systems()
    {
        RequireRoot();
        string[] before = Snapshot();
        Assert.Equal(1, Run("privilege", "--yes"));
        Assert.Contains("no program that gives rights is found on this machine", _setup.Error);

        Write("usr/bin/su", "");
        File.SetUnixFileMode(_root["usr/bin/su"], (UnixFileMode)0b100_111_101_101);
        Write("var/lib/docker/overlay2/a/diff/bin/su", "");
        File.SetUnixFileMode(_root["var/lib/docker/overlay2/a/diff/bin/su"], (UnixFileMode)0b100_111_101_101);
        Write("opt/a b/wall", "");
        File.SetUnixFileMode(_root["opt/a b/wall"], (UnixFileMode)0b010_111_101_101);
        foreach (string gone in new[] { "tmp/attacker/x/sh", "var/tmp/sh", "run/a/sh" })
        {
            Write(gone, "");
            File.SetUnixFileMode(_root[gone], (UnixFileMode)0b100_111_101_101);
        }

        Write("opt/wall", "");
        File.SetUnixFileMode(_root["opt/wall"], (UnixFileMode)0b010_111_101_101);

        Assert.Equal(0, Run("privilege", "--yes"));
        Assert.Equal(
            """
            ## Programs that give people more rights than they have: set-user-id, set-group-id and file capabilities, as found on this machine.
            ## Made by akashi setup privilege: run it again when programs were added. akashi setup privilege --undo takes it away.
            ## A rule whose directory is gone is refused: with -c the rules behind it are loaded all the same, and the exit code tells.
            -c

            ## /opt/wall runs with the group root (set-group-id)
            -a always,exit -F arch=b64 -F path=/opt/wall -F perm=x -F auid>=1000 -F auid!=unset -F key=privileged
            -a always,exit -F arch=b32 -F path=/opt/wall -F perm=x -F auid>=1000 -F auid!=unset -F key=privileged

            ## /usr/bin/su runs as root (set-user-id)
            -a always,exit -F arch=b64 -F path=/usr/bin/su -F perm=x -F auid>=1000 -F auid!=unset -F key=privileged
            -a always,exit -F arch=b32 -F path=/usr/bin/su -F perm=x -F auid>=1000 -F auid!=unset -F key=privileged

            """, Read("etc/audit/rules.d/43-akashi-privilege.rules"));
        Assert.Contains("note: '/opt/a b/wall' runs with the group root (set-group-id), and gets no rule: blanks and control characters can't stand in a rule", _setup.Error);

        Assert.Contains("warning: 3 programs stand where the next boot leaves nothing (/tmp, /run, file systems in memory), and get no rule: "
            + "'/run/a/sh' runs as root (set-user-id); '/tmp/attacker/x/sh' runs as root (set-user-id); '/var/tmp/sh' runs as root (set-user-id)\n", _setup.Error);

        foreach (string gone in new[] { "tmp", "var/tmp", "run" })
            Directory.Delete(_root[gone], recursive: true);
        File.Delete(_root["usr/bin/su"]);
        Directory.Delete(_root["usr"], recursive: true);
        Directory.Delete(_root["opt"], recursive: true);
        Assert.Equal(0, Run("privilege", "--undo", "--yes"));
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void The_service_covers_a_packages_auditd_only_when_asked_to_and_brings_it_back()
    {
        RequireRoot();
        Write("usr/lib/systemd/system/auditd.service", "[Service]\n");
        File.CreateSymbolicLink(_root["lib/systemd"], "/usr/lib/systemd");
        Directory.CreateDirectory(_root["etc/systemd/system"]);
        File.CreateSymbolicLink(_root["etc/systemd/system/auditd.service"], "/dev/null");
        Write("etc/audit/auditd.conf", "# mine\n");
        Write("etc/sudoers", "Defaults secure_path=\"/usr/sbin:/usr/bin\"\n");
        Write("etc/systemd/journald.conf", "[Journal]\n#Audit=no\n");
        string[] before = Snapshot();

        Assert.Equal(1, Run("service", "--yes"));
        Assert.Contains("another auditd is installed (/lib/systemd/system/auditd.service)\nhint: --replace-auditd lets ours take its place", _setup.Error);
        Assert.Equal(before, Snapshot());

        Assert.Equal(0, Run("service", "--replace-auditd", "--yes"));
        Assert.Contains("ExecStart=/usr/local/sbin/auditd -n\n", Read("etc/systemd/system/auditd.service"));
        string loads = Read("etc/systemd/system/audit-rules.service");
        Assert.Contains("\nExecStart=-/usr/local/sbin/augenrules\nExecStart=/usr/local/sbin/akashi rules load\n", loads);

        // The kernel watches what a path leads to for who loads the rule, systemd.exec(5) says what these put in whose place.
        foreach (string other in new[] { "PrivateTmp=", "PrivateDevices=", "ProtectKernelModules=", "ProtectKernelLogs=", "ProtectHome=yes", "ProtectHome=tmpfs", "InaccessiblePaths=", "TemporaryFileSystem=" })
            Assert.DoesNotContain("\n" + other, loads);
        Assert.Equal("/etc/systemd/system/auditd.service", new FileInfo(_root["etc/systemd/system/multi-user.target.wants/auditd.service"]).LinkTarget);
        Assert.Equal("/etc/systemd/system/audit-rules.service", new FileInfo(_root["etc/systemd/system/sysinit.target.wants/audit-rules.service"]).LinkTarget);
        Assert.Contains("ExecStart=/usr/local/sbin/akashi protect %f\n", Read("etc/systemd/system/akashi-protect@.service"));
        Assert.DoesNotContain("akashi-protect@.service", Directory.GetFiles(_root["etc/systemd/system/multi-user.target.wants"]).Select(Path.GetFileName));
        Assert.EndsWith("\n[Journal]\nAudit=\n", Read("etc/systemd/journald.conf.d/zz-akashi.conf"));
        Assert.Equal("# mine\n", Read("etc/audit/auditd.conf"));
        Assert.Contains("note: /etc/audit/auditd.conf is there and stays as it is", _setup.Error);
        Assert.Contains("sudo's secure_path in /etc/sudoers doesn't have /usr/local/sbin", _setup.Error);
        Assert.Equal(0, Run("commands", "--users", "root", "--yes"));
        Assert.DoesNotContain("nothing loads the rules", _setup.Error);
        Run("commands", "--undo", "--yes");

        Assert.Equal(0, Run("service", "--undo", "--yes"));
        Assert.Equal("/dev/null", new FileInfo(_root["etc/systemd/system/auditd.service"]).LinkTarget);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void A_program_that_is_not_ours_stays()
    {
        Write("usr/local/sbin/ausearch", "#!/bin/sh\n");

        Assert.Equal(1, Run("service", "--yes"));
        Assert.Contains("/usr/local/sbin/ausearch is another program\nhint: --prefix puts ours elsewhere", _setup.Error);
    }

    [Fact]
    public void A_wrong_command_is_usage()
    {
        Assert.Equal(2, _setup.Run());
        Assert.Equal(2, _setup.Run("comands"));
        Assert.Equal(2, _setup.Run("commands", "--user"));
        Assert.Equal(2, _setup.Run("files", "--permissions", "wwx", "/a"));
        Assert.Equal(2, _setup.Run("software", "operand"));
        Assert.Equal(2, Run("commands", "--yes"));
        Assert.Contains("whose commands: --users is missing", _setup.Error);
        Assert.Equal(2, Run("files", "--yes"));
        Assert.Contains("no path is given", _setup.Error);
        Assert.Equal(2, Run("files", "--yes", "relative"));
        Assert.Contains("'relative' is not absolute", _setup.Error);
        Assert.Equal(1, _setup.Run("service", "--yes", "--root", _root["nope"]));
        Assert.Contains($"there is no directory {_root["nope"]}: nothing was done\n", _setup.Error);
        Assert.False(Directory.Exists(_root["nope"]));
        Assert.Equal(0, _setup.Run("files", "--help"));
        Assert.Contains("usage: akashi setup files [OPTION...] PATH...\n", _setup.Output);
    }

    [Theory]
    [InlineData("n\n", 3)]
    [InlineData("", 3)]
    [InlineData("y\n", 0)]
    public void At_a_terminal_it_asks(string answer, int exitCode)
    {
        RequireRoot();
        var output = new MemoryStream();
        int given = SetupTool.Tool.Run(new Akashi.Host.Invocation
        {
            Name = "setup",
            Arguments = ["commands", "--root", _root.Path, "--users", "shota"],
            Input = new MemoryStream(Encoding.UTF8.GetBytes(answer)),
            InputKind = Akashi.Host.FileKind.Terminal,
            Output = output,
            Error = new MemoryStream(),
            Host = _setup.Host,
            Signals = new NoSignals(),
        });

        Assert.Equal(exitCode, given);
        Assert.Contains("Do this? [y/N]\n", Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal(exitCode == 3, Encoding.UTF8.GetString(output.ToArray()).EndsWith("not agreed to (y or yes is): nothing was done\n", StringComparison.Ordinal));
        Assert.Equal(exitCode == 0, File.Exists(_root["etc/audit/rules.d/70-akashi-commands.rules"]));
    }

    // What is to be known stood above some three hundred lines.
    [Fact]
    public void Names_of_the_program_and_files_that_nobody_reads_are_shown_in_a_line_of_their_kind()
    {
        RequireRoot();
        Assert.Equal(0, Run("service", "--dry-run"));
        Assert.Contains("# /usr/local/sbin: the program under its classic name\n  other names (hard links) of /usr/local/sbin/akashi: ", _setup.Output);
        Assert.Contains(" auditctl, ", _setup.Output);
        Assert.Matches("\n# /usr/local/share: completes its command lines\n  [0-9]{2} files\n# /usr/local/share: its manual\n  [0-9]{2} files\n#", _setup.Output);
        Assert.Contains("\n+++ /etc/audit/rules.d/10-base.rules\n", _setup.Output);
    }

    // A stream without a reader, as a pipe to a program that has ended.
    [Theory]
    [InlineData("--yes", 0, true)]
    [InlineData("--root=/", 1, false)]
    public void A_reader_that_goes_away_ends_no_agreed_change_and_agrees_to_none(string option, int exitCode, bool isDone)
    {
        RequireRoot();
        string[] words = ["commands", option, "--users", "shota", "--root", _root.Path];
        var error = new MemoryStream();
        int given = SetupTool.Tool.Run(new Akashi.Host.Invocation
        {
            Name = "setup",
            Arguments = words,
            Input = new MemoryStream("y\n"u8.ToArray()),
            InputKind = Akashi.Host.FileKind.Terminal,
            Output = new BrokenStream(),
            Error = error,
            Host = _setup.Host,
            Signals = new NoSignals(),
        });

        Assert.Equal(exitCode, given);
        Assert.Equal(isDone, File.Exists(_root["etc/audit/rules.d/70-akashi-commands.rules"]));
        Assert.Equal(!isDone, Encoding.UTF8.GetString(error.ToArray()).Contains("nothing was done", StringComparison.Ordinal));
    }

    sealed class BrokenStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("Broken pipe");
    }

    [Fact]
    public void Privilege_of_root_is_not_pushed_out_by_what_people_make()
    {
        RequireRoot();
        MakePrograms("root", "usr/bin/su");
        MakePrograms("26", "opt/db/run");
        MakePrograms(Eve, [.. Enumerable.Range(0, 501).Select(index => $"home/eve/bin/{index}")]);
        MakePrograms(Eve, [.. Enumerable.Range(0, 501).Select(index => $"a/{index}"), "a/b c"]);
        Call("chown", Eve, _root["home/eve"], _root["home/eve/bin"]);

        Assert.Equal(0, Run("privilege", "--yes"));
        string rules = Read("etc/audit/rules.d/43-akashi-privilege.rules");
        Assert.Contains("-F path=/usr/bin/su -F", rules);
        Assert.Contains("-F path=/opt/db/run -F", rules);
        Assert.DoesNotContain("/home/eve", rules);
        Assert.Equal(500, rules.Split("arch=b64").Length - 1);
        Assert.Contains("503 such programs are found: 3 that give least get no rule", _setup.Error);
        Assert.Contains("note: 502 programs of people, who may give their own rights away, get no rule", _setup.Error);
    }

    // auditctl -R ends at a rule whose directory is gone.
    [Fact]
    public void Privilege_has_no_rule_below_a_directory_that_others_may_take_away()
    {
        RequireRoot();
        MakePrograms("root", "srv/safe/tool");
        MakePrograms("root", "home/eve/root/tool");
        Call("chown", Eve, _root["home/eve"]);
        MakePrograms("root", "pub/root/tool");
        File.SetUnixFileMode(_root["pub"], (UnixFileMode)0b111_111_111);
        MakePrograms("root", "team/root/tool");
        File.SetUnixFileMode(_root["team"], (UnixFileMode)0b111_111_101);
        Call("chgrp", Eve, _root["team"]);
        MakePrograms("root", "shared/root/tool", "tmp/root/tool");
        foreach (string sticky in new[] { "shared", "tmp" })
            File.SetUnixFileMode(_root[sticky], UnixFileMode.StickyBit | (UnixFileMode)0b111_111_111);

        // One file of several names gets its rule by the safe one, though it's the latest in order.
        MakePrograms("root", "usr/bin/su");
        Call("ln", _root["usr/bin/su"], _root["home/eve/su"]);
        Call("ln", _root["usr/bin/su"], _root["tmp/root/su"]);

        Assert.Equal(0, Run("privilege", "--yes"));
        Assert.Equal(
            ["/shared/root/tool", "/srv/safe/tool", "/usr/bin/su"],
            Read("etc/audit/rules.d/43-akashi-privilege.rules").Split('\n').Where(line => line.Contains("arch=b64")).Select(line => line.Split("path=")[1].Split(' ')[0]));
        Assert.Contains("3 programs stand in directories that others than root may take away, and get no rule: '/home/eve/root/tool' runs as root (set-user-id); ", _setup.Error);
    }

    [Fact]
    public void Privilege_of_more_programs_of_root_than_rules_is_refused()
    {
        RequireRoot();
        MakePrograms("root", [.. Enumerable.Range(0, 501).Select(index => $"usr/bin/{index}")]);

        Assert.Equal(1, Run("privilege", "--yes"));
        Assert.Contains("501 programs of root's are found, and 500 rules are the most", _setup.Error);
        Assert.False(File.Exists(_root["etc/audit/rules.d/43-akashi-privilege.rules"]));
    }

    void MakePrograms(string owner, params string[] paths)
    {
        foreach (string path in paths)
            Write(path, "");
        string[] files = [.. paths.Select(path => _root[path])];
        Call("chown", [$"{owner}:{owner}", .. files]);
        foreach (string file in files)
            File.SetUnixFileMode(file, UnixFileMode.SetUser | (UnixFileMode)0b111_101_101);
    }

    static void Call(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    // Files are made as root's.
    static void RequireRoot() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to make files of root");

    int Run(string name, params string[] arguments) => _setup.Run([name, "--root", _root.Path, .. arguments]);

    void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root[path])!);
        File.WriteAllText(_root[path], text);
    }

    string Read(string path) => File.ReadAllText(_root[path], Encoding.UTF8);

    // What the setups' own journals leave is a directory of theirs.
    string[] Snapshot() => [.. Directory.EnumerateFileSystemEntries(_root.Path, "*", SearchOption.AllDirectories)
        .Where(path => !path.StartsWith(_root["var/lib"], StringComparison.Ordinal) && path != _root["var"])
        .Select(path => $"{path} {new FileInfo(path).LinkTarget} {(File.Exists(path) && new FileInfo(path).LinkTarget is null ? File.ReadAllText(path) : "")}")
        .Order(StringComparer.Ordinal)];
}
