using System.Text;
using Akashi.Diagnostics;
using Akashi.Search.Expressions;
using Akashi.Testing;
using Record = Akashi.Records.Record;

namespace Akashi.Tests.Search.Expressions;

/// <summary>What expressions mean; the expected answers were given by libauparse 3.0.9, save where a comment says otherwise.</summary>
public class RecordExpressionTests
{
    const string Call =
        "node=h1 type=SYSCALL msg=audit(1700000001.100:11): arch=c000003e syscall=257 success=no exit=-2 a0=ffffff9c items=1 ppid=1 pid=2 auid=0 uid=0 old-auid=4 comm=\"cat\" exe=\"/bin/cat\" key=\"k1\"";

    const string Login =
        "type=USER_LOGIN msg=audit(1700000002.200:12): pid=5 uid=0 auid=0 ses=1 msg='op=login id=0 exe=\"/usr/sbin/sshd\" hostname=h addr=1.2.3.4 terminal=ssh res=success'";

    const string Keys = "type=SYSCALL msg=audit(1700000003.300:13): arch=c000003e syscall=59 uid=1000 auid=4294967295 gid=7 comm=636174 key=016B31016B32";

    const string Enriched =
        "type=SYSCALL msg=audit(1700000004.300:14): arch=c000003e syscall=59 pid=2 auid=0 uid=0 comm=\"x\" key=(null)\u001dARCH=x86_64 SYSCALL=execve AUID=\"bob\" UID=\"root\"";

    const string Decision = "type=AVC msg=audit(1700000003.300:25): avc:  denied  { read write } for  pid=2 comm=\"x\" name=\"y\" tclass=file permissive=0";

    [Theory]
    [InlineData("type r= SYSCALL", Call)]
    [InlineData("type i= SYSCALL", Call)]
    [InlineData("(type r= SYSCALL && syscall i= openat && success r= no)", Call)]
    [InlineData("node r= h1", Call)]
    [InlineData("op r= login", Login)]
    [InlineData("res r= success", Login)]
    [InlineData("id i= root", Login)]
    [InlineData("key r= \"\\\"k1\\\"\"", Call)]
    [InlineData("key r= \"\\\"k1\\\"\"", Keys)]
    [InlineData("key i= k1", Call)]
    [InlineData("key i= k1", Keys)]
    [InlineData("comm i= cat", Keys)]
    [InlineData("comm r!= cat", Call)]
    [InlineData("auid i= bob", Enriched)]
    [InlineData("key i= \"(null)\"", Enriched)]
    [InlineData("seresult r= denied", Decision)]
    [InlineData("seperms r= \"read,write\"", Decision)]
    [InlineData("old-auid r= 4", Call)]
    [InlineData("exit r=-2", Call)]
    [InlineData("a0 i= AT_FDCWD", Call)]
    [InlineData("\\regexp \"^node\"", Call)]
    [InlineData("\\regexp /bin\\/cat/", Call)]
    [InlineData("\\ regexp cat", Call)]
    [InlineData("\\regexp /null.$/", Enriched)]
    [InlineData("\\timestamp == ts:1700000001.100", Call)]
    [InlineData("\\timestamp > ts:1700000000.999", Call)]
    [InlineData("\\timestamp_ex < ts:1700000001.100:12", Call)]
    [InlineData("\\timestamp_ex > ts:1700000001.100:10", Call)]
    [InlineData("\\record_type == syscall", Call)]
    [InlineData("\\record_type >= CWD", Decision)]
    [InlineData("\\record_type == \"UNKNOWN[1300]\"", Call)]
    [InlineData("uid == 0", Call)]
    [InlineData("uid == 1000", Keys)]
    [InlineData("auid == -1", Keys)]
    [InlineData("auid > 1000", Keys)]
    [InlineData("gid > 5", Keys)]
    [InlineData("uid == root", Call)]
    [InlineData("!!type r= SYSCALL", Call)]
    [InlineData("! type r= CWD", Call)]
    [InlineData("type r= CWD || type r= USER_LOGIN && pid r= 5", Login)]
    [InlineData("!((nothing r= \"\") || (nothing r!= \"\"))", Call)]
    public void Is_true(string expression, string record) => Assert.True(IsTrue(expression, record));

