using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Akashi.Control;
using Akashi.Daemon.Status;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Status;

/// <summary>Metrics by Prometheus' text format and conventions, read by a naive parser of both.</summary>
public sealed partial class MetricsTests : IDisposable
{
    static readonly ServiceStatus s_status = new()
    {
        Program = "auditd",
        Version = "4.2.2",
        ReadsKernel = true,
        Since = DateTimeOffset.FromUnixTimeMilliseconds(1_795_246_203_456),
        LastWritten = DateTimeOffset.FromUnixTimeMilliseconds(1_795_246_203_456),
        WrittenBytes = 3_000_000_000_000,
        Losses = [new LossCount(LossSource.Kernel, 3), new LossCount(LossSource.Gap, 2, null, 0, 5)],
        Plugins = [new PluginStatus("a\"b\\c\nd", true, 1, 2, 400, 3, 4), new PluginStatus("second", false, 0, 0, 400, 0, 0)],
        Kernel = new AuditStatus(1, 1, 7, 0, 8192, 3, 2, 0, 0, 0),
    };

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_text_is_what_a_scraper_reads()
    {
        Dictionary<string, double> samples = Parse(Encoding.UTF8.GetString(MetricsText.Write(s_status)));

        Assert.Equal(1, samples["akashi_recording"]);
        Assert.Equal(1_795_246_203.456, samples["akashi_start_time_seconds"]);
        Assert.Equal(3_000_000_000_000, samples["akashi_written_bytes_total"]);
        Assert.Equal(3, samples["akashi_lost_total{source=\"kernel\"}"]);
        Assert.Equal(7, samples["akashi_lost_total{source=\"gap\"}"]);
        Assert.Equal(5, samples["akashi_late_total{source=\"gap\"}"]);
        Assert.Equal(3, samples["akashi_plugin_dropped_records_total{plugin=\"a\\\"b\\\\c\\nd\"}"]);
        Assert.Equal(2, samples["akashi_kernel_backlog_records"]);
    }

    [Fact]
    public void Where_the_disk_refuses_nothing_is_recorded() => Assert.Equal(
        0, Parse(Encoding.UTF8.GetString(MetricsText.Write(s_status with { HasDiskError = true })))["akashi_recording"]);

    [Fact]
    public void The_file_is_replaced_whole_and_read_by_all()
    {
        MetricsFile.Write(_folder["akashi.prom"], "a 1\n"u8.ToArray());
        MetricsFile.Write(_folder["akashi.prom"], "a 2\n"u8.ToArray());

        Assert.Equal("a 2\n", File.ReadAllText(_folder["akashi.prom"]));
        Assert.Equal([_folder["akashi.prom"]], Directory.GetFiles(_folder.Path));
        Assert.True(File.GetUnixFileMode(_folder["akashi.prom"]).HasFlag(UnixFileMode.OtherRead));
        Assert.Throws<TrailException>(() => MetricsFile.Write(_folder["none/akashi.prom"], []));
    }

    [Fact]
    public async Task A_port_of_the_loopback_address_answers_a_scraper()
    {
        using var server = new MetricsServer(0, () => "akashi_recording 1\n"u8.ToArray());
        using var client = new HttpClient();

        using HttpResponseMessage answer = await client.GetAsync($"http://127.0.0.1:{server.Port}/metrics", TestContext.Current.CancellationToken);

        Assert.Equal("akashi_recording 1\n", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
    }

    [Theory]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 ")]
    [InlineData("GET /metrics?x=1 HTTP/1.0\r\n\r\n", "HTTP/1.1 200 ")]
    [InlineData("GET /metricsx HTTP/1.1\r\n\r\n", "HTTP/1.1 404 ")]
    [InlineData("POST /metrics HTTP/1.1\r\n\r\n", "HTTP/1.1 405 ")]
    [InlineData("GET /metrics\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("", "HTTP/1.1 400 ")]
    public void Requests_are_answered_by_what_they_are(string request, string answer) =>
        Assert.StartsWith(answer, Encoding.ASCII.GetString(MetricsServer.Answer(Encoding.ASCII.GetBytes(request), () => [])));

    [Fact]
    public void Damaged_requests_never_throw() => Seeded.Repeat(1000, random =>
        MetricsServer.Answer(Mutations.Damage("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"u8, random), () => []));

    // As promtool check metrics: HELP, TYPE, samples of one metric in one block; counters and they alone end in _total; no sample twice.
    static Dictionary<string, double> Parse(string text)
    {
        var samples = new Dictionary<string, double>();
        var seen = new HashSet<string>();
        string name = "", type = "";
        Assert.EndsWith("\n", text);
        foreach (string line in text[..^1].Split('\n'))
        {
            string[] words = line.Split(' ', 4);
            if (words[0] == "#" && words[1] == "HELP")
            {
                Assert.True(seen.Add(words[2]), line);
                Assert.NotEmpty(words[3]);
                name = words[2];
                Assert.Matches("^[a-z][a-z0-9_]*$", name);
            }
            else if (words[0] == "#")
            {
                Assert.Equal(("TYPE", name), (words[1], words[2]));
                type = words[3];
                Assert.Contains(type, (string[])["counter", "gauge"]);
                Assert.Equal(type == "counter", name.EndsWith("_total", StringComparison.Ordinal));
            }
            else
            {
                Match sample = Sample().Match(line);
                Assert.True(sample.Success, line);
                Assert.Equal(name, sample.Groups[1].Value);
                samples.Add(sample.Groups[1].Value + sample.Groups[2].Value, double.Parse(sample.Groups[3].Value, CultureInfo.InvariantCulture));
            }
        }

        return samples;
    }

    [GeneratedRegex("""^([a-z0-9_]+)(\{(?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+\})? ([0-9.]+)$""")]
    private static partial Regex Sample();
}
