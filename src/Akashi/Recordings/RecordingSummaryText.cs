using System.Buffers;
using System.Text.Json;

namespace Akashi.Recordings;

/// <summary>Summaries as bytes, a JSON object a line: what the control socket gives to those who may look at recordings.</summary>
public static class RecordingSummaryText
{
    /// <summary>Writes them.</summary>
    public static byte[] Write(IEnumerable<RecordingSummary> summaries)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        foreach (RecordingSummary summary in summaries)
        {
            using (var json = new Utf8JsonWriter(bytes))
                Write(json, summary);
            bytes.Write("\n"u8);
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Reads them.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="summaries">Those that were read.</param>
    /// <returns>False where a line is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out List<RecordingSummary> summaries)
    {
        summaries = [];
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            if (end < 0 || !TryReadLine(text[..end], out RecordingSummary? summary))
                return false;
            summaries.Add(summary!);
            text = text[(end + 1)..];
        }

        return true;
    }

    static void Write(Utf8JsonWriter json, RecordingSummary summary)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, summary.Name);
        json.WriteNumber("state"u8, (int)summary.State);
        json.WriteString("doubt"u8, summary.Doubt);
        json.WriteString("command"u8, summary.Command);
        json.WriteNumber("size"u8, summary.SizeBytes);
        WriteNumber(json, "start", summary.UnixSeconds);
        WriteNumber(json, "length", summary.LengthSeconds);
        WriteNumber(json, "exit", summary.ExitCode);
        json.WriteStartObject("session"u8);
        foreach ((string name, string value) in summary.Session)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known)
            json.WriteNumber(name, known);
    }

    static bool TryReadLine(ReadOnlySpan<byte> line, out RecordingSummary? summary)
    {
        summary = null;
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return false;
            var found = new RecordingSummary { Name = "" };
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                found = Take(ref json, found);
            summary = found.Name.Length > 0 && Enum.IsDefined(found.State) ? found : null;
            return summary is not null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    static RecordingSummary Take(ref Utf8JsonReader json, RecordingSummary found)
    {
        string name = json.GetString()!;
        json.Read();
        switch (name)
        {
            case "name": return found with { Name = json.GetString() ?? "" };
            case "state": return found with { State = (RecordingState)json.GetInt32() };
            case "doubt": return found with { Doubt = json.GetString() ?? "" };
            case "command": return found with { Command = json.GetString() };
            case "size": return found with { SizeBytes = json.GetInt64() };
            case "start": return found with { UnixSeconds = json.GetInt64() };
            case "length": return found with { LengthSeconds = json.GetInt64() };
            case "exit": return found with { ExitCode = json.GetInt32() };
            case "session" when json.TokenType == JsonTokenType.StartObject:
                var session = new List<(string, string)>();
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    string fact = json.GetString()!;
                    json.Read();
                    session.Add((fact, json.GetString() ?? ""));
                }

                return found with { Session = session };
            default:
                json.Skip();
                return found;
        }
    }
}
