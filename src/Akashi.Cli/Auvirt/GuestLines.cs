using System.Globalization;
using Akashi.Cli.Aulast;
using Akashi.Host;
using Akashi.Output;
using Akashi.Reports.Guests;

namespace Akashi.Cli.Auvirt;

/// <summary>Writes what happened to guests as auvirt does.</summary>
/// <remarks>
/// <code>
/// guest1                TAB root       TAB Tue Nov 14 22:13 - 23:36  (01:23
/// name 22                   user 11        start 16         end 15, cut there
/// </code>
/// </remarks>
sealed class GuestLines(ILocalTime localTime, Utf8Output output, AuvirtRequest request)
{
    const int KindColumns = 7;
    const int NameColumns = 22;
    const int UserColumns = 11;
    const int EndColumns = 15;
    const int ResourceColumns = 12;
    const int DetailColumns = 10;

    public void Write(GuestHistory guests)
    {
        if (request.ShowsSummary)
        {
            WriteSummary(guests);
            return;
        }

        foreach (GuestEvent guestEvent in guests.Events)
        {
            if (request.ShowsAll || guestEvent.Kind == GuestEventKind.Start)
                Write(guestEvent);
        }
    }

    void Write(GuestEvent guestEvent)
    {
        if (request.ShowsAll)
            output.Write(KindOf(guestEvent.Kind).PadRight(KindColumns));
        WriteColumn(guestEvent.Name, NameColumns);
        output.Write((byte)'\t');
        if (request.ShowsUuids)
        {
            output.WriteEscaped(guestEvent.Uuid);
            output.Write((byte)'\t');
        }

        WriteColumn(guestEvent.User, UserColumns);
        output.Write((byte)'\t');
        output.Write(ClassicDate.Format(localTime.ToLocal(guestEvent.Start)) + " ");
        string end = EndOf(guestEvent);
        output.Write(end.Length > EndColumns ? end[..EndColumns] : end.PadRight(EndColumns));
        WriteDetails(guestEvent);
        output.EndLine();
        if (request.ShowsProof)
            output.Write($"    Proof:{string.Join(',', guestEvent.Serials)}\n\n");
    }

    static string KindOf(GuestEventKind kind) => kind switch
    {
        GuestEventKind.Start => "start",
        GuestEventKind.Stop => "stop",
        GuestEventKind.Resource => "resrc",
        GuestEventKind.Avc => "avc",
        _ => "anom",
    };

    string EndOf(GuestEvent guestEvent)
    {
        if (guestEvent.IsFailure)
            return "- failed";
        if (guestEvent.End == 0)
            return "";
        LocalDateTime end = localTime.ToLocal(guestEvent.End);
        return string.Create(
            CultureInfo.InvariantCulture, $"- {end.Hour:00}:{end.Minute:00}  ({ClassicDate.Duration(guestEvent.End - guestEvent.Start)})");
    }

    void WriteDetails(GuestEvent guestEvent)
    {
        IReadOnlyList<byte[]> details = guestEvent.Details;
        if (details.Count == 0)
            return;
        bool isAvc = guestEvent.Kind == GuestEventKind.Avc;
        output.Write((byte)'\t');
        WriteColumn(isAvc ? details[0] : guestEvent.Resource, ResourceColumns);
        output.Write((byte)'\t');
        WriteColumn(details[isAvc ? 1 : 0], DetailColumns);
        for (int index = isAvc ? 2 : 1; index < details.Count; index++)
        {
            output.Write((byte)'\t');
            output.WriteEscaped(details[index]);
        }

        // The original has a column there that it never fills.
        if (isAvc)
            output.Write((byte)'\t');
    }

    void WriteSummary(GuestHistory guests)
    {
        IReadOnlyList<GuestEvent> events = guests.Events;
        string first = guests.First is { } start ? ClassicDate.Format(localTime.ToLocal(start)) : "undef";
        string last = guests.Last is { } end ? ClassicDate.Format(localTime.ToLocal(end)) : "undef";
        output.Write($"Range of time for report:       {first} - {last}\n");
        WriteCount("Number of guest starts:         ", events, GuestEventKind.Start);
        WriteCount("Number of guest stops:          ", events, GuestEventKind.Stop);
        WriteCount("Number of resource assignments: ", events, GuestEventKind.Resource);
        WriteCount("Number of related AVCs:         ", events, GuestEventKind.Avc);
        WriteCount("Number of related anomalies:    ", events, GuestEventKind.Anomaly);
        output.Write($"Number of failed operations:    {events.Count(guestEvent => guestEvent.IsFailure)}\n");
    }

    void WriteCount(string label, IReadOnlyList<GuestEvent> events, GuestEventKind kind) =>
        output.Write($"{label}{events.Count(guestEvent => guestEvent.Kind == kind && !guestEvent.IsFailure)}\n");

    void WriteColumn(ReadOnlySpan<byte> text, int columns)
    {
        if (text.Length > columns)
            text = text[..columns];
        output.WriteEscaped(text);
        for (int column = text.Length; column < columns; column++)
            output.Write((byte)' ');
    }
}
