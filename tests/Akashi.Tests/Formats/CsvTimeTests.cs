using Akashi.Formats;

namespace Akashi.Tests.Formats;

public class CsvTimeTests
{
    [Fact]
    public void Days_are_those_of_the_calendar()
    {
        for (var day = new DateTime(1, 1, 1, 0, 0, 0, DateTimeKind.Utc); day.Year < 9999; day = day.AddDays(13))
            Assert.Equal((day - DateTime.UnixEpoch).Days, CsvTime.DaysSinceEpoch(day.Year, day.Month, day.Day));
    }

    // date -u -d @253402300800: the first second after the last that DateTime knows.
    [Fact]
    public void A_year_of_five_digits_has_days_too() => Assert.Equal(253_402_300_800 / 86_400, CsvTime.DaysSinceEpoch(10_000, 1, 1));
}
