using System.Text.Json;

namespace Akashi.Recordings;

/// <summary>The first line of an asciicast.</summary>
static class AsciicastHeader
{
    /// <summary>Reads it: sizes are <c>width</c> and <c>height</c> (v1, v2), or <c>term.cols</c> and <c>term.rows</c> (v3).</summary>
    /// <returns>False where it's no JSON object with a version of 1 to 3; the other values are null and 0 then.</returns>
    public static bool TryParse(ReadOnlySpan<byte> line, out RecordingHeader? header, out int version)
    {
        header = null;
        version = 0;
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return false;
            var found = new RecordingHeader();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                found = Take(ref json, found, ref version);
            header = version is >= 1 and <= 3 ? found : null;
            return header is not null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            version = 0;
            return false;
        }
    }

    static RecordingHeader Take(ref Utf8JsonReader json, RecordingHeader header, ref int version)
    {
        string name = json.GetString()!;
        json.Read();
        switch (name)
        {
            case "version" when json.TokenType == JsonTokenType.Number && json.TryGetInt32(out int number):
                version = number;
                break;
            case "width" or "cols" when json.TokenType == JsonTokenType.Number && json.TryGetInt32(out int columns):
                return header with { ColumnCount = columns };
            case "height" or "rows" when json.TokenType == JsonTokenType.Number && json.TryGetInt32(out int rows):
                return header with { RowCount = rows };
            case "timestamp" when json.TokenType == JsonTokenType.Number && json.TryGetInt64(out long seconds):
                return header with { UnixSeconds = seconds };
            case "command" when json.TokenType == JsonTokenType.String:
                return header with { Command = json.GetString() };
            case "idle_time_limit" when json.TokenType == JsonTokenType.Number && json.TryGetDouble(out double idle) && idle > 0:
                return header with { IdleSeconds = idle };
            case "title" when json.TokenType == JsonTokenType.String:
                return header with { Title = json.GetString() };
            case "type" when json.TokenType == JsonTokenType.String:
                return header with { TerminalType = json.GetString() };
            case "term" when json.TokenType == JsonTokenType.StartObject:
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                    header = Take(ref json, header, ref version);
                break;
            case "akashi" when json.TokenType == JsonTokenType.StartObject:
                return TakeOurs(ref json, header) with { IsChained = true };
            default:
                json.Skip();
                break;
        }

        return header;
    }

    // "akashi":{"format":1,"chain":"sha256","session":{"node":"…","auid":"1000",…},"converted_from":"…"}
    static RecordingHeader TakeOurs(ref Utf8JsonReader json, RecordingHeader header)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isSession = json.ValueTextEquals("session"u8);
            bool isSource = json.ValueTextEquals("converted_from"u8);
            json.Read();
            if (isSource && json.TokenType == JsonTokenType.String)
            {
                header = header with { ConvertedFrom = json.GetString() };
                continue;
            }

            if (!isSession || json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            var session = new List<(string Name, string Value)>();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                string name = json.GetString()!;
                json.Read();
                if (json.TokenType == JsonTokenType.String)
                    session.Add((name, json.GetString()!));
                else
                    json.Skip();
            }

            header = header with { Session = session };
        }

        return header;
    }
}
