using System.Text;
using Akashi.Diagnostics;
using Akashi.Events;
using Akashi.Records;
using Akashi.Search;
using Akashi.Search.Query;
using Akashi.Testing;
using Akashi.Trail;

using Record = Akashi.Records.Record;

namespace Akashi.Tests.Search.Query;

/// <summary>Random queries over pieces of real logs, some damaged: what needles and plans find is what a look at every event finds.</summary>
public class QueryPropertyTests
{
    const string Accounts = "root:x:0:0::/:/bin/sh\ntester:x:1001:1001::/:/bin/sh\nubuntu:x:1000:1000::/:/bin/sh\n";

    static readonly string[] s_texts =
        ["exec", "etc", "passwd", "/etc/passwd", "/usr/bin/sudo", "sudo", "sshd", "pts1", "root", "tester", "é", "ls -l", "-bash", "software-installer", "(null)", "/usr", "id"];

    static readonly string[] s_terms =
    [
        "key=%", "key=*%*", "key~%", "exe=%", "exe=*%*", "exe~%", "comm=%", "comm=%*", "file=%", "file=*%", "file~%", "command=%", "command~%", "command=*%*",
        "user=%", "auid=%", "uid=root", "auid=unset", "gid=%", "any=%", "any~%", "terminal=%", "host=%", "host=127.0.0.1", "cwd=%", "name=*%*", "proctitle~%", "acct=%",
        "who=%", "object=%", "how=*%*", "result=failed", "action=*open*", "raw.comm=%", "a1=%", "a0=*%*", "cmd=%", "subj~%",
    ];

    [Fact]
    public void Finds_what_a_look_at_every_event_finds() => Seeded.Repeat(400, random =>
    {
        byte[] log = Piece(random);
        if (random.Next(3) == 0)
            log = Mutations.Damage(log, random);
        string query = Query(random, depth: 0);

        List<string> found = Find(log, Compile(query).ToPlan());
        Func<AuditEvent, bool> holds = Naive(query);
        List<string> expected = Find(log, new SearchPlan([]), holds);

        Assert.True(expected.SequenceEqual(found), $"{query}: {expected.Count} expected, {found.Count} found");
    });

    [Fact]
    public void Simple_terms_mean_what_they_say() => Seeded.Repeat(100, random =>
    {
        byte[] log = Piece(random);
        string text = s_texts[random.Next(s_texts.Length)];
        (string query, Func<AuditEvent, bool> holds) = random.Next(4) switch
        {
            0 => ($"exe=\"{text}\"", Has("exe", text)),
            1 => ($"comm=\"{text}\"", Has("comm", text)),
            2 => ($"pid={random.Next(5000)}", (Func<AuditEvent, bool>)(_ => false)),
            _ => ("type=CWD", found => Enumerable.Range(0, found.Count).Any(index => found[index].TypeName.SequenceEqual("CWD"u8))),
        };
        if (query.StartsWith("pid", StringComparison.Ordinal))
            holds = Has("pid", query[4..]);

        Assert.Equal(Find(log, new SearchPlan([]), holds), Find(log, Compile(query).ToPlan()));
    });

    // and, or and not as they are read, term by term, each compiled by itself and asked of every event.
    static Func<AuditEvent, bool> Naive(string query)
    {
        QueryNode? node = QueryParser.Parse(query, text => new QueryTimes(new TestHost()).IsTime(text), new DiagnosticBag());
        return Naive(node!, query);
    }

    static Func<AuditEvent, bool> Naive(QueryNode node, string query)
    {
        switch (node)
        {
            case QueryAnd and:
                Func<AuditEvent, bool>[] all = [.. and.Parts.Select(part => Naive(part, query))];
                return found => all.All(part => part(found));
            case QueryOr or:
                Func<AuditEvent, bool>[] any = [.. or.Parts.Select(part => Naive(part, query))];
                return found => any.Any(part => part(found));
            case QueryNot not:
                Func<AuditEvent, bool> denied = Naive(not.Part, query);
                return found => !denied(found);
            default:
                QueryToken token = ((QueryTerm)node).Token;
                IReadOnlyList<EventCondition> conditions = Compile(query.Substring(token.Column - 1, token.Length)).Conditions;
                return found => conditions.All(condition => condition.Matches(found));
        }
    }

    // Without the readers: fields split here, quotes off, hex decoded.
    static Func<AuditEvent, bool> Has(string name, string text) => found =>
    {
        for (int index = 0; index < found.Count; index++)
        {
            string line = Encoding.Latin1.GetString(found[index].Line);
            foreach (string word in line.Split(' ', '\''))
            {
                if (!word.StartsWith(name + "=", StringComparison.Ordinal))
                    continue;
                string value = word[(name.Length + 1)..].Split('\u001d')[0].TrimEnd(',', ':', ')');
                if (value == text || value == $"\"{text}\"" || value.Equals(Convert.ToHexString(Encoding.UTF8.GetBytes(text)), StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    };

    static string Query(Random random, int depth)
    {
        if (depth == 3 || random.Next(3) == 0)
            return Term(random);
        return random.Next(4) switch
        {
            0 => $"not {Query(random, depth + 1)}",
            1 => $"({Query(random, depth + 1)} or {Query(random, depth + 1)})",
            2 => $"({Query(random, depth + 1)} and {Query(random, depth + 1)})",
            _ => $"{Query(random, depth + 1)} {Query(random, depth + 1)}",
        };
    }

    static string Term(Random random)
    {
        string[] numbers = [$"pid={random.Next(9000)}", $"pid>{random.Next(9000)}", $"ses={random.Next(4)}", $"syscall={random.Next(100)}", "syscall=execve", "syscall=openat", "exit=ENOENT", "exit=0",
            "exit<0", "type=EXECVE", "type=USER_*", "a2=0x241", "mode=0100644", $"serial={random.Next(9000)}", "sudo", "\"ls -l\"", "success=yes", "res=failed"];
        if (random.Next(3) == 0)
            return numbers[random.Next(numbers.Length)];
        string term = s_terms[random.Next(s_terms.Length)], text = s_texts[random.Next(s_texts.Length)];
        if (term.Contains('~', StringComparison.Ordinal))
            text = System.Text.RegularExpressions.Regex.Escape(text);
        return term.Contains('*', StringComparison.Ordinal) || !text.Contains(' ', StringComparison.Ordinal)
            ? term.Replace("%", text.Replace(" ", "*"), StringComparison.Ordinal)
            : term.Replace("%", '\'' + text + '\'', StringComparison.Ordinal);
    }

    static CompiledQuery Compile(string query)
    {
        var diagnostics = new DiagnosticBag();
        return new QueryCompiler(new TestHost(Accounts), diagnostics).Compile(query) ?? throw new InvalidOperationException($"{query}: {diagnostics.All[0]}");
    }

    static byte[] Piece(Random random)
    {
        string[] names = [.. TestLogs.Names];
        byte[] log = TestLogs.Bytes(names[random.Next(names.Length)]);
        int start = random.Next(log.Length);
        return log[start..Math.Min(log.Length, start + random.Next(50_000))];
    }

    static List<string> Find(byte[] log, SearchPlan plan, Func<AuditEvent, bool>? holds = null)
    {
        var search = new TrailSearch(new TrailReader(new MemoryStream(log)), plan, new EventAssembler());
        var found = new List<string>();
        while (search.TryNext(out AuditEvent? match))
        {
            if (holds is null || holds(match))
                found.Add(match.Stamp.ToString() + " " + match.Count);
        }

        return found;
    }
}
