using System.Diagnostics;
using System.Text;
using Akashi.Configuration;
using Akashi.Daemon.Remote;
using Akashi.Linux;
using Akashi.Remote;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>OpenSSL's own s_client and s_server as the other end, with certificates and with a shared key.</summary>
public sealed class OpensslTests : IDisposable
{
    const string Program = "/usr/bin/openssl";
    const string Key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    readonly TestAuthority _authority = new();
    readonly List<Process> _processes = [];

    public OpensslTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of keys have to be root's");
        Assert.SkipUnless(File.Exists(Program), "openssl isn't installed");
    }

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        _authority.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Its_client_gets_records_in_and_acknowledgements_out(bool isShared)
    {
        using ReceivingTrail trail = Receive(isShared, out string ours);
        Process client = Start($"s_client -quiet -tls1_3 -connect 127.0.0.1:{trail.Receiver.Port} {ours}");
        client.StandardInput.BaseStream.Write(ReceivingTrail.Message(7, ReceivingTrail.Record(1)));
        client.StandardInput.BaseStream.Flush();

        byte[] reply = new byte[RemoteHeader.Bytes];
        client.StandardOutput.BaseStream.ReadExactly(reply);
        Assert.True(RemoteHeader.TryRead(reply, out RemoteHeader header, out _));
        Assert.Equal((RemoteMessageType.Acknowledgement, 7u), (header.Type, header.Sequence));
        Assert.Equal([ReceivingTrail.Record(1)], trail.Lines);
    }

    [Theory]
    [InlineData("-tls1_2", "tls-version")]
    [InlineData("-tls1_3 -psk_identity other -psk " + Key, "tls-identity")]
    [InlineData("-tls1_3 -psk_identity web -psk 00112233445566778899aabbccddeeff00112233445566778899aabbccddeef0", "tls-psk")]
    [InlineData("-tls1_3", "tls-no-psk")]
    public void Its_client_is_refused_where_it_has_to_be(string options, string reason)
    {
        using ReceivingTrail trail = Receive(isShared: true, out _);
        Start($"s_client -quiet -connect 127.0.0.1:{trail.Receiver.Port} {options}");

        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ERR").Count > 0, "it isn't said");
        Assert.Contains($"op=remote-refused reason={reason} ", trail.OwnLines("DAEMON_ERR")[0]);
    }

    // It finishes its side, and may write, before it hears that it's refused.
    [Fact]
    public void Its_client_without_a_certificate_leaves_nothing()
    {
        using ReceivingTrail trail = Receive(isShared: false, out _);
        Process client = Start($"s_client -quiet -tls1_3 -connect 127.0.0.1:{trail.Receiver.Port}");
        client.StandardInput.BaseStream.Write(ReceivingTrail.Message(7, ReceivingTrail.Record(1)));
        client.StandardInput.BaseStream.Flush();

        ReceivingTrail.WaitFor(() => trail.OwnLines("DAEMON_ERR").Count > 0, "it isn't said");
        Assert.Contains("op=remote-refused reason=tls-no-certificate ", trail.OwnLines("DAEMON_ERR")[0]);
        Assert.Equal(-1, client.StandardOutput.BaseStream.ReadByte());
        Assert.Empty(trail.Lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Its_server_gets_what_our_sender_says(bool isShared)
    {
        TlsConfiguration server = _authority.Issue("collector.example");
        int port = FreePort();
        Process other = Start($"s_server -quiet -tls1_3 -accept {port} " + (isShared
            ? $"-nocert -psk_identity web -psk {Key}"
            : $"-cert {server.CertificateFile} -key {server.PrivateKeyFile} -CAfile {server.AuthorityFile} -Verify 1 -verify_return_error"));
        TlsConfiguration ours = isShared ? Shared() : _authority.Issue("web") with { ServerName = "collector.example" };
        using var sender = new RunningSender(port, ours, all => all with { RetrySeconds = 1 });
        sender.Give(ReceivingTrail.Record(1));

        // The hello of a sender: a heartbeat with text.
        byte[] hello = new byte[RemoteHeader.Bytes];
        other.StandardOutput.BaseStream.ReadExactly(hello);
        Assert.True(RemoteHeader.TryRead(hello, out RemoteHeader header, out _));
        Assert.Equal((RemoteMessageType.Heartbeat, 1u), (header.Type, header.Sequence));
        byte[] text = new byte[header.TextBytes];
        other.StandardOutput.BaseStream.ReadExactly(text);
        Assert.StartsWith("akashi 1 stream=", Encoding.ASCII.GetString(text));
        other.StandardInput.BaseStream.Write(ReceivingTrail.Message(1, "", RemoteMessageType.Acknowledgement));
        other.StandardInput.BaseStream.Flush();

        byte[] record = new byte[RemoteHeader.Bytes + ReceivingTrail.Record(1).Length];
        other.StandardOutput.BaseStream.ReadExactly(record);
        Assert.Equal(ReceivingTrail.Record(1), Encoding.ASCII.GetString(record.AsSpan(RemoteHeader.Bytes)));
        other.StandardInput.BaseStream.Write(ReceivingTrail.Message(2, "", RemoteMessageType.Acknowledgement));
        other.StandardInput.BaseStream.Flush();
        ReceivingTrail.WaitFor(() => sender.Sender.DescribeState().Contains("sent = 1\n"), () => sender.Said);
    }

    ReceivingTrail Receive(bool isShared, out string client)
    {
        TlsConfiguration server = isShared ? Shared() : _authority.Issue("collector.example"), ours = _authority.Issue("web");
        client = isShared
            ? $"-psk_identity web -psk {Key}"
            : $"-cert {ours.CertificateFile} -key {ours.PrivateKeyFile} -CAfile {ours.AuthorityFile} -verify_return_error -verify_hostname collector.example";
        return new ReceivingTrail(ReceivingTrail.Default with { Tls = TlsOpening.Open(new LinuxHost().Files, server, receives: true, _ => { }) });
    }

    TlsConfiguration Shared() => new() { Identity = "web", SharedKeyFile = _authority.WriteSecret($"psk{Random.Shared.Next()}", Key) };

    Process Start(string arguments)
    {
        var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        _processes.Add(process);
        return process;
    }

    static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
