using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Akashi.Host;
using Akashi.Linux.Time;
using Akashi.Testing;

namespace Akashi.Linux.Tests.Time;

/// <summary>Compares with date(1) for zones and locales. They're the process's own, so these tests run one after
/// another.</summary>
public sealed partial class LinuxLocalTimeTests : IDisposable
{
    static readonly long[] s_times =
        [0, 1, 951782400, 1626611363, 1774746000, 1774749600, 1792976400, 1792980000, 2147483648, 4102444799, -86400];

    readonly string? _zone = Environment.GetEnvironmentVariable("TZ");

    public void Dispose()
    {
        if (_zone is null)
            _ = unsetenv("TZ");
        else
            _ = setenv("TZ", _zone, 1);
        _ = unsetenv("LC_ALL");
        _ = unsetenv("LOCPATH");
        tzset();
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Asia/Tokyo")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/St_Johns")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("XXX-5:45")]
    public void Dates_are_those_of_date(string zone)
    {
        LinuxLocalTime local = InZone(zone, "C.utf8");
        foreach (long time in s_times)
        {
            foreach (string format in (string[])["%x %X", "%c", "%Y-%m-%d %H:%M:%S %z %Z", "%a %b %d"])
                Assert.Equal(Date(zone, "C.utf8", time, format), Format(local, format, time));
        }
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/St_Johns")]
    public void Local_time_leads_back_to_the_second_it_came_from(string zone)
    {
        LinuxLocalTime local = InZone(zone, "C");
        foreach (long time in s_times)
        {
            LocalDateTime broken = local.ToLocal(time);
            Assert.Equal(time, local.ToUnixSeconds(broken));
            Assert.Equal(Date(zone, "C", time, "%Y %-m %-d %-H %-M %-S %w"), string.Create(
                CultureInfo.InvariantCulture,
                $"{broken.Year} {broken.Month} {broken.Day} {broken.Hour} {broken.Minute} {broken.Second} {broken.DayOfWeek}"));
        }
    }

    [Fact]
    public void Fields_out_of_range_are_carried_over()
    {
        LinuxLocalTime local = InZone("Europe/Berlin", "C");

        // Expected: date -d '2026-03-01 00:00:00' +%s in Europe/Berlin.
        string expected = ProgramOutput.Of("date", ["-d", "2026-03-01 00:00:00", "+%s"], ("TZ", "Europe/Berlin"));
        long seconds = local.ToUnixSeconds(new LocalDateTime(2026, 2, 28, 24, 0, 0, 0, -1));

        Assert.Equal(long.Parse(expected, CultureInfo.InvariantCulture), seconds);
    }

    // Results of strptime(3) of glibc 2.36 in the C locale, asked in a C program.
    [Theory]
    [InlineData("07/18/21", "%x", 2021)]
    [InlineData("07/18/70", "%x", 1970)]
    [InlineData("7/18/2021", "%m/%d/%Y", 2021)]
    public void Text_is_read_over_the_fields_of_the_start(string text, string format, int year)
    {
        LinuxLocalTime local = InZone("UTC", "C");

        Assert.True(local.TryParse(text, format, new LocalDateTime(2026, 11, 21, 9, 8, 7, 6, 0), out LocalDateTime result));
        Assert.Equal((year, 7, 18, 9, 8, 7), (result.Year, result.Month, result.Day, result.Hour, result.Minute, result.Second));
    }

    [Theory]
    [InlineData("07/18/21x", "%x")]
    [InlineData("07/18/21 ", "%x")]
    [InlineData("07/18/2021", "%x")]
    [InlineData("18.07.2021", "%x")]
    [InlineData("", "%x")]
    [InlineData("07/18/21\0", "%x")]
    [InlineData("13/01/21", "%x")]
    public void Whole_text_must_follow_the_format(string text, string format)
    {
        LinuxLocalTime local = InZone("UTC", "C");

        Assert.False(local.TryParse(text, format, new LocalDateTime(2026, 11, 21, 9, 8, 7, 6, 0), out _));
    }

    [Fact]
    public void Destination_that_is_too_short_receives_nothing()
    {
        LinuxLocalTime local = InZone("UTC", "C");

        Assert.Equal(0, local.Format("%Y-%m-%d", 0, new byte[9]));
        Assert.Equal(10, local.Format("%Y-%m-%d", 0, new byte[10]));
    }

    [Trait("Category", "Long")]
    [Theory]
    [InlineData("de_DE", "ISO-8859-1")]
    [InlineData("ja_JP", "EUC-JP")]
    [InlineData("fr_FR", "UTF-8")]
    public void Locale_of_another_encoding_is_written_and_read_as_UTF8(string language, string codeset)
    {
        Assert.SkipUnless(Directory.Exists("/usr/share/i18n/locales"), "no sources of locales (package locales)");
        string directory = Directory.CreateTempSubdirectory("akashi-locale-").FullName;
        try
        {
            ProgramOutput.Of("localedef", ["-i", language, "-f", codeset, Path.Combine(directory, "test")]);
            LinuxLocalTime local = InZone("Asia/Tokyo", "test", directory);

            // March: Maerz with an umlaut, and kanji.
            const long March = 1772600000;
            byte[] theirs = Encoding.Latin1.GetBytes(DateBytes("Asia/Tokyo", "test", March, "%A %d %B %x %X", directory));
            string expected = Convert(theirs, codeset);
            string written = Format(local, "%A %d %B %x %X", March);

            Assert.Equal(expected, written);
            Assert.True(local.TryParse(Format(local, "%d %B %Y", March), "%d %B %Y", local.ToLocal(0), out LocalDateTime read));
            Assert.Equal((2026, 3, 4), (read.Year, read.Month, read.Day));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Writing_a_date_allocates_nothing()
    {
        LinuxLocalTime local = InZone("Europe/Berlin", "C");
        byte[] destination = new byte[64];
        local.Format("%x %X", 0, destination);
        Allocation.IsZero(() =>
        {
            for (int time = 0; time < 1000; time++)
            {
                local.Format("%x %X", time, destination);
                local.ToLocal(time);
            }
        });
    }

    static LinuxLocalTime InZone(string zone, string locale, string? directory = null)
    {
        _ = setenv("TZ", zone, 1);
        _ = setenv("LC_ALL", locale, 1);
        if (directory is not null)
            _ = setenv("LOCPATH", directory, 1);
        return new LinuxLocalTime();
    }

    static string Format(LinuxLocalTime local, string format, long time)
    {
        byte[] destination = new byte[256];
        return Encoding.UTF8.GetString(destination.AsSpan(0, local.Format(format, time, destination)));
    }

    static string Date(string zone, string locale, long time, string format)
        => ProgramOutput.Of("date", ["-d", $"@{time}", "+" + format], ("TZ", zone), ("LC_ALL", locale));

    // The bytes of date(1) in any encoding, by way of base64.
    static string DateBytes(string zone, string locale, long time, string format, string directory)
    {
        string encoded = ProgramOutput.Of(
            "sh", ["-c", $"date -d @{time} '+{format}' | base64 -w0"], ("TZ", zone), ("LC_ALL", locale), ("LOCPATH", directory));
        return Encoding.Latin1.GetString(System.Convert.FromBase64String(encoded)).TrimEnd('\n');
    }

    static string Convert(byte[] bytes, string codeset)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, bytes);
            return ProgramOutput.Of("iconv", ["-f", codeset, "-t", "UTF-8", file]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unsetenv(string name);

    [LibraryImport("libc")]
    private static partial void tzset();
}
