using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Linux.Sockets;

namespace Akashi.Daemon.Status;

/// <summary>Metrics at a port of the loopback address: the least of HTTP that a scraper needs.</summary>
/// <remarks>
/// Many scrapers at once (<see cref="AskerLoop"/>): a request of at most 8 KB within two seconds, <c>GET /metrics</c> and nothing else (404, 405, 400), an
/// answer with its length, and the connection is closed. Whoever is on the machine may ask: nothing but counts is told, no names but those of plugins.
/// </remarks>
public sealed class MetricsServer : IDisposable
{
    const int RequestBytesMax = 8192;

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    readonly Func<byte[]> _metrics;
    readonly AskerLoop _loop;

    /// <summary>Listens, and answers from now on.</summary>
    /// <param name="port">1 to 65535; 0 for one that is free.</param>
    /// <param name="metrics">Gives the text.</param>
    /// <param name="clock">Measures how long a scraper takes; null for the machine's.</param>
    /// <exception cref="AuditException">The port can't be had.</exception>
    public MetricsServer(int port, Func<byte[]> metrics, TimeProvider? clock = null)
    {
        _metrics = metrics;
        var socket = ListeningSocket.AtLoopback(port);
        Port = socket.Port;
        _loop = new AskerLoop("metrics", socket, RequestBytesMax, s_patience, Answer, clock);
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <inheritdoc/>
    public void Dispose() => _loop.Dispose();

    /// <summary>The answer to a request.</summary>
    /// <param name="request">Any bytes: what came until an empty line, or less.</param>
    /// <param name="metrics">Gives the text.</param>
    public static byte[] Answer(ReadOnlySpan<byte> request, Func<byte[]> metrics)
    {
        int end = request.IndexOf("\r\n"u8);
        string[] words = end < 0 ? [] : Encoding.Latin1.GetString(request[..end]).Split(' ');
        if (words.Length != 3 || !words[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
            return Compose("400 Bad Request", "not a request\n"u8);
        if (words[0] != "GET")
            return Compose("405 Method Not Allowed", "GET only\n"u8);
        return words[1] == "/metrics" || words[1].StartsWith("/metrics?", StringComparison.Ordinal)
            ? Compose("200 OK", metrics())
            : Compose("404 Not Found", "it is /metrics\n"u8);
    }

    static byte[] Compose(string status, ReadOnlySpan<byte> body) =>
    [
        .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status}\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n")),
        .. body,
    ];

    byte[]? Answer(StreamConnection scraper, ReadOnlySpan<byte> request, bool isEnd)
    {
        bool isWhole = request.IndexOf("\r\n\r\n"u8) >= 0;
        if (!isWhole && !isEnd)
            return null;
        return Answer(isWhole ? request : default, _metrics);
    }
}
