using System.Text;
using Akashi.Diagnostics;
using Akashi.Events;
using Akashi.Search;
using Akashi.Search.Query;
using Akashi.Testing;
using Akashi.Tests.Events;
using Akashi.Trail;

namespace Akashi.Tests.Search.Query;

public class QueryCompilerTests
{
    const string Accounts = "root:x:0:0::/:/bin/sh\nalice:x:1000:1000::/:/bin/sh\n";

    const string Log =
        """
        type=SYSCALL msg=audit(1795000000.100:1): arch=c000003e syscall=257 success=no exit=-13 a1=7ffe a2=241 ppid=1 pid=100 auid=1000 uid=0 euid=0 tty=pts1 ses=3 comm="cat" exe="/usr/bin/cat" key="secrets"
        type=CWD msg=audit(1795000000.100:1): cwd="/etc"
        type=PATH msg=audit(1795000000.100:1): item=0 name="shadow" nametype=NORMAL
        type=PROCTITLE msg=audit(1795000000.100:1): proctitle=6C73002D6C002F726F6F74
        type=SYSCALL msg=audit(1795000010.200:2): arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=200 auid=1001 uid=1001 euid=1001 tty=pts2 ses=4 comm="sh" exe="/bin/sh" key=6101626F6D6220€AUID="bob" UID="bob" PARENT_COMM=612062 UNIT="session-4.scope" CONTAINER="docker:4e1f" LATE=unit
        type=EXECVE msg=audit(1795000010.200:2): argc=3 a0="sh" a1="-c" a2=6375726C20687474703A2F2F78
        type=USER_LOGIN msg=audit(1795000020.300:3): pid=300 uid=0 auid=4294967295 ses=4294967295 msg='op=login acct="alice" exe="/usr/sbin/sshd" hostname=? addr=192.0.2.7 terminal=ssh res=failed'
        node=web type=SYSCALL msg=audit(1795000030.400:4): arch=c000003e syscall=42 success=yes exit=0 a2=10 ppid=1 pid=400 auid=4294967295 uid=33 euid=33 ses=4294967295 comm="www" exe="/usr/bin/www" terminal=/dev/pts/1
        node=web type=SOCKADDR msg=audit(1795000030.400:4): saddr=02000050100000070000000000000000

        """;

