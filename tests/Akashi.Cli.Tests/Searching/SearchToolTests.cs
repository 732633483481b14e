using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Akashi.Cli.Searching;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Searching;

/// <summary>akashi search over the real logs, and over made events where those have none.</summary>
public sealed class SearchToolTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Words_of_a_query_may_be_arguments_or_one()
    {
        string log = Real("server.log");

        SearchRun apart = SearchRun.Of("--input", log, "user=tester", "and", "type=USER_CMD", "--format", "raw");
        SearchRun together = SearchRun.Of("--input", log, "--format", "raw", "user=tester and type=USER_CMD");

        Assert.Equal(0, apart.ExitCode);
        Assert.Equal(4, apart.Lines.Length);
        Assert.All(apart.Lines, line => Assert.StartsWith("type=USER_CMD ", line));
        Assert.Equal(apart.Output, together.Output);
    }

    [Fact]
    public void Nothing_found_is_1_and_a_fault_is_2()
    {
        Assert.Equal((1, "", ""), Of(SearchRun.Of("--input", Real("server.log"), "key=nothing")));
        Assert.Equal((2, "", "akashi search: no field is called 'usre'\n  key=a usre=b\n        ^^^^\nhint: did you mean user?\n"), Of(SearchRun.Of("key=a", "usre=b")));
        Assert.Equal((2, "", "akashi search: --since: 'lunch' is no time\nhint: write 2026-11-20, '2026-11-20 10:30', 2026-11-20T10:30:05Z, 10:30, 'yesterday 10:30', 2h, '3 days ago', @1626611363, now, recent, this-hour, today, yesterday, this-week, week-ago, this-month, this-year, boot, start\n"),
            Of(SearchRun.Of("--since", "lunch")));
        Assert.Equal((2, "", "akashi search: unknown format 'xml': line, text, json, csv, raw, interpreted\nhint: akashi search --help lists the options\n"), Of(SearchRun.Of("--format", "xml")));
        SearchRun missing = SearchRun.Of("--input", "/nowhere/audit.log");
        Assert.Equal((2, ""), (missing.ExitCode, missing.Output));
        Assert.StartsWith("akashi search: cannot open /nowhere/audit.log: ", missing.Error);
    }

    [Fact]
    public void Csv_follows_the_rfc_with_the_columns_that_were_asked_for()
    {
        string log = Made("type=USER_CMD msg=audit(1700000000.250:1): pid=5 uid=0 auid=1001 ses=2 msg='cmd=7072696E74662022612C62220A exe=\"/usr/bin/sudo\" terminal=pts/1 res=success'");

        SearchRun run = SearchRun.Of("--input", log, "--format", "csv", "--fields", "time,auid,cmd,res,key");

        Assert.Equal("time,auid,cmd,res,key\r\n2023-11-14T22:13:20.250Z,tester,\"printf \"\"a,b\"\"\n\",success,\r\n", run.Output);
    }

    [Fact]
    public void Nothing_found_says_why_that_may_be()
    {
        const string Doubt = "akashi search: warning: 'exe' is mostly a program with its directory\n  exe=sudo\n      ^^^^\nhint: write exe=*/sudo\n";
        string log = Made("type=USER_CMD msg=audit(1700000000.250:1): pid=5 uid=0 auid=1001 ses=2 msg='exe=\"/usr/bin/sudo\" acct=\"gone\" res=success'");

        Assert.Equal((1, "", Doubt), Of(SearchRun.Of("--input", log, "exe=sudo")));
        Assert.Equal((1, "", Doubt), Of(SearchRun.Of("--input", log, "exe=sudo", "--newest")));
        Assert.Equal((1, "", "akashi search: no event matches\n" + Doubt), Of(SearchRun.Of(new SearchRun.Stage { HasErrorTerminal = true }, "--input", log, "exe=sudo")));
        Assert.Equal((0, "1\n", ""), Of(SearchRun.Of("--input", log, "user=gone", "--count")));
    }

    [Fact]
    public void Times_that_are_the_wrong_way_round_are_refused()
    {
        SearchRun run = SearchRun.Of("--input", Real("server.log"), "--since", "today", "--until", "yesterday");

        Assert.Equal((2, "", "akashi search: --until 'yesterday' is before --since 'today': no event can match\n"), Of(run));
        Assert.Equal(2, SearchRun.Of("--input", Real("server.log"), "--since", "today", "until", "yesterday").ExitCode);
    }

    [Theory]
    [InlineData("--count", "--top", "exe")]
    [InlineData("--top", "exe", "--count-by", "day")]
    [InlineData("--count-by", "minute", "-c")]
    public void One_way_of_counting_at_a_time(params string[] options) =>
        Assert.Equal((2, "", "akashi search: --count, --count-by and --top can't be had together: choose one\nhint: akashi search --help lists the options\n"), Of(SearchRun.Of(options)));

    [Fact]
    public void A_directory_needs_an_audit_log()
    {
        Directory.CreateDirectory(_folder["empty"]);

        SearchRun run = SearchRun.Of("--input", _folder["empty"]);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"akashi search: cannot open {_folder["empty"]}/audit.log: ", run.Error);
        Assert.EndsWith($"\nhint: a directory needs an audit.log; name other logs one by one: --input {_folder["empty"]}/FILE\n", run.Error);
    }

    [Fact]
    public void Trail_is_input_and_json_a_format() => Assert.Equal(
        Of(SearchRun.Of("--input", Real("server.log"), "type=EXECVE", "--format", "json", "--limit", "2")),
        Of(SearchRun.Of("--trail", Real("server.log"), "type=EXECVE", "--json", "--limit", "2")));

    [Fact]
    public void Nothing_is_suggested_where_nothing_is_near() => Assert.Equal(
        "akashi search: --fields: no field is called 'foo'\nhint: a field that no table knows is searched as raw.foo; akashi search --help lists the others\n",
        SearchRun.Of("--input", Real("server.log"), "--format", "csv", "--fields", "user,foo").Error);

    // By Unicode's rule of maximal parts: 0xFF is one, so is the cut letter E3 81.
    [Fact]
    public void Csv_is_utf8_whatever_the_trail_holds()
    {
        string log = Made("type=USER_CMD msg=audit(1700000000.250:1): pid=5 uid=0 auid=1001 ses=2 msg='cmd=61FF62E3812CC3A9 res=success'");

        SearchRun rows = SearchRun.Of("--input", log, "--format", "csv", "--fields", "cmd");
        SearchRun counts = SearchRun.Of("--input", log, "--format", "csv", "--top", "cmd");

        Assert.Equal("cmd\r\n\"a\uFFFDb\uFFFD,é\"\r\n"u8, rows.Bytes);
        Assert.Equal("count,cmd\r\n1,\"a\uFFFDb\uFFFD,é\"\r\n"u8, counts.Bytes);
    }

    [Fact]
    public void Csv_has_its_header_where_nothing_is_found()
    {
        SearchRun run = SearchRun.Of("--input", Real("server.log"), "--format", "csv", "--fields", "exe,pid", "key=nothing");

        Assert.Equal((1, "exe,pid\r\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public void Json_is_a_line_for_each_event()
    {
        SearchRun run = SearchRun.Of("--input", Real("server.log"), "--format", "json", "type=EXECVE", "--limit", "20");

        Assert.Equal(20, run.Lines.Length);
        Assert.All(run.Lines, line => Assert.NotEqual(0, JsonDocument.Parse(line).RootElement.GetProperty("command").GetProperty("argv").GetArrayLength()));
    }

    [Fact]
    public void The_newest_are_the_last_turned_round()
    {
        string log = Real("server.log");

        string[] all = SearchRun.Of("--input", log, "--format", "csv", "--fields", "id", "type=EXECVE").Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        string[] newest = SearchRun.Of("--input", log, "--format", "csv", "--fields", "id", "type=EXECVE", "--newest", "-l", "5").Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(all[^5..].Reverse(), newest[1..]);
    }

    [Fact]
    public void A_pipe_is_read_and_its_newest_kept()
    {
        var input = new MemoryStream(TestLogs.Bytes("server.log"));
        SearchRun run = SearchRun.Of(new SearchRun.Stage { Input = input }, "type=EXECVE", "--newest", "--limit", "2", "--format", "csv", "--fields", "id");
        SearchRun unlimited = SearchRun.Of(new SearchRun.Stage { Input = new MemoryStream([]) }, "--newest");

        Assert.Equal(SearchRun.Of("--input", Real("server.log"), "type=EXECVE", "--newest", "--limit", "2", "--format", "csv", "--fields", "id").Output, run.Output);
        Assert.Equal(2, unlimited.ExitCode);
        Assert.Contains("it needs --limit N", unlimited.Error);
    }

    [Fact]
    public void Several_inputs_are_one_trail()
    {
        string first = Made("type=SYSCALL msg=audit(100.000:1): syscall=59 success=yes pid=7");
        string second = Made("type=CWD msg=audit(100.000:1): cwd=\"/root\"");

        SearchRun run = SearchRun.Of("-if", first, "-if", second, "pid=7", "--format", "raw");

        Assert.Equal(2, run.Lines.Length);
    }

    [Fact]
    public void A_directory_is_read_with_its_archives_and_damage_shows_in_the_code()
    {
        byte[] old = Encoding.UTF8.GetBytes("type=USER msg=audit(100.000:1): pid=1\n");
        using (var packed = new GZipStream(File.Create(_folder["audit.log.1.gz"]), CompressionMode.Compress))
            packed.Write(old);
        File.WriteAllText(_folder["audit.log"], "type=USER msg=audit(200.000:2): pid=1\n");

        Assert.Equal("serial\r\n1\r\n2\r\n", SearchRun.Of("--input", _folder.Path, "--format", "csv", "--fields", "serial").Output);
        Assert.Equal("serial\r\n2\r\n1\r\n", SearchRun.Of("--input", _folder.Path, "--format", "csv", "--fields", "serial", "-n").Output);

        byte[] archive = File.ReadAllBytes(_folder["audit.log.1.gz"]);
        File.WriteAllBytes(_folder["audit.log.1.gz"], archive[..^6]);
        SearchRun damaged = SearchRun.Of("--input", _folder.Path, "--count");
        Assert.Equal(2, damaged.ExitCode);
        Assert.Contains("akashi search: cannot read all of ", damaged.Error);
    }

    [Fact]
    public void Top_values_are_counted_once_an_event()
    {
        string log = Made(
            "type=SYSCALL msg=audit(100.000:1): syscall=59 exe=\"/bin/a\" key=\"k\"",
            "type=PATH msg=audit(100.000:1): name=\"/x\"",
            "type=PATH msg=audit(100.000:1): name=\"/x\"",
            "type=SYSCALL msg=audit(200.000:2): syscall=59 exe=\"/bin/b\"",
            "type=PATH msg=audit(200.000:2): name=\"/x\"",
            "type=PATH msg=audit(200.000:2): name=\"/y\\u001b[31m\"",
            "type=USER msg=audit(300.000:3): pid=1");

        Assert.Equal("   COUNT  FILE\n       2  /x\n       1  in 1 other values\n       1  without\n", SearchRun.Of("--input", log, "--top", "file", "--limit", "1").Output);
        Assert.Equal("count,exe\r\n1,/bin/a\r\n1,/bin/b\r\n", SearchRun.Of("--input", log, "--top", "exe", "--format", "csv").Output);
        Assert.Equal("{\"count\":1,\"exe\":\"/bin/a\"}\n{\"count\":1,\"exe\":\"/bin/b\"}\n", SearchRun.Of("--input", log, "--top", "exe", "--format", "json").Output);
    }

    [Fact]
    public void Counts_over_time_show_gaps_and_bars_on_a_terminal()
    {
        string log = Made(
            "type=USER msg=audit(1700000000.000:1): pid=1", "type=USER msg=audit(1700000001.000:2): pid=1",
            "type=USER msg=audit(1700007300.000:3): pid=1", "type=USER msg=audit(1700900000.000:4): pid=1");

        Assert.Equal(
            "2023-11-14 22:00         2\n2023-11-14 23:00         0\n2023-11-15 00:00         1\n...                      0\n2023-11-25 08:00         1\n",
            SearchRun.Of("--input", log, "--count-by", "hour").Output);
        Assert.Equal("time,count\r\n2023-11-14,2\r\n2023-11-15,1\r\n2023-11-25,1\r\n", SearchRun.Of("--input", log, "--count-by", "day", "--format", "csv").Output);
        Assert.Equal("4\n", SearchRun.Of("--input", log, "--count").Output);
        string[] bars = SearchRun.Of(new SearchRun.Stage { IsTerminal = true }, "--input", log, "--count-by", "day", "--color", "never").Lines;
        Assert.True(bars[0].Length > bars[1].Length + 10 && bars[0].Length <= 80, bars[0]);
    }

    [Fact]
    public void Windows_are_searched_together()
    {
        string log = Made(
            "type=USER msg=audit(1700000000.000:1): pid=1", "type=USER msg=audit(1700000100.000:2): pid=1", "type=USER msg=audit(1700000200.500:3): pid=1",
            "type=USER msg=audit(1700000300.000:4): pid=1");

        Assert.Equal("serial\r\n1\r\n3\r\n", SearchRun.Of("--input", log, "--window", "..@1700000000", "--window", "@1700000200..@1700000200", "--format", "csv", "--fields", "serial").Output);
        Assert.Equal("serial\r\n2\r\n3\r\n", SearchRun.Of("--input", log, "--since", "@1700000001", "--until", "@1700000200.5", "--format", "csv", "--fields", "serial").Output);
        Assert.Equal(2, SearchRun.Of("--window", "@1700000300..@1700000200").ExitCode);
    }

    [Fact]
    public void Following_ends_by_a_signal_after_what_is_there()
    {
        string log = Real("server.log");

        SearchRun run = SearchRun.Of(new SearchRun.Stage { IsInterrupted = true, Host = new LinuxHost() }, "--follow", "--input", log, "since start type=USER_CMD", "--format", "raw");

        Assert.Equal((0, 4), (run.ExitCode, run.Lines.Length));
    }

    [Theory]
    [InlineData("line")]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("raw")]
    [InlineData("interpreted")]
    public void No_control_byte_reaches_a_terminal(string format)
    {
        string log = Made(
            "type=SYSCALL msg=audit(100.000:1): arch=c000003e syscall=59 success=yes exe=1B5D303B781B5C comm=\"a\u001b[2J\u009b\" key=1B5B324A",
            "type=EXECVE msg=audit(100.000:1): argc=2 a0=1B5B324A a1=\"\u202e\u007f\"",
            "type=PATH msg=audit(100.000:1): name=1B5B324A");
        var stage = new SearchRun.Stage { IsTerminal = true };

        SearchRun run = SearchRun.Of(stage, "--input", log, "--format", format, "--color", "never", "comm~a");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain(run.Output, letter => (char.IsControl(letter) && letter is not ('\n' or '\r')) || letter == '\u202e');
        Assert.DoesNotContain(SearchRun.Of(stage, "--input", log, "--top", "exe").Output, letter => char.IsControl(letter) && letter != '\n');
    }

    [Fact]
    public void A_closed_pipe_is_success()
    {
        SearchRun run = SearchRun.Of(new SearchRun.Stage { Output = new ClosedStream() }, "--input", Real("server.log"), "--format", "json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public void The_plan_tells_what_is_looked_for()
    {
        string log = Real("server.log");

        Assert.Equal(
            [
                "query     key=passwd and not pid=1", "times     2026-11-20T00:00:00.000Z to the end", "looks at  events with a line that holds one of",
                "            passwd", "            706173737764", $"reads     {log} ({new FileInfo(log).Length / 1e6:0.0} MB)",
                "time seek no: the logs are small, or not in order, or begin within the times",
            ],
            SearchRun.Of("--input", log, "--plan", "--since", "yesterday", "key=passwd and not pid=1").Lines);
    }

    // A record whose stamp ran ahead, between two samples, is what a seek may miss: docs/time-seek.md.
    [Fact]
    public void Scan_all_reads_what_a_seek_passes_over_and_the_plan_tells_of_it()
    {
        const int Lines = 300_000;
        var text = new StringBuilder();
        for (int index = 0; index < Lines; index++)
        {
            text.Append($"type=USER_CMD msg=audit({1700000000 + index}.000:{index + 1}): pid=5 uid=0 auid=1001 ses=2 res=success\n");
            if (index == Lines / 10)
                text.Append($"type=USER_CMD msg=audit({1700000000 + Lines + 5}.000:999999): pid=77 uid=0 auid=1001 ses=2 res=success\n");
        }

        string log = Made(text.ToString());
        string[] asked = ["--input", log, "--since", $"@{1700000000 + Lines - 100}", "--format", "raw"];

        Assert.Equal(100, SearchRun.Of(asked).Lines.Length);
        Assert.Equal(101, SearchRun.Of([.. asked, "--scan-all"]).Lines.Length);
        Assert.Matches("^time seek passes over the first [0-9]{2}\\.[0-9] MB; --scan-all reads them too$", SearchRun.Of([.. asked, "--plan"]).Lines[^1]);
        Assert.Equal("time seek no: --scan-all reads all", SearchRun.Of([.. asked, "--plan", "--scan-all"]).Lines[^1]);
    }

    [Fact]
    public void Terms_and_columns_have_a_limit()
    {
        string log = Real("articles.log");
        string terms = string.Join(" or ", Enumerable.Repeat("pid=1", 1000)), fields = string.Join(',', Enumerable.Repeat("pid", 256));

        Assert.NotEqual(2, SearchRun.Of("--input", log, terms).ExitCode);
        SearchRun many = SearchRun.Of("--input", log, terms + " or pid=1");
        Assert.Equal(2, many.ExitCode);
        Assert.StartsWith("akashi search: more than 1000 terms\n", many.Error);
        Assert.NotEqual(2, SearchRun.Of("--input", log, "--format", "csv", "--fields", fields).ExitCode);
        Assert.Equal((2, "", "akashi search: --fields: 257 fields, and at most 256 are printed\n"), Of(SearchRun.Of("--input", log, "--format", "csv", "--fields", fields + ",pid")));
    }

    [Fact]
    public void Help_has_examples_that_can_be_run()
    {
        string help = string.Join(' ', SearchRun.Of("--help").Lines.Select(line => line.Trim()));
        string[] examples = [.. SearchManual.Make().Examples.Select(example => example.Term)];

        Assert.True(examples.Length >= 8);
        foreach (string example in examples.Where(line => !line.Contains("--follow")))
        {
            string[] words = Words(example.Split(" | ")[0]);
            Assert.InRange(SearchRun.Of(["--input", Real("articles.log"), .. words[2..]]).ExitCode, 0, 1);
        }

        Assert.All(examples, example => Assert.Contains(example, help, StringComparison.Ordinal));
    }

    [Fact]
    public void Options_that_contradict_are_refused()
    {
        Assert.Equal(2, SearchRun.Of("--follow", "--newest").ExitCode);
        Assert.Equal(2, SearchRun.Of("--count", "--newest").ExitCode);
        Assert.Equal(2, SearchRun.Of("--fields", "exe").ExitCode);
        Assert.Equal(2, SearchRun.Of("--limit", "0").ExitCode);
        Assert.Equal(2, SearchRun.Of("--top", "nothing").ExitCode);
        Assert.Equal(2, SearchRun.Of("--format", "csv", "--fields", "any").ExitCode);
    }

    static (int, string, string) Of(SearchRun run) => (run.ExitCode, run.Output, run.Error);

    // As a shell cuts words that have single quotes around them.
    static string[] Words(string line)
    {
        var words = new List<string>();
        string[] parts = line.Split('\'');
        for (int index = 0; index < parts.Length; index++)
        {
            if (index % 2 == 1)
                words.Add(parts[index]);
            else
                words.AddRange(parts[index].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        return [.. words];
    }

    string Real(string name)
    {
        string path = _folder[name];
        File.WriteAllBytes(path, TestLogs.Bytes(name));
        return path;
    }

    // Nine hours east: what is the 14th at 22:13 in UTC is the 15th there.
    [Fact]
    public void Counts_over_time_are_local_in_every_format()
    {
        string log = Made("type=USER msg=audit(1700000000.000:1): pid=1");
        var stage = new SearchRun.Stage { Host = new TestHost { LocalTime = new EasternTime() } };

        Assert.Equal("2023-11-15         1\n", SearchRun.Of(stage, "--input", log, "--count-by", "day").Output);
        Assert.Equal("time,count\r\n2023-11-15,1\r\n", SearchRun.Of(stage, "--input", log, "--count-by", "day", "--format", "csv").Output);
        Assert.Equal("{\"time\":\"2023-11-15\",\"count\":1}\n", SearchRun.Of(stage, "--input", log, "--count-by", "day", "--json").Output);
        Assert.Equal("{\"time\":\"2023-11-15 07:00\",\"count\":1}\n", SearchRun.Of(stage, "--input", log, "--count-by", "hour", "--json").Output);
    }

    string Made(params string[] lines)
    {
        string path = _folder[Guid.NewGuid() + ".log"];
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        return path;
    }

    sealed class ClosedStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");
    }
}
