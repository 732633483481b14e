using System.Text;
using System.Text.Json;
using Akashi.Events;
using Akashi.Formats;
using Akashi.Output;
using Akashi.Records;
using Akashi.Search;
using Akashi.Testing;
using Akashi.Trail;

using Record = Akashi.Records.Record;

namespace Akashi.Tests.Formats;

public class JsonEventsTests
{
    static readonly JsonSchema s_schema = new("event.schema.json");

    public static TheoryData<string> Logs => [.. TestLogs.Names];

    [Trait("Category", "Long")]
    [Theory]
    [MemberData(nameof(Logs))]
    public void Every_event_of_a_real_log_follows_the_schema_and_keeps_its_bytes(string name)
    {
        int count = Check(TestLogs.Bytes(name));

        Assert.True(count >= 20, $"{count} events");
    }

    [Trait("Category", "Long")]
    [Fact]
    public void Damaged_events_do_too() => Seeded.Repeat(200, random =>
    {
        string[] names = [.. TestLogs.Names];
        byte[] log = TestLogs.Bytes(names[random.Next(names.Length)]);
        int start = random.Next(log.Length);
        Check(Mutations.Damage(log[start..Math.Min(log.Length, start + 20_000)], random));
    });

    [Fact]
    public void A_command_is_whole_its_name_joined_and_its_key_split()
    {
        JsonElement found = Only(
            "type=SYSCALL msg=audit(1700000000.123:7): arch=c000003e syscall=59 success=yes exit=0 auid=1000 uid=0 ses=3 exe=\"/usr/bin/cat\" key=61016220",
            "type=EXECVE msg=audit(1700000000.123:7): argc=3 a0=\"cat\" a1_len=8 a1[0]=C3",
            "type=EXECVE msg=audit(1700000000.123:7): a1[1]=A974C3A9 a2=\"x y\"",
            "type=CWD msg=audit(1700000000.123:7): cwd=\"/etc\"",
            "type=PATH msg=audit(1700000000.123:7): item=0 name=\"passwd\" nametype=NORMAL",
            "type=PROCTITLE msg=audit(1700000000.123:7): proctitle=63617400C3A974C3A900");

        Assert.Equal("1700000000.123:7", found.GetProperty("id").GetString());
        Assert.Equal("2023-11-14T22:13:20.123Z", found.GetProperty("time").GetString());
        Assert.Equal(["a", "b "], Strings(found.GetProperty("keys")));
        Assert.Equal(3, found.GetProperty("command").GetProperty("argc").GetInt32());
        Assert.Equal(["cat", "été", "x y"], Strings(found.GetProperty("command").GetProperty("argv")));
        Assert.Equal(["cat", "été"], Strings(found.GetProperty("proctitle")));
        Assert.Equal("/etc/passwd", found.GetProperty("paths")[0].GetProperty("path").GetString());
        Assert.Equal("alice", found.GetProperty("normalised").GetProperty("subject").GetProperty("primary").GetString());
        Assert.Equal("executed", found.GetProperty("normalised").GetProperty("action").GetString());
        JsonElement call = found.GetProperty("records")[0].GetProperty("fields").GetProperty("syscall");
        Assert.Equal("59", call.GetProperty("raw").GetString());
        Assert.Equal("execve", call.GetProperty("text").GetString());
    }

    [Fact]
    public void What_a_program_says_stands_apart_and_names_stay_distinct()
    {
        JsonElement found = Only("type=USER_AUTH msg=audit(1700000000.001:8): pid=5 uid=0 pid=6 msg='op=login uid=1000 x#2=7 x=1 x=2 res=failed'\u001dUID=\"root\"");

        JsonElement record = found.GetProperty("records")[0];
        Assert.Equal("5", record.GetProperty("fields").GetProperty("pid").GetProperty("raw").GetString());
        Assert.Equal("6", record.GetProperty("fields").GetProperty("pid#2").GetProperty("raw").GetString());
        Assert.Equal("0", record.GetProperty("fields").GetProperty("uid").GetProperty("raw").GetString());
        Assert.Equal("1000", record.GetProperty("message").GetProperty("uid").GetProperty("raw").GetString());
        Assert.Equal("2", record.GetProperty("message").GetProperty("x#2").GetProperty("raw").GetString());
        Assert.Equal("7", record.GetProperty("message").GetProperty("#782332").GetProperty("raw").GetString());
        Assert.Equal("UID=\"root\"", record.GetProperty("enrichment").GetString());
    }

    [Fact]
    public void Words_between_fields_stand_there_too()
    {
        JsonElement found = Only("type=AVC msg=audit(1700000000.001:9): avc:  denied  { read write } for  pid=5 comm=\"x\" permissive=0");

        Assert.Equal("avc:  denied  { read write } for", found.GetProperty("records")[0].GetProperty("words").GetString());
    }