    [Theory]
    [InlineData("", "1 2 3 4")]
    [InlineData("key=secrets", "1")]
    [InlineData("key=a", "2")]
    [InlineData("key=\"bomb \"", "2")]
    [InlineData("key=sec*", "1")]
    [InlineData("key=\"sec*\"", "")]
    [InlineData("key~^se.*s$", "1")]
    [InlineData("user=alice", "1 3")]
    [InlineData("user=1000", "1")]
    [InlineData("user=bob", "2")]
    [InlineData("parent=\"a b\"", "2")]
    [InlineData("parent=a*", "2")]
    [InlineData("unit=session-4.scope", "2")]
    [InlineData("unit~session", "2")]
    [InlineData("container~4e1f", "2")]
    [InlineData("container=docker:4e1f", "2")]
    [InlineData("container=x", "")]
    [InlineData("auid=unset", "3 4")]
    [InlineData("auid=-1", "3 4")]
    [InlineData("who=alice", "1 3")]
    [InlineData("as=root", "1")]
    [InlineData("who=1000", "1")]
    [InlineData("who=1001", "2")]
    [InlineData("as=0", "1")]
    [InlineData("as=33", "4")]
    [InlineData("uid=33", "4")]
    [InlineData("session=3", "1")]
    [InlineData("session!=3", "2 3 4")]
    [InlineData("session>3", "2 3 4")]
    [InlineData("pid>=200 pid<300", "2")]
    [InlineData("pid = 200", "2")]
    [InlineData("exit<0", "1")]
    [InlineData("exit=EACCES", "1")]
    [InlineData("exit=-eacces", "1")]
    [InlineData("exit=-13", "1")]
    [InlineData("syscall=openat", "1")]
    [InlineData("syscall=257", "1")]
    [InlineData("syscall!=openat and syscall=*", "2 4")]
    [InlineData("a2=0x241", "1")]
    [InlineData("a2>=0x200 type=syscall", "1")]
    [InlineData("a2~O_CREAT", "1")]
    [InlineData("file=/etc/shadow", "1")]
    [InlineData("file=shadow", "1")]
    [InlineData("file=/etc/*", "1")]
    [InlineData("command=\"sh -c curl http://x\"", "2")]
    [InlineData("command~curl.(http|ftp)", "2")]
    [InlineData("curl", "2")]
    [InlineData("CURL", "")]
    [InlineData("any~cur[l]", "2")]
    [InlineData("\"sh -c curl http\"", "2")]
    [InlineData("\"-c curl\"", "2")]
    [InlineData("any=\"sh -c\"", "2")]
    [InlineData("any~\"^sh -c curl\"", "2")]
    [InlineData("-c*http", "2")]
    [InlineData("\"ls -l /root\"", "1")]
    [InlineData("\"-l /root\"", "1")]
    [InlineData("\"-l /roots\"", "")]
    [InlineData("host=192.0.2.7", "3")]
    [InlineData("host=16.0.0.7", "4")]
    [InlineData("node=web", "4")]
    [InlineData("node!=web", "1 2 3")]
    [InlineData("type=USER_LOGIN", "3")]
    [InlineData("type=user_login", "3")]
    [InlineData("type=1112", "3")]
    [InlineData("type=USER_*", "3")]
    [InlineData("type!~^USER", "1 2 4")]
    [InlineData("result=failed", "1 3")]
    [InlineData("result=no", "1 3")]
    [InlineData("action=opened-file", "1")]
    [InlineData("object=/etc/shadow", "1")]
    [InlineData("terminal=pts*", "1 2 4")]
    [InlineData("terminal=pts1", "1 4")]
    [InlineData("terminal=pts/1", "1 4")]
    [InlineData("terminal=/dev/pts/1", "1 4")]
    [InlineData("terminal=pts/2", "2")]
    [InlineData("terminal=pts/*", "1 2 4")]
    [InlineData("terminal~^pts.?1$", "1 4")]
    [InlineData("terminal~s1", "1 4")]
    [InlineData("terminal~/1", "1 4")]
    [InlineData("terminal=ssh", "3")]
    [InlineData("terminal=\"\"", "")]
    [InlineData("tty=pts/1", "1")]
    [InlineData("serial=2", "2")]
    [InlineData("serial>2", "3 4")]
    [InlineData("id=1795000010.200:2", "2")]
    [InlineData("raw.ses=4", "2")]
    [InlineData("raw.arch=c000003e result=failed", "1")]
    [InlineData("user=alice or user=bob", "1 2 3")]
    [InlineData("user=alice and result=failed or node=web", "1 3 4")]
    [InlineData("user=alice and (result=success or node=web)", "")]
    [InlineData("not user=alice", "2 4")]
    [InlineData("not not user=alice", "1 3")]
    [InlineData("NOT (user=alice OR user=bob)", "4")]
    [InlineData("since @1795000010", "2 3 4")]
    [InlineData("since @1795000010.200 until 1795000020.300", "2 3")]
    [InlineData("until 2026-11-18T11:06:50Z", "1 2")]
    [InlineData("time>2026-11-18T11:06:50Z", "3 4")]
    [InlineData("time=2026-11-18T11:06:50Z", "2")]
    [InlineData("time!=2026-11-18T11:06:50Z", "1 3 4")]
    [InlineData("since yesterday", "")]
    [InlineData("since 4 days ago user=alice", "1 3")]
    [InlineData("(until @1795000000 or since @1795000030)", "1 4")]
    [InlineData("not since @1795000010", "1")]
    public void A_query_finds(string query, string serials) => Assert.Equal(serials, Find(query));