    [Theory]
    [InlineData("key r= k1", Call)]
    [InlineData("key i= k2", Keys)]
    [InlineData("AUID r= \"\\\"bob\\\"\"", Enriched)]
    [InlineData("\\regexp /AUID/", Enriched)]
    [InlineData("msg r= foo", Login)]
    [InlineData("nothing r!= x", Call)]
    [InlineData("\\timestamp i= \"ts:1\"", Call)]
    [InlineData("\\record_type r= SYSCALL", Call)]
    [InlineData("\\record_type r!= SYSCALL", Call)]
    [InlineData("\\timestamp == ts:1700000001.1", Call)]
    [InlineData("(type r= CWD || type r= SYSCALL) && pid r= 5", Call)]
    [InlineData("auid < 0", Keys)]
    [InlineData("node r!= x", Login)]
    // libauparse takes every name for 0.
    [InlineData("uid == daemon", Call)]
    public void Is_false(string expression, string record) => Assert.False(IsTrue(expression, record));

    [Theory]
    [InlineData("", 1, "the end where a field, '\\', '!' or '(' is expected")]
    [InlineData("()", 2, "')' where a field, '\\', '!' or '(' is expected")]
    [InlineData("(type r= SYSCALL", 17, "the end where ')' is expected")]
    [InlineData("type r= SYSCALL)", 16, "')' without '('")]
    [InlineData("type", 5, "the end where an operator is expected: r= r!= i= i!= < <= == >= > !==")]
    [InlineData("pid r =5", 5, "'r' where an operator is expected: r= r!= i= i!= < <= == >= > !==")]
    [InlineData("success=no", 8, "'=' begins nothing")]
    [InlineData("type r=", 8, "the end where a value is expected: a word, or a text in quotes")]
    [InlineData("exe i= /bin/cat", 8, "'bin' where a value is expected: a word, or a text in quotes")]
    [InlineData("type r= SYSCALL pid r= 2", 17, "'pid' follows a whole expression: && or || is missing")]
    [InlineData("type r= \"SYSCALL", 9, "the closing \" is missing")]
    [InlineData("type r= \"SYS\\CALL\"", 13, "the escape '\\C' is unknown: \\\\ and \\\" are known")]
    [InlineData("type r= SYSCALL & pid r= 2", 17, "'&' begins nothing")]
    [InlineData("\\nothing == 1", 2, "no field '\\nothing': timestamp, timestamp_ex, record_type and regexp are known")]
    [InlineData("\\record_type == nothing", 17, "no record type 'nothing': a name such as SYSCALL, or a number up to 65535, is expected")]
    [InlineData("\\timestamp == 17.2", 17, "'.' begins nothing")]
    [InlineData("\\timestamp == \"17.2\"", 15, "'17.2' is no time: ts:SECONDS.MILLISECONDS is expected")]
    [InlineData("\\timestamp_ex == ts:1.2", 18, "'ts:1.2' is no time: ts:SECONDS.MILLISECONDS:SERIAL is expected")]
    [InlineData("exit < 0", 1, "'exit' has no value to compare: only users and groups have, use r= or i=")]
    [InlineData("uid == nobodyx", 8, "no user 'nobodyx': a name, a number or unset is expected")]
    [InlineData("type r= A && \\regexp \"((\"", 22, "the regular expression '((' can't be used: '(' without ')'")]
    public void A_fault_has_its_column(string expression, int column, string text)
    {
        var diagnostics = new DiagnosticBag();

        Assert.Null(new ExpressionCompiler(Host()).Compile(expression, diagnostics));

        Diagnostic fault = Assert.Single(diagnostics.All);
        Assert.Equal((column, text), (fault.Column, fault.Text));
    }

