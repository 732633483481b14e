using System.Text;
using Akashi.Daemon.Plugins;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Plugins;

public class PluginFramesTests
{
    [Fact]
    public void Records_come_out_as_they_went_in_however_the_input_is_cut()
    {
        Seeded.Repeat(200, random =>
        {
            List<(ushort Type, byte Version, string Text)> records = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => RandomRecord(random))];
            byte[] bytes = [.. records.SelectMany(Encode)];

            Assert.Equal(records, Read(new ChoppedStream(bytes, random, 5000)));
        });
    }

    [Fact]
    public void Any_bytes_end_in_records_or_a_fault()
    {
        Seeded.Repeat(500, random =>
        {
            byte[] bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            foreach (int index in Enumerable.Range(0, bytes.Length).Where(_ => random.Next(4) == 0))
                bytes[index] = (byte)random.Next(2);
            int start = 0;
            while (start < bytes.Length)
            {
                int taken = PluginFrames.Take(bytes.AsSpan(start), isAtEnd: true, out PluginRecord record);
                Assert.InRange(taken, -1, bytes.Length - start);
                Assert.True(record.Text.Length <= Math.Max(taken, 0));
                if (taken <= 0)
                    break;
                start += taken;
            }
        });
    }

    [Fact]
    public void A_line_without_end_is_cut_and_goes_on()
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)'x', 200_000), (byte)'\n', .. "type=A\n"u8];

        List<(ushort Type, byte Version, string Text)> read = Read(new MemoryStream(bytes));

        Assert.All(read, record => Assert.InRange(record.Text.Length, 1, PluginFrames.TextBytesMax));
        Assert.Equal("type=A", read[^1].Text);
    }

    [Theory]
    [InlineData(2u, 16u, 1300u, 1u)]
    [InlineData(0u, 15u, 1300u, 1u)]
    [InlineData(1u, 16u, 70_000u, 1u)]
    [InlineData(1u, 16u, 1300u, 60_001u)]
    public void A_header_that_contradicts_itself_is_a_fault(uint version, uint header, uint type, uint size)
    {
        byte[] bytes = [.. BitConverter.GetBytes(version), .. BitConverter.GetBytes(header), .. BitConverter.GetBytes(type), .. BitConverter.GetBytes(size), 1];
        if (version > 1)
            bytes[0] = 1;
        bytes[1] = (byte)(version > 1 ? 1 : 0);

        Assert.Equal(-1, PluginFrames.Take(bytes, isAtEnd: false, out _));
    }

    [Fact]
    public void A_bare_text_becomes_a_whole_line()
    {
        byte[] line = new byte[200];
        int length = new PluginRecord(1300, 0, "audit(1.000:1): a"u8).WriteLine(line);
        Assert.Equal("type=SYSCALL msg=audit(1.000:1): a\n", Encoding.ASCII.GetString(line, 0, length));

        length = new PluginRecord(1300, 1, "type=SYSCALL msg=audit(1.000:1): a"u8).WriteLine(line);
        Assert.Equal("type=SYSCALL msg=audit(1.000:1): a\n", Encoding.ASCII.GetString(line, 0, length));
    }

    [Theory]
    [InlineData("", 8, 6, false)]
    [InlineData("LOG_ERR LOG_WARNING", 8, 4, false)]
    [InlineData("interpret LOG_LOCAL7 LOG_EMERG", 184, 0, true)]
    [InlineData("LOG_AUTHPRIV", 80, 6, false)]
    public void Words_of_audisp_syslog_come_in_any_order(string words, int facility, int priority, bool interprets) =>
        Assert.Equal(
            new SyslogOptions(facility, priority, interprets),
            SyslogOptions.Parse(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), out _));

    static List<(ushort Type, byte Version, string Text)> Read(Stream stream)
    {
        var input = new PluginInput(stream);
        var read = new List<(ushort, byte, string)>();
        while (!input.IsAtEnd)
        {
            while (input.TryPeek(out PluginRecord record))
            {
                read.Add((record.Type, record.Version, Encoding.ASCII.GetString(record.Text)));
                input.Release();
            }

            input.Wait(TimeSpan.FromSeconds(1));
        }

        Assert.Null(input.Fault);
        return read;
    }

    static (ushort Type, byte Version, string Text) RandomRecord(Random random)
    {
        string text = "t" + new string('y', random.Next(random.Next(10) == 0 ? 50_000 : 300));
        return random.Next(2) == 0 ? ((ushort)0, (byte)1, text) : ((ushort)random.Next(1, 3000), (byte)random.Next(2), text);
    }

    static byte[] Encode((ushort Type, byte Version, string Text) record)
    {
        byte[] text = Encoding.ASCII.GetBytes(record.Text);
        if (record.Type == 0)
            return [.. text, (byte)'\n'];
        byte[] header = new byte[PluginFrames.HeaderBytes];
        PluginFrames.WriteHeader(header, record.Version, record.Type, text.Length);
        return [.. header, .. text];
    }
}