    [Theory]
    [InlineData("key=x usre=bob", 7, 4, "no field is called 'usre'", "did you mean user?")]
    [InlineData("syscall=opnat", 9, 5, "no system call is called 'opnat'", "did you mean openat?")]
    [InlineData("type=USER_LGIN", 6, 9, "no record type is called 'USER_LGIN'", "did you mean USER_LOGIN?")]
    [InlineData("exit=EACESS", 6, 6, "'EACESS' is neither a number nor the name of an error", "did you mean EACCES?")]
    [InlineData("result=maybe", 8, 5, "a result is success or failed, not 'maybe'", null)]
    [InlineData("user", 1, 4, "the field 'user' has no operator", "write user=VALUE; to look for the word, quote it: '\"user\"'")]
    [InlineData("user=", 6, 1, "'user=' has no value", "write user=VALUE, or \"\" for none")]
    [InlineData("key=a and", 10, 0, "the query ends where a term is expected", null)]
    [InlineData("or key=a", 1, 2, "'or' stands where a term is expected", "to look for the word, quote it: '\"or\"'")]
    [InlineData("(key=a", 1, 1, "the parenthesis '(' has no partner", "close it with ')'")]
    [InlineData("key=a)", 6, 1, "')' closes no parenthesis", "take it away, or put '(' before")]
    [InlineData("key=\"a", 5, 2, "the quote \" has no partner", "close it with \"")]
    [InlineData("=a", 1, 1, "'=' has no field before it", "write FIELD=VALUE, such as key=passwd")]
    [InlineData("key=a && key=b", 7, 2, "'&&' joins nothing here", "write and")]
    [InlineData("since lunch", 7, 5, "'lunch' is no time", "write " + QueryTimes.Expected)]
    [InlineData("since 2026-13-01", 7, 10, "'2026-13-01' is no time", "write " + QueryTimes.Expected)]
    [InlineData("since", 1, 5, "'since' needs a time", "write since 2026-11-20")]
    [InlineData("exe~a(b", 5, 3, "the expression can't be read: '(' without ')'", "to look for the text itself, write = with asterisks: *text*")]
    [InlineData("exe~(a)\\1", 5, 5, "the expression can't be read: a reference back, '\\1', is not known here", "to look for the text itself, write = with asterisks: *text*")]
    [InlineData("key<5", 5, 1, "'key' has no size to compare by '<'", "compare it by =, != or ~")]
    [InlineData("session=abc", 9, 3, "'abc' is no number", null)]
    [InlineData("pid=abc", 5, 3, "'abc' is no number", null)]
    [InlineData("kind=user-logn", 6, 9, "no kind of event is called 'user-logn'", "did you mean user-login?")]
    [InlineData("pid<x", 5, 1, "'x' is no number", null)]
    [InlineData("time~2026", 6, 4, "a time follows no expression", "compare it: time>=yesterday")]
    public void A_fault_has_its_place_and_a_hint(string query, int column, int length, string text, string? hint)
    {
        var diagnostics = new DiagnosticBag();

        Assert.Null(Compile(query, diagnostics));

        Diagnostic found = Assert.Single(diagnostics.All);
        Assert.Equal((column, length, text, hint), (found.Column, found.Length, found.Text, found.Hint));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var diagnostics = new DiagnosticBag();

        Assert.Null(Compile("usre=a or syscall=opnat or type=XYZZY", diagnostics));

        Assert.Equal(3, diagnostics.All.Count);
    }

    [Fact]
    public void An_unknown_user_is_a_warning_with_the_nearest_one()
    {
        var diagnostics = new DiagnosticBag();

        CompiledQuery compiled = Compile("user=alcie", diagnostics)!;

        Diagnostic found = Assert.Single(compiled.Doubts);
        Assert.Empty(diagnostics.All);
        Assert.Equal((Severity.Warning, 6, "did you mean alice?"), (found.Severity, found.Column, found.Hint));
    }

    [Theory]
    [InlineData("exe=sudo", 5, 4, "write exe=*/sudo")]
    [InlineData("result=success how=\"sudo\"", 20, 4, "write how=*/sudo")]
    [InlineData("user:root", 1, 9, "write user=root")]
    [InlineData("action=opened-fiel", 8, 11, "did you mean opened-file?")]
    [InlineData("syscall=99999", 9, 5, null)]
    public void A_value_that_is_hardly_there_is_doubted(string query, int column, int length, string? hint)
    {
        Diagnostic found = Assert.Single(Compile(query, new DiagnosticBag())!.Doubts);

        Assert.Equal((Severity.Warning, column, length, hint), (found.Severity, found.Column, found.Length, found.Hint));
    }

