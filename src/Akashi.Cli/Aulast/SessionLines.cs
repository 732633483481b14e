using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Output;
using Akashi.Reports.Logins;

namespace Akashi.Cli.Aulast;

/// <summary>Writes a session as aulast does.</summary>
/// <remarks>
/// <code>
/// root     tty1         10.0.0.2         Tue Nov 14 22:15 - 23:15  (1+01:00)
/// user 8   terminal 12  host 16          start 16         end
/// </code>
/// Dates are English whatever the locale, as ctime(3) writes them; those of the proof are the locale's.
/// </remarks>
sealed class SessionLines(IHost host, Utf8Output output, bool showsProof)
{
    const int NameColumns = 8;
    const int TerminalColumns = 12;
    const int HostColumns = 16;
    const int DateBytesMax = 128;

    readonly long _now = host.Clock.GetUtcNow().ToUnixTimeSeconds();

    public void Write(LoginSession session)
    {
        WriteName(session);
        WriteColumn(session.Terminal, TerminalColumns);
        WriteColumn(session.Host, HostColumns);
        output.Write(ClassicDate.Format(host.LocalTime.ToLocal(session.Start)) + " ");
        WriteEnd(session);
        output.EndLine();
        if (showsProof)
            WriteProof(session);
    }

    // A failed login that named nobody has its user's number, as "%-8.u" prints it: nothing for 0.
    void WriteName(LoginSession session)
    {
        if (session.IsFailure && session.Name.Length == 0)
        {
            string number = session.Auid == 0 ? "" : session.Auid.ToString(CultureInfo.InvariantCulture);
            output.Write(number.PadRight(NameColumns) + " ");
            return;
        }

        WriteColumn(session.Name, NameColumns);
    }

    void WriteColumn(ReadOnlySpan<byte> text, int columns)
    {
        if (text.Length > columns)
            text = text[..columns];
        output.WriteEscaped(text);
        for (int column = text.Length; column <= columns; column++)
            output.Write((byte)' ');
    }

    void WriteEnd(LoginSession session)
    {
        switch (session.Status)
        {
            case LoginEnd.Crash:
                output.Write("- crash"u8);
                break;
            case LoginEnd.Gone:
                output.Write("  gone - no logout"u8);
                break;
            case LoginEnd.LoggedOut:
                LocalDateTime end = host.LocalTime.ToLocal(session.End);
                output.Write(string.Create(CultureInfo.InvariantCulture, $"- {end.Hour:00}:{end.Minute:00}  ({ClassicDate.Duration(session.End - session.Start)})"));
                break;
            case LoginEnd.Open when !session.IsBoot:
                output.Write("  still logged in"u8);
                break;
        }
    }

    void WriteProof(LoginSession session)
    {
        output.Write(session.IsFailure
            ? $"    audit event proof serial number: {session.StartSerial}\n"
            : $"    audit event proof serial numbers: {session.StartSerial}, {session.LoginSerial}, {session.EndSerial}\n");
        output.Write("    Session data can be found with this search:\n    ausearch --start "u8);
        WriteDate(session.Start);
        output.Write(" --end "u8);
        WriteDate(session.Status == LoginEnd.Open ? _now : session.End);
        if (session.IsFailure)
        {
            // The original prints the number of a session that it never set.
            if (session.Name.Length == 0)
                output.Write(" --session 0"u8);
            output.Write(string.Create(CultureInfo.InvariantCulture, $" -a {session.StartSerial}"));
        }

        output.Write("\n\n"u8);
    }

    void WriteDate(long unixSeconds)
    {
        Span<byte> date = stackalloc byte[DateBytesMax];
        output.Write(date[..host.LocalTime.Format("%x %T", unixSeconds, date)]);
    }
}
