using System.Text;
using Akashi.Host;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Time;

/// <summary>Dates by the C library: TZ or /etc/localtime, LC_TIME.</summary>
/// <remarks>
/// The locale is taken from the environment when the first date is asked for, so that a tool that shows none doesn't
/// load it. Only LC_CTYPE and LC_TIME are: the words of error numbers and the decimal point stay those of the C locale.
/// For use from several threads.
/// </remarks>
sealed unsafe class LinuxLocalTime : ILocalTime
{
    // Longer than any date: strftime's own results are under 100 bytes in every locale of glibc.
    const int TextLengthMax = 1024;

    readonly Lock _lock = new();
    CodesetConverter? _converter;
    bool _isReady;

    /// <inheritdoc/>
    public LocalDateTime ToLocal(long unixSeconds)
    {
        tm time = Break(unixSeconds);
        return FromTm(time);
    }

    /// <inheritdoc/>
    public long ToUnixSeconds(LocalDateTime local)
    {
        Prepare();
        tm time = ToTm(local);
        return mktime(&time);
    }

    /// <inheritdoc/>
    public int Format(string format, long unixSeconds, Span<byte> destination)
    {
        tm time = Break(unixSeconds);
        byte* pattern = stackalloc byte[TextLengthMax];
        byte* text = stackalloc byte[TextLengthMax];
        if (!TryEncode(format, new Span<byte>(pattern, TextLengthMax)))
            throw new ArgumentException($"the format has {format.Length} characters, expected at most {TextLengthMax / 3}", nameof(format));
        int length = (int)strftime(text, TextLengthMax, pattern, &time);
        var written = new ReadOnlySpan<byte>(text, length);
        if (_converter is { } converter)
        {
            lock (_lock)
                return converter.ToUtf8(written, destination);
        }

        return written.TryCopyTo(destination) ? length : 0;
    }

    /// <inheritdoc/>
    public bool TryParse(string text, string format, LocalDateTime start, out LocalDateTime result)
    {
        Prepare();
        result = default;
        byte* pattern = stackalloc byte[TextLengthMax];
        byte* input = stackalloc byte[TextLengthMax];
        if (!TryEncode(format, new Span<byte>(pattern, TextLengthMax)) || !TryEncode(text, new Span<byte>(input, TextLengthMax)))
            return false;
        tm time = ToTm(start);
        byte* end = strptime(input, pattern, &time);
        if (end == null || *end != 0)
            return false;
        result = FromTm(time);
        return true;
    }

    tm Break(long unixSeconds)
    {
        Prepare();
        tm time;

        // Fails only for years beyond what an int holds.
        if (localtime_r(&unixSeconds, &time) == null)
            throw new ArgumentOutOfRangeException(nameof(unixSeconds), unixSeconds, "expected a year of at most 2147483647");
        return time;
    }

    void Prepare()
    {
        if (Volatile.Read(ref _isReady))
            return;
        lock (_lock)
        {
            if (_isReady)
                return;
            _ = setlocale(LC_CTYPE, "");
            _ = setlocale(LC_TIME, "");
            tzset();
            _converter = CodesetConverter.ForLocale();
            Volatile.Write(ref _isReady, true);
        }
    }

    // Writes the text in the locale's encoding, ended by NUL.
    bool TryEncode(string text, Span<byte> destination)
    {
        if (text.Contains('\0'))
            return false;
        Span<byte> utf8 = stackalloc byte[TextLengthMax];
        if (!Encoding.UTF8.TryGetBytes(text, utf8[..^1], out int length))
            return false;
        utf8 = utf8[..length];
        if (_converter is not { } converter || !utf8.ContainsAnyExceptInRange((byte)0, (byte)0x7F))
        {
            utf8.CopyTo(destination);
            destination[length] = 0;
            return true;
        }

        lock (_lock)
            length = converter.FromUtf8(utf8, destination[..^1]);
        destination[length] = 0;
        return length > 0;
    }

    static LocalDateTime FromTm(in tm time) => new(
        time.tm_year + 1900, time.tm_mon + 1, time.tm_mday, time.tm_hour, time.tm_min, time.tm_sec, time.tm_wday, time.tm_isdst);

    static tm ToTm(in LocalDateTime local) => new()
    {
        tm_year = local.Year - 1900,
        tm_mon = local.Month - 1,
        tm_mday = local.Day,
        tm_hour = local.Hour,
        tm_min = local.Minute,
        tm_sec = local.Second,
        tm_wday = local.DayOfWeek,
        tm_isdst = local.IsDaylight,
    };
}