    [Theory]
    [InlineData("exe=*/sudo")]
    [InlineData("exe!=sudo")]
    [InlineData("\"user:root\"")]
    [InlineData("http://x")]
    [InlineData("action=opened-file")]
    [InlineData("action=logged-in")]
    [InlineData("action=added-audit-rule")]
    [InlineData("action=made-block-device")]
    [InlineData("syscall=257")]
    [InlineData("session=unset")]
    [InlineData("session=-1")]
    [InlineData("list=exit")]
    [InlineData("kind=user-login")]
    public void A_usual_value_is_not_doubted(string query) => Assert.Empty(Compile(query, new DiagnosticBag())!.Doubts);

    [Theory]
    [InlineData("since today until yesterday")]
    [InlineData("time>now time<2026-11-20")]
    public void Times_that_end_before_they_begin_are_a_fault(string query)
    {
        var diagnostics = new DiagnosticBag();

        Assert.Null(Compile(query, diagnostics));

        Assert.Equal("the time ends before it begins: no event can match", Assert.Single(diagnostics.All).Text);
    }

    [Fact]
    public void Thousands_of_parentheses_are_told_not_died_of()
    {
        var diagnostics = new DiagnosticBag();

        Assert.Null(Compile(new string('(', 100_000) + "key=a", diagnostics));

        Assert.True(diagnostics.HasErrors);
    }

    [Theory]
    [InlineData("key=secrets", "secrets|73656372657473")]
    [InlineData("pid=200", "pid=200|pid=\"200\"")]
    [InlineData("user=alice", "alice|uid=1000|616C696365|616c696365")]
    [InlineData("key=secrets or key=other", "other|secrets|6F74686572|6f74686572|73656372657473")]
    [InlineData("key=secrets or result=failed", "")]
    [InlineData("not key=secrets", "")]
    [InlineData("not key=secrets and exe=/usr/bin/cat", "/usr/bin/cat|2F7573722F62696E2F636174|2f7573722f62696e2f636174")]
    [InlineData("exe~^/usr/s?bin/cat$", "bin/cat|62696E2F636174|62696e2f636174")]
    public void Needles_are_looked_for_where_a_query_allows_it(string query, string needles) =>
        Assert.Equal(needles, string.Join('|', Compile(query, new DiagnosticBag())!.ToPlan().Needles.Select(Encoding.UTF8.GetString)));

    [Fact]
    public void Times_narrow_what_is_read()
    {
        SearchPlan plan = Compile("key=a since @1795000010.500 (until @1795000020 or key=b)", new DiagnosticBag())!.ToPlan();

        Assert.Equal(new TimeRange(1795000010, long.MaxValue), plan.Times);
    }

    [Fact]
    public void Nothing_is_allocated_per_event()
    {
        byte[] log = SteadyLog.Make(records: 60_000);
        const string Query = "key=x or exe~^/no(thing)$ or file=/no/*.x or command~nothing.*at or raw.pid=x or session=77 or a2>=0x7FFFFFFFFFFFFFFF or host=192.0.2.1 or any=nothing or type=USER_*";
        CompiledQuery compiled = Compile(Query, new DiagnosticBag())!;
        var search = new TrailSearch(new TrailReader(new MemoryStream(log)), new SearchPlan([]), new EventAssembler());
        void Pass()
        {
            for (long end = search.Counts.Lines + 5_000; search.Counts.Lines < end;)
            {
                Assert.True(search.TryNext(out AuditEvent? next));
                foreach (EventCondition condition in (List<EventCondition>)compiled.Conditions)
                    Assert.False(condition.Matches(next));
            }
        }
        Pass();

        Allocation.IsZero(Pass);
    }

    static CompiledQuery? Compile(string query, DiagnosticBag diagnostics) => new QueryCompiler(new TestHost(Accounts), diagnostics).Compile(query);

    static string Find(string query)
    {
        var diagnostics = new DiagnosticBag();
        CompiledQuery compiled = Compile(query, diagnostics) ?? throw new InvalidOperationException(diagnostics.All[0].Text);
        var log = new MemoryStream(Encoding.UTF8.GetBytes(Log.Replace('€', '\u001d')));
        var search = new TrailSearch(new TrailReader(log), compiled.ToPlan(), new EventAssembler());
        var found = new List<ulong>();
        while (search.TryNext(out AuditEvent? match))
            found.Add(match.Stamp.Serial);
        return string.Join(' ', found);
    }
}
