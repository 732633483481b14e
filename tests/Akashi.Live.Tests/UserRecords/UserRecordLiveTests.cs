using System.Diagnostics;
using Akashi.Audit;
using Akashi.Live.Tests.Daemon;
using Akashi.Logging;
using Akashi.Testing;
using Microsoft.Extensions.Logging;

namespace Akashi.Live.Tests.UserRecords;

/// <summary>Records that programs send, through the real kernel into a trail.</summary>
public sealed class UserRecordLiveTests(KernelAudit audit) : IDisposable
{
    const int ThreadCount = 4;
    const int RecordCount = 250;

    readonly AuditdProgram _auditd = new();

    KernelAudit.Loan? _loan;

    public void Dispose()
    {
        _auditd.Dispose();
        _loan?.Dispose();
    }

    [Fact]
    public void The_story_in_C_leaves_a_record_of_the_originals_shape()
    {
        string yardsticks = RepositoryFiles.PathOf("artifacts", "yardsticks"), own = RepositoryFiles.PathOf("artifacts", "lib", "akashi");
        Assert.SkipUnless(File.Exists(Path.Combine(own, "libaudit.so.1")), "the C library isn't there: run ./build");
        Assert.SkipUnless(File.Exists(Path.Combine(yardsticks, "libraries")), "Debian's libraries aren't there: eng/yardsticks.sh fetches them");
        string program = Compile(own);
        Start();

        Run(program, own);
        Run(program, File.ReadAllText(Path.Combine(yardsticks, "libraries")).Trim());

        AuditdProgram.WaitFor(() => Stories(program).Length == 2, $"not two records: {string.Join('\n', _auditd.LogLines)}");
        string[] records = Stories(program);
        Assert.Equal(Shape(records[1]), Shape(records[0]));
        Assert.Matches(
            @"^type=USYS_CONFIG msg=audit\([0-9.:]+\): pid=\d+ uid=0 auid=\d+ ses=\d+ (subj=\S+ )?msg='audit_log_user_message "
            + $"exe=\"{program}\" hostname=example.com addr=\\S+ terminal=\\? res=success'", records[0]);
    }

    [Fact]
    public async Task Records_of_many_threads_all_arrive()
    {
        Start();
        using var sender = UserRecordSender.Open();

        Task[] tasks = [.. Enumerable.Range(0, ThreadCount).Select(thread => Task.Factory.StartNew(() =>
        {
            for (int count = 0; count < RecordCount; count++)
                sender.SendMessage(UserRecordType.Test, $"thread={thread} count={count}", count % 2 == 0);
        }, TaskCreationOptions.LongRunning))];
        await Task.WhenAll(tasks).WaitAsync(AuditdProgram.Limit);

        HashSet<string> expected = [.. Enumerable.Range(0, ThreadCount * RecordCount).Select(n => $"msg='thread={n / RecordCount} count={n % RecordCount} exe=")];
        AuditdProgram.WaitFor(() => Tests().Length == expected.Count, $"{Tests().Length} records instead of {expected.Count}");
        Assert.Empty(expected.Where(text => !Tests().Any(line => line.Contains(text))));

        string[] Tests() => [.. _auditd.LogLines.Where(line => line.StartsWith("type=TEST ", StringComparison.Ordinal))];
    }

    [Fact]
    public void What_is_sent_is_seen_in_the_kernels_own_group()
    {
        _loan = audit.Borrow();
        _loan.Enable();
        using EventFollower follower = EventFollower.FollowKernel(AuditSearch.FromExpression("op r= seen-in-the-group"));
        using var sender = UserRecordSender.Open();

        sender.SendMessage(UserRecordType.Test, "op=not-this-one", isSuccess: true);
        sender.SendMessage(UserRecordType.Test, "op=seen-in-the-group", isSuccess: true);

        Assert.True(follower.TryNext(AuditdProgram.Limit, out AuditEvent? seen), "it doesn't come");
        Assert.Equal("TEST", seen[0].TypeName);
        Assert.True(seen.TryFind("exe"u8, out AuditField program));
        Assert.Equal(Environment.ProcessPath, program.Interpret());
    }

    // The second entry is longer than the kernel takes: were it not cut before, the kernel would cut the end of the record.
    [Fact]
    public void Log_entries_are_seen_in_the_kernels_own_group_with_their_ends()
    {
        _loan = audit.Borrow();
        _loan.Enable();
        using EventFollower follower = EventFollower.FollowKernel(AuditSearch.FromExpression("op r= log"));
        using (ILoggerFactory logging = LoggerFactory.Create(builder => builder.AddAkashiAudit(options => options.DrainTimeMax = AuditdProgram.Limit)))
        {
            ILogger logger = logging.CreateLogger("Akashi.Live");
            logger.LogInformation("not this one");
            logger.LogWarning("{User} is\nout", "bob");
            logger.LogError("{Text} {Text2} {Text3} {Text4}", new string('ä', 9000), new string('x', 9000), new string('"', 9000), new string('y', 9000));
        }

        Assert.True(follower.TryNext(AuditdProgram.Limit, out AuditEvent? seen), "the first doesn't come");
        Assert.Equal("TRUSTED_APP", seen[0].TypeName);
        Assert.Contains($"level=warning category=\"Akashi.Live\" event=0 data={Convert.ToHexString("bob is\nout"u8)} app-User=\"bob\" exe=", seen[0].ToString());
        Assert.EndsWith(" res=success'", seen[0].ToString());
        Assert.True(follower.TryNext(AuditdProgram.Limit, out seen), "the second doesn't come");
        Assert.Matches(@" cut=\d+ exe=\S+ hostname=\S+ addr=\S+ terminal=\S+ res=failed'$", seen[0].ToString());
    }

    void Start()
    {
        _loan = audit.Borrow();
        _loan.Enable();
        _auditd.Start("-n");
    }

    string[] Stories(string program) => [.. _auditd.LogLines.Where(line => line.StartsWith("type=USYS_CONFIG ", StringComparison.Ordinal) && line.Contains(program))];

    // Numbers stand for numbers; the daemon's enrichment is the same for both.
    static string Shape(string line) => System.Text.RegularExpressions.Regex.Replace(line, @"\b(pid=|audit\()[0-9.:]+", "$1N");

    static string Compile(string library)
    {
        using Process compiling = Process.Start(new ProcessStartInfo(
            RepositoryFiles.PathOf("eng", "compile-c.sh"),
            [RepositoryFiles.PathOf("tests", "Akashi.Audit.Tests", "Programs", "story.c"), "-I" + Path.Combine(library, "include"), "-L" + library, "-laudit"])
        { RedirectStandardOutput = true })!;
        string program = compiling.StandardOutput.ReadToEnd().Trim();
        compiling.WaitForExit();
        Assert.Equal(0, compiling.ExitCode);
        return program;
    }

    static void Run(string program, string libraries)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true };
        start.Environment["LD_LIBRARY_PATH"] = libraries;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(AuditdProgram.Limit));
        Assert.Equal(0, process.ExitCode);
    }
}
