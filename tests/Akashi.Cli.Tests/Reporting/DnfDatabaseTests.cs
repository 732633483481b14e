using System.Diagnostics;
using Akashi.Cli.Reporting;
using Akashi.Cli.Tests.Kin;
using Akashi.Linux.Databases;
using Akashi.Reports.Software;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Reporting;

/// <summary>dnf's history, made by Python's sqlite3 with the tables of dnf 4 (libdnf's migrations 1.1 and 1.2).</summary>
public sealed class DnfDatabaseTests : IDisposable
{
    const string Tables = """
        CREATE TABLE trans (id INTEGER PRIMARY KEY AUTOINCREMENT, dt_begin INTEGER NOT NULL, dt_end INTEGER, rpmdb_version_begin TEXT, rpmdb_version_end TEXT,
            releasever TEXT NOT NULL, user_id INTEGER NOT NULL, description TEXT, state INTEGER NOT NULL, comment TEXT DEFAULT '');
        CREATE TABLE repo (id INTEGER PRIMARY KEY AUTOINCREMENT, repoid TEXT NOT NULL);
        CREATE TABLE item (id INTEGER PRIMARY KEY AUTOINCREMENT, item_type INTEGER NOT NULL);
        CREATE TABLE trans_item (id INTEGER PRIMARY KEY AUTOINCREMENT, trans_id INTEGER REFERENCES trans(id), item_id INTEGER REFERENCES item(id),
            repo_id INTEGER REFERENCES repo(id), action INTEGER NOT NULL, reason INTEGER NOT NULL, state INTEGER NOT NULL);
        CREATE TABLE rpm (item_id INTEGER UNIQUE NOT NULL, name TEXT NOT NULL, epoch INTEGER NOT NULL, version TEXT NOT NULL, release TEXT NOT NULL, arch TEXT NOT NULL,
            FOREIGN KEY(item_id) REFERENCES item(id));
        INSERT INTO item VALUES (1, 1), (2, 1), (3, 1);
        INSERT INTO rpm VALUES (1, 'nginx', 1, '1.20.1', '14.el9', 'x86_64'), (2, 'nginx-core', 1, '1.20.1', '14.el9', 'x86_64'), (3, 'oldweb', 0, '2.0', '1', 'noarch');
        INSERT INTO trans VALUES (1, 1700000001, 1700000005, '', '', '9', 1000, 'install -y nginx', 1, '');
        INSERT INTO trans_item VALUES (1, 1, 1, NULL, 1, 2, 1), (2, 1, 2, NULL, 1, 1, 1), (3, 1, 3, NULL, 5, 1, 1);
        INSERT INTO trans VALUES (2, 1700000101, 1700000105, '', '', '9', 1000, 'remove oldweb', 2, '');
        INSERT INTO trans VALUES (3, 1700000201, NULL, '', '', '9', 1000, 'install slow', 0, '');
        """;

    const string Accounts = "root:x:0:0::/root:/bin/sh\nalice:x:1000:1000::/home/alice:/bin/sh\n";

    readonly TemporaryFolder _folder = new();

    string Database => Path.Combine(_folder.Path, DnfDatabase.Place);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runs_of_dnf_end_as_its_history_says()
    {
        Make(Tables);

        KinRun run = Report();

        Assert.Equal(
            [
                $"alice>root      2        dnf      install  ok                 {Database}  nginx=1:1.20.1-14.el9.x86_64 nginx-core=1:1.20.1-14.el9.x86_64",
                $"alice>root      2        dnf      remove   failed             {Database}  oldweb",
                "alice>root      2        dnf      install  attempted          -                 slow",
            ],
            run.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row[21..]));
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void A_database_that_is_none_is_left_out_and_said()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Database)!);
        File.WriteAllText(Database, new string('x', 4096));
        Assert.SkipWhen(SqliteFile.TryOpen(Database, out string? reason) is null && reason!.Contains("isn't there", StringComparison.Ordinal), "SQLite isn't there");

        KinRun run = Report();

        Assert.Equal($"akashi report: {Database} is left out: file is not a database\n", run.Error);
        Assert.Contains(" attempted ", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_other_tables_is_left_out_and_said()
    {
        Make("CREATE TABLE other (id INTEGER);");

        Assert.Equal($"akashi report: {Database} is left out: SQL logic error\n", Report().Error);
    }

    [Fact]
    public void A_library_that_is_absent_is_said()
    {
        Assert.Null(SqliteFile.TryOpen("/nowhere", out string? reason, "libnowhere.so.0"));

        Assert.Equal("libnowhere.so.0 isn't there", reason);
    }

    [Fact]
    public void A_machine_without_dnf_says_nothing()
    {
        Assert.Equal("", Report().Error);
        Assert.Null(DnfDatabase.Read(Database, text => Assert.Fail(text)).Find(
            new SoftwareRun { StartUnixMilliseconds = 0, Serial = 1, Person = "", Session = 1, Pid = 1, Manager = "dnf", Family = "rpm", Action = SoftwareAction.Install }, new RunPeriod(0, 1)));
    }

    KinRun Report()
    {
        string log = _folder["made.log"];
        File.WriteAllLines(log, [.. Started(1700000000, 1, "install", "-y", "nginx"), .. Started(1700000100, 2, "remove", "oldweb"), .. Started(1700000200, 3, "install", "slow")]);
        return KinRun.Of("akashi", ["report", "software", "--trail", log, "--root", _folder.Path], new TestHost(Accounts));
    }

    static string[] Started(long time, int serial, params string[] words) =>
    [
        $"type=SYSCALL msg=audit({time}.000:{serial}): arch=c000003e syscall=59 success=yes exit=0 a0=0 a1=0 a2=0 a3=0 items=1 ppid=50 pid={100 + serial} auid=1000 uid=0 gid=0 "
            + "euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0 ses=2 comm=\"dnf\" exe=\"/usr/bin/python3.9\" key=(null)",
        $"type=EXECVE msg=audit({time}.000:{serial}): argc={words.Length + 2} a0=\"/usr/bin/python3\" a1=\"/usr/bin/dnf\" {string.Join(' ', words.Select((word, index) => $"a{index + 2}=\"{word}\""))}",
    ];

    void Make(string sql)
    {
        string? python = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(directory => Path.Combine(directory, "python3")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(python is null, "python3 isn't installed");
        Directory.CreateDirectory(Path.GetDirectoryName(Database)!);
        using Process process = Process.Start(python!, ["-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit(); c.close()", Database, sql]);
        process.WaitForExit();
        Assert.SkipWhen(process.ExitCode != 0, "python3 has no sqlite3");
        using SqliteFile? file = SqliteFile.TryOpen(Database, out string? reason);
        Assert.SkipWhen(file is null, reason ?? "");
    }
}
