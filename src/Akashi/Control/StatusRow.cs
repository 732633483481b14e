using System.Globalization;
using Akashi.Host;

namespace Akashi.Control;

/// <summary>Puts the values of a line into a status.</summary>
/// <returns>False where one of them isn't what it should be.</returns>
delegate bool TryReadRow(ReadOnlySpan<string> values, ref ServiceStatus status);

/// <summary>One kind of line of the text of a status.</summary>
/// <param name="Name">Its first word.</param>
/// <param name="ValueCount">How many values follow.</param>
/// <param name="Write">The values of each of its lines.</param>
/// <param name="TryRead">Reads one line.</param>
sealed record StatusRow(string Name, int ValueCount, Func<ServiceStatus, IEnumerable<string[]>> Write, TryReadRow TryRead)
{
    public static StatusRow Text(string name, Func<ServiceStatus, string> get, Func<ServiceStatus, string, ServiceStatus> set) => new(
        name, 1, status => [[ServiceStatusText.Escape(get(status))]],
        (ReadOnlySpan<string> values, ref ServiceStatus status) =>
        {
            if (!ServiceStatusText.TryUnescape(values[0], out string text))
                return false;
            status = set(status, text);
            return true;
        });

    public static StatusRow Number(string name, Func<ServiceStatus, long> get, Func<ServiceStatus, long, ServiceStatus> set, long max = long.MaxValue) => new(
        name, 1, status => [[Text(get(status))]],
        (ReadOnlySpan<string> values, ref ServiceStatus status) =>
        {
            if (!TryNumber(values[0], out long number) || number > max)
                return false;
            status = set(status, number);
            return true;
        });

    public static StatusRow YesNo(string name, Func<ServiceStatus, bool> get, Func<ServiceStatus, bool, ServiceStatus> set) =>
        Number(name, status => get(status) ? 1 : 0, (status, value) => set(status, value == 1), max: 1);

    public static StatusRow Time(string name, Func<ServiceStatus, DateTimeOffset?> get, Func<ServiceStatus, DateTimeOffset, ServiceStatus> set) => new(
        name, 1, status => get(status) is { } time ? [[Text(time)]] : [],
        (ReadOnlySpan<string> values, ref ServiceStatus status) =>
        {
            if (!TryTime(values[0], out DateTimeOffset time))
                return false;
            status = set(status, time);
            return true;
        });

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Text(double number) => number.ToString("F3", CultureInfo.InvariantCulture);

    public static string Text(DateTimeOffset time) => Text(time.ToUnixTimeMilliseconds());

    /// <summary>A number from 0 on.</summary>
    public static bool TryNumber(string word, out long number) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>A number from 0 to 10^15, with or without decimals.</summary>
    public static bool TryDecimal(string word, out double number) =>
        double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && number is >= 0 and <= 1e15;

    public static bool TryTime(string word, out DateTimeOffset time)
    {
        // 9999-12-31, the last that the type holds.
        const long MillisecondsMax = 253_402_300_799_999;
        time = default;
        if (!TryNumber(word, out long milliseconds) || milliseconds > MillisecondsMax)
            return false;
        time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return true;
    }

    /// <summary>The numbers of a kernel's status, in the order of struct audit_status.</summary>
    public static string[] Text(in AuditStatus kernel) =>
        [.. new uint[]
        {
            kernel.Enabled, kernel.Failure, kernel.Pid, kernel.RateLimit, kernel.BacklogLimit, kernel.Lost, kernel.Backlog,
            kernel.FeatureBitmap, kernel.BacklogWaitTime, kernel.BacklogWaitTimeActual,
        }.Select(number => Text(number))];

    public static bool TryKernel(ReadOnlySpan<string> values, out AuditStatus kernel)
    {
        kernel = default;
        Span<uint> numbers = stackalloc uint[10];
        for (int index = 0; index < numbers.Length; index++)
        {
            if (!uint.TryParse(values[index], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[index]))
                return false;
        }

        kernel = new AuditStatus(
            numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[7], numbers[8], numbers[9]);
        return true;
    }
}