    [Fact]
    public void Bytes_that_are_no_text_come_back_and_none_steers_a_terminal()
    {
        byte[] line = [.. "type=USER_CMD msg=audit(1700000000.001:9): msg='cmd=\"a"u8, 0xFF, 0x1B, (byte)'[', 0x7F, .. "\u009B\u202E\" res=success'"u8];

        byte[] json = Write(line);

        Assert.DoesNotContain(json, value => value is 0x1B or 0x7F);
        string text = Encoding.UTF8.GetString(json);
        Assert.DoesNotContain('\u009B', text);
        Assert.DoesNotContain('\u202E', text);
        JsonElement field = JsonDocument.Parse(json).RootElement.GetProperty("records")[0].GetProperty("message").GetProperty("cmd");
        Assert.Equal("\"a\uFFFD\u001B[\u007F\u009B\u202E\"", field.GetProperty("raw").GetString());
        Assert.Equal([(byte)'"', (byte)'a', 0xFF, 0x1B, (byte)'[', 0x7F, .. "\u009B\u202E\""u8], field.GetProperty("raw_base64").GetBytesFromBase64());
    }

    // Without names and errors' words, which a host makes anew: root has its name from a table.
    [Fact]
    public void Nothing_is_allocated_per_record()
    {
        const string Event =
            "type=SYSCALL msg=audit(#): arch=c000003e syscall=59 success=yes exit=0 a0=1 a1=2 a2=3 items=2 ppid=1 pid=2 auid=4294967295 uid=0 gid=0 tty=(none) ses=4294967295 comm=\"cat\" exe=\"/usr/bin/cat\" key=61016220\n"
            + "type=EXECVE msg=audit(#): argc=2 a0=\"cat\" a1_len=4 a1[0]=C3A9 a1[1]=C3A9\ntype=CWD msg=audit(#): cwd=\"/etc\"\n"
            + "type=PATH msg=audit(#): item=0 name=\"passwd\" inode=5 mode=0100644 ouid=0 nametype=NORMAL\ntype=PROCTITLE msg=audit(#): proctitle=63617400C3A9\n";
        byte[] log = [.. Enumerable.Range(0, 24_000).SelectMany(index => Encoding.UTF8.GetBytes(Event.Replace("#", $"{1_700_000_000 + (index / 20)}.{index % 20 * 50:000}:{index}")))];
        var search = new TrailSearch(new TrailReader(new MemoryStream(log)), new SearchPlan([]), new EventAssembler());
        var format = new JsonEvents(new TestHost());
        using var output = new Utf8Output(Stream.Null);
        void Pass()
        {
            for (int count = 0; count < 2_000; count++)
            {
                Assert.True(search.TryNext(out AuditEvent? next));
                format.Write(next, output);
            }
        }
        Pass();

        Allocation.IsZero(Pass);
    }

    static int Check(byte[] log)
    {
        var search = new TrailSearch(new TrailReader(new MemoryStream(log)), new SearchPlan([]), new EventAssembler());
        var format = new JsonEvents(new TestHost());
        int count = 0;
        while (search.TryNext(out AuditEvent? next))
        {
            using var stream = new MemoryStream();
            using (var output = new Utf8Output(stream))
                format.Write(next, output);
            byte[] json = stream.ToArray();
            Assert.Equal(json.Length - 1, json.AsSpan().IndexOf((byte)'\n'));
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            Assert.Null(s_schema.Check(document.RootElement));
            AssertSameFields(next, document.RootElement.GetProperty("records"));
            count++;
        }

        return count;
    }

    static void AssertSameFields(AuditEvent auditEvent, JsonElement records)
    {
        Assert.Equal(auditEvent.Count, records.GetArrayLength());
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            List<byte[]> raw = [];
            foreach (Field field in record.Fields)
                raw.Add(field.Value.ToArray());
            List<byte[]> written = [];
            foreach (string part in (string[])["fields", "message"])
            {
                if (records[index].TryGetProperty(part, out JsonElement fields))
                    written.AddRange(fields.EnumerateObject().Select(field => BytesOf(field.Value, "raw")));
            }

            Assert.Equal(raw, written);
            Assert.Equal(record.Enrichment.ToArray(), records[index].TryGetProperty("enrichment", out _) ? BytesOf(records[index], "enrichment") : []);
        }
    }

    static byte[] BytesOf(JsonElement owner, string name) => owner.TryGetProperty(name + "_base64", out JsonElement exact)
        ? exact.GetBytesFromBase64()
        : Encoding.UTF8.GetBytes(owner.GetProperty(name).GetString()!);

    static JsonElement Only(params string[] lines)
    {
        byte[] json = Write([.. lines.SelectMany(line => Encoding.UTF8.GetBytes(line + "\n"))]);
        JsonElement found = JsonDocument.Parse(json).RootElement;
        Assert.Null(s_schema.Check(found));
        return found;
    }

    static byte[] Write(byte[] log)
    {
        var search = new TrailSearch(new TrailReader(new MemoryStream(log)), new SearchPlan([]), new EventAssembler());
        Assert.True(search.TryNext(out AuditEvent? found));
        var stream = new MemoryStream();
        using (var output = new Utf8Output(stream))
            new JsonEvents(new TestHost("root:x:0:0::/:/bin/sh\nalice:x:1000:1000::/:/bin/sh\n")).Write(found, output);
        return stream.ToArray();
    }

    static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];
}
