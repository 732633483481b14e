using System.Net.Sockets;
using System.Text;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Audisp;

/// <summary>audisp-af_unix as a process, with programs that connect.</summary>
public sealed class AudispUnixTests : IDisposable
{
    const string Line = "type=TEST msg=audit(1700000001.100:11): pid=1 uid=0";

    readonly TemporaryFolder _folder = new();

    string Address => _folder["socket"];

    public void Dispose() => _folder.Dispose();

    [Trait("Category", "Long")]
    [Theory]
    [InlineData("string")]
    [InlineData("binary")]
    public void Every_program_gets_every_record(string format)
    {
        using PluginProgram plugin = Start("0600", Address, format);
        Socket[] programs = [.. Enumerable.Range(0, 20).Select(_ => Connect())];
        byte[] bare = Frame(0, 1120, "audit(1700000001.100:11): pid=1 uid=0");
        byte[] whole = Frame(1, 1120, Line);
        WaitForAll(plugin, programs);

        plugin.Input.Write([.. bare, .. whole]);
        plugin.Input.Flush();

        byte[] expected = format == "binary" ? [.. bare, .. whole] : Encoding.ASCII.GetBytes($"{Line}\n{Line}\n");
        Assert.All(programs, program => Assert.Equal(expected, Read(program, expected.Length)));
        Assert.Equal((0, "", ""), plugin.End());
        Assert.All(programs, program => Assert.Equal(0, program.Receive(new byte[1])));
        Assert.False(File.Exists(Address));
    }

    [Fact]
    public void Lines_come_through_as_they_are_and_in_binary_get_a_header()
    {
        using PluginProgram plugin = Start("0600", Address, "binary");
        using Socket program = Connect();
        WaitForAll(plugin, [program]);

        plugin.Send(Line + "\n");

        byte[] expected = Frame(1, 1120, Line);
        Assert.Equal(expected, Read(program, expected.Length));
    }

    [Fact]
    public void A_program_that_never_reads_harms_no_other()
    {
        using PluginProgram plugin = Start("0600", Address, "string", "100");
        using Socket hung = Connect();
        using Socket good = Connect();
        WaitForAll(plugin, [good, hung]);
        string line = "type=TEST msg=audit(1700000001.100:11): " + new string('x', 4000) + "\n";

        for (int count = 0; count < 1000; count++)
        {
            plugin.Send(line);
            Assert.Equal(line.Length, Read(good, line.Length).Length);
        }

        Assert.Equal((0, "", ""), plugin.End());
    }

    [Fact]
    public void One_that_goes_away_harms_no_other()
    {
        using PluginProgram plugin = Start("0600", Address);
        using Socket good = Connect();
        WaitForAll(plugin, [good]);

        for (int count = 0; count < 100; count++)
        {
            Connect().Dispose();
            plugin.Send(Line + "\n");
            Assert.Equal(Line + "\n", Encoding.ASCII.GetString(Read(good, Line.Length + 1)));
        }
    }

    [Fact]
    public void A_stale_socket_is_replaced_and_its_mode_is_as_asked()
    {
        using (var stale = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            stale.Bind(new UnixDomainSocketEndPoint(Address));
        }

        // .NET takes the name away with the socket.
        if (!File.Exists(Address))
        {
            using PluginProgram first = Start("0640", Address);
            WaitForMode(0x1A0);
            first.Signal(Signal.Interrupt);
            first.WaitForEnd();
            Assert.True(File.Exists(Address));
        }

        using PluginProgram plugin = Start("0620", Address);
        WaitForMode(0x190);
    }

    [Fact]
    public void A_socket_in_use_and_what_is_no_socket_are_left_alone()
    {
        using PluginProgram first = Start("0640", Address);
        WaitForMode(0x1A0);
        File.WriteAllText(_folder["file"], "kept");

        using PluginProgram second = Start("0640", Address);
        using PluginProgram third = Start("0640", _folder["file"]);

        Assert.Equal((1, "", $"audisp-af_unix: cannot listen at {Address}: another program does\n"), second.End());
        Assert.Equal((1, "", $"audisp-af_unix: cannot listen at {_folder["file"]}: there is something that is no socket\n"), third.End());
        Assert.Equal("kept", File.ReadAllText(_folder["file"]));
        Assert.False(first.HasExited);
    }