    [Fact]
    public void Lines_are_alternatives_and_every_fault_of_every_line_is_said()
    {
        var diagnostics = new DiagnosticBag();
        var compiler = new ExpressionCompiler(Host());
        Assert.NotNull(compiler.CompileLines(["# one", "", "type r= CWD", "  # two", "uid == 0"], "f", diagnostics));
        Assert.Empty(diagnostics.All);

        Assert.Null(compiler.CompileLines(["exit == 1 || ses == 1", "type r= CWD", "type"], "f", diagnostics));

        Assert.Equal(
            ["f:1:1: 'exit' has no value to compare: only users and groups have, use r= or i=", "f:1:14: 'ses' has no value to compare: only users and groups have, use r= or i=",
                "f:3:5: the end where an operator is expected: r= r!= i= i!= < <= == >= > !=="],
            diagnostics.All.Select(diagnostic => diagnostic.ToString()));
    }

    [Fact]
    public void Nothing_to_look_for_is_never_true()
    {
        RecordExpression? none = new ExpressionCompiler(Host()).CompileLines([], "f", new DiagnosticBag());

        Assert.True(Record.TryParse(Encoding.UTF8.GetBytes(Call), out Record record, out _));
        Assert.False(none!.IsTrue(record));
    }

    [Fact]
    public void Any_bytes_are_an_expression_or_have_a_fault()
    {
        string[] pieces = ["type", " r= ", "SYSCALL", "(", ")", "!", "&&", "||", "\\", "regexp", "\"", "/", "uid", " == ", "0", "timestamp", "ts:1.2", "[", "{", "\n", "é", "\u202e", "=", "i!=", "<"];
        Seeded.Repeat(3000, random =>
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var diagnostics = new DiagnosticBag();
            RecordExpression? expression = new ExpressionCompiler(Host()).Compile(text, diagnostics);
            Assert.Equal(expression is null, diagnostics.HasErrors);
            Assert.All(diagnostics.All, fault => Assert.InRange(fault.Column, 1, text.Length + 1));
            Assert.All(diagnostics.All, fault => Assert.DoesNotContain(fault.Text, char.IsControl));
        });
    }

    [Fact]
    public void Deep_parentheses_and_many_nots_do_no_harm()
    {
        var diagnostics = new DiagnosticBag();
        var compiler = new ExpressionCompiler(Host());

        Assert.Null(compiler.Compile(new string('(', 100_000), diagnostics));
        Assert.Equal("more than 200 parentheses inside each other", Assert.Single(diagnostics.All).Text);
        Assert.NotNull(compiler.Compile(new string('!', 100_000) + "type r= X", new DiagnosticBag()));
    }

    [Fact]
    public void Looking_at_a_record_allocates_nothing()
    {
        RecordExpression expression = Compile("type r= CWD || (auid i= bob && key i!= k2 && \\regexp /x86|syscall=[0-9]+/ && uid < 5 && \\timestamp > ts:1.0)");
        byte[] line = Encoding.UTF8.GetBytes(Enriched);

        Allocation.IsZero(() =>
        {
            for (int count = 0; count < 10_000; count++)
            {
                Record.TryParse(line, out Record record, out _);
                Assert.True(expression.IsTrue(record));
            }
        });
    }

    static bool IsTrue(string expression, string record)
    {
        Assert.True(Record.TryParse(Encoding.UTF8.GetBytes(record), out Record parsed, out _));
        return Compile(expression).IsTrue(parsed);
    }

    static RecordExpression Compile(string text)
    {
        var diagnostics = new DiagnosticBag();
        RecordExpression? expression = new ExpressionCompiler(Host()).Compile(text, diagnostics);
        Assert.Empty(diagnostics.All);
        return expression!;
    }

    static TestHost Host() => new("root:x:0:0::/root:/bin/sh\ndaemon:x:1:1::/:/bin/false\n");
}
