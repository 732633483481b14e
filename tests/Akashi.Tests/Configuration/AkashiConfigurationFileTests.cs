using Akashi.Configuration;
using Akashi.Diagnostics;
using Akashi.Testing;

namespace Akashi.Tests.Configuration;

/// <summary>akashi.conf.</summary>
public class AkashiConfigurationFileTests
{
    [Fact]
    public void Every_key_is_taken()
    {
        AkashiConfiguration read = Parse("""
            # comment
            Control_Group = adm
            metrics_file = /var/lib/node_exporter/akashi.prom
            metrics_interval = 60
            metrics_port = 9911
            rotate_every = 6h
            compress = zstd
            compress_level = 19
            enrich_parent = yes
            enrich_unit = YES

            """, out DiagnosticBag diagnostics);

        Assert.Empty(diagnostics.All);
        Assert.Equal(
            new AkashiConfiguration { ControlGroup = "adm", MetricsFile = "/var/lib/node_exporter/akashi.prom", MetricsIntervalSeconds = 60, MetricsPort = 9911, RotateEveryHours = 6, Compresses = true, CompressLevel = 19, EnrichesParent = true, EnrichesUnit = true },
            read);
    }

    [Fact]
    public void An_empty_file_is_the_default() => Assert.Equal(new AkashiConfiguration(), Parse("", out _));

    [Theory]
    [InlineData("off", 0)]
    [InlineData("1h", 1)]
    [InlineData("12h", 12)]
    [InlineData("1d", 24)]
    public void Rotation_by_time_is_hours_that_divide_a_day(string word, int hours) => Assert.Equal(hours, Parse($"rotate_every = {word}", out _).RotateEveryHours);

    [Fact]
    public void Hours_that_do_not_divide_a_day_are_refused()
    {
        Parse("rotate_every = 5h", out DiagnosticBag diagnostics);

        Assert.StartsWith("akashi.conf:1: rotate_every is '5h', not ", Assert.Single(diagnostics.All).ToString());
    }

    [Fact]
    public void Every_fault_is_said_with_its_line_and_the_legal_values()
    {
        Parse("metrics_port = 70000\nmetrics_file = relative\nmetrics_interval=5\nnonsense = 1\n", out DiagnosticBag diagnostics);

        Assert.Equal(
            [
                "akashi.conf:1: metrics_port is '70000', not a number from 0 to 65535",
                "akashi.conf:2: metrics_file is 'relative', not an absolute path",
                "akashi.conf:3: 'metrics_interval=5' is not 'keyword = value', with blanks around the sign",
                "akashi.conf:4: unknown keyword 'nonsense'",
            ],
            diagnostics.All.Select(diagnostic => diagnostic.ToString()));
    }

    [Fact]
    public void Damaged_files_never_throw() => Seeded.Repeat(1000, random =>
        Parse(System.Text.Encoding.Latin1.GetString(Mutations.Damage("metrics_port = 9911\nmetrics_file = /a\n"u8, random)), out _));

    static AkashiConfiguration Parse(string text, out DiagnosticBag diagnostics)
    {
        diagnostics = new DiagnosticBag();
        return AkashiConfigurationFile.Parse(text, "akashi.conf", diagnostics);
    }
}