    [Fact]
    public void TERM_ends_it_while_the_input_is_open()
    {
        using PluginProgram plugin = Start("0640", Address);
        WaitForMode(0x1A0);

        plugin.Signal(Signal.Hangup);
        plugin.Signal(Signal.Terminate);

        Assert.Equal(0, plugin.WaitForEnd().ExitCode);
        Assert.False(File.Exists(Address));
    }

    [Theory]
    [InlineData("'x' is no mode: octal digits up to 0777", "x")]
    [InlineData("'1777' is no mode: octal digits up to 0777", "1777")]
    [InlineData("'text' is no format: string or binary", "0640", "/tmp/x", "text")]
    [InlineData("'0' is no depth: 1 to 99999", "0640", "/tmp/x", "string", "0")]
    [InlineData("too many arguments", "0640", "/tmp/x", "string", "10", "more")]
    public void Wrong_words_are_1(string message, params string[] arguments)
    {
        using PluginProgram plugin = Start(arguments);

        var (exitCode, _, error) = plugin.End();

        Assert.Equal((1, $"audisp-af_unix: {message}"), (exitCode, error.Split('\n')[0]));
    }

    [Fact]
    public void Input_that_is_no_protocol_is_1()
    {
        using PluginProgram plugin = Start("0640", Address);

        plugin.Input.Write([0, 0, 0, 0, 17, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]);

        Assert.Equal((1, "", "audisp-af_unix: what stands on standard input is neither lines nor the dispatcher's binary format\n"), plugin.End());
    }

    static PluginProgram Start(params string[] arguments) => new("audisp-af_unix", arguments);

    Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = (int)PluginProgram.Limit.TotalMilliseconds };
        PluginProgram.WaitFor(() => TryConnect(socket), "nobody listens");
        return socket;
    }

    bool TryConnect(Socket socket)
    {
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(Address));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // Connected is not yet accepted: records count from there on.
    static void WaitForAll(PluginProgram plugin, Socket[] programs)
    {
        foreach (Socket program in programs)
        {
            PluginProgram.WaitFor(
                () =>
                {
                    plugin.Send("probe\n");
                    return program.Poll(1000, SelectMode.SelectRead);
                },
                "nothing comes");
        }

        // What was sent before the last of them had one is read away by each to the mark.
        plugin.Send("mark\n");
        foreach (Socket program in programs)
            ReadThrough(program, "mark");
    }

    static void ReadThrough(Socket program, string mark)
    {
        var tail = new List<byte>();
        byte[] one = new byte[1];
        while (!Encoding.ASCII.GetString([.. tail]).EndsWith(mark, StringComparison.Ordinal))
        {
            Assert.Equal(1, program.Receive(one));
            tail.Add(one[0]);
            if (tail.Count > mark.Length)
                tail.RemoveAt(0);
        }

        // In the string format a line feed follows.
        if (program.Poll(200_000, SelectMode.SelectRead))
            program.Receive(one);
    }

    static byte[] Read(Socket program, int length)
    {
        byte[] bytes = new byte[length];
        for (int count = 0; count < length;)
        {
            int more = program.Receive(bytes, count, length - count, SocketFlags.None);
            Assert.NotEqual(0, more);
            count += more;
        }

        return bytes;
    }

    void WaitForMode(int mode) =>
        PluginProgram.WaitFor(() => File.Exists(Address) && File.GetUnixFileMode(Address) == (UnixFileMode)mode, "the socket does not come");

    static byte[] Frame(uint version, uint type, string text) =>
    [
        .. BitConverter.GetBytes(version), .. BitConverter.GetBytes(16u), .. BitConverter.GetBytes(type), .. BitConverter.GetBytes((uint)text.Length),
        .. Encoding.ASCII.GetBytes(text),
    ];
}
