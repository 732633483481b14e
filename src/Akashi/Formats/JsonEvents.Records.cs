using System.Text.Unicode;
using Akashi.Interpretation;
using Akashi.Records;

namespace Akashi.Formats;

// The records, field by field. Fields that a program wrote inside msg='…' stand in an object of their own: the kernel vouches for the others alone.
public sealed partial class JsonEvents
{
    readonly NameRepeats _names = new();
    readonly InterpretedText _words = new();

    void WriteRecord(in Record record, JsonText json)
    {
        json.Member("{\"type\":"u8, record.TypeName);
        ReadOnlySpan<byte> body = record.Body;
        var context = new RecordContext(record);
        _words.Clear();
        _names.Clear();
        bool isOpen = false, isNested = false;
        int end = 0;
        foreach (Field field in record.Fields)
        {
            body.Overlaps(field.Name, out int start);
            TakeWords(body[end..start]);
            end = start + field.Name.Length + 1 + field.Value.Length;
            if (isOpen && field.IsNested != isNested)
            {
                json.Write("}"u8);
                isOpen = false;
                _names.Clear();
            }

            json.Write(isOpen ? ","u8 : field.IsNested ? ",\"message\":{"u8 : ",\"fields\":{"u8);
            isOpen = true;
            isNested = field.IsNested;
            WriteField(ref context, field, _names.Count(body, start, field.Name.Length), json);
        }

        if (isOpen)
            json.Write("}"u8);
        TakeWords(body[Math.Min(end, body.Length)..]);
        WriteRest(record, json);
    }

    void WriteField(scoped ref RecordContext context, in Field field, int times, JsonText json)
    {
        json.Write("\""u8);
        WriteName(field.Name, json);
        if (times > 1)
        {
            json.Write("#"u8);
            json.Write((ulong)times);
        }

        json.Write("\":{\"raw\":"u8);
        if (!json.String(field.Value))
        {
            json.Write(",\"raw_base64\":"u8);
            json.Base64String(field.Value);
        }

        if (_interpreter.TryInterpret(ref context, field.Name, field.Value, _text) && !_text.Bytes.SequenceEqual(field.Value))
            json.Member(",\"text\":"u8, _text.Bytes);
        json.Write("}"u8);
    }

    // Names of an object must differ: those that aren't UTF-8, or look like the second of a name, are written in hex digits.
    static void WriteName(ReadOnlySpan<byte> name, JsonText json)
    {
        if (Utf8.IsValid(name) && !name.Contains((byte)'#'))
        {
            json.Inside(name);
            return;
        }

        json.Write("#"u8);
        Span<byte> pair = stackalloc byte[2];
        for (int index = 0; index < name.Length; index++)
        {
            EncodedText.EncodeHex(name.Slice(index, 1), pair);
            json.Write(pair);
        }
    }

    // What stands between the fields: avc:  denied  { read } for. Not what belongs to a field or to the frame of a message.
    void TakeWords(ReadOnlySpan<byte> gap)
    {
        gap = gap.Trim(" "u8);
        if (gap.EndsWith("msg='"u8))
            gap = gap[..^"msg='"u8.Length].TrimEnd((byte)' ');
        if (gap.IndexOfAnyExcept(" ,:)'"u8) < 0)
            return;
        if (!_words.IsEmpty)
            _words.AppendByte((byte)' ');
        _words.Append(gap);
    }

    void WriteRest(in Record record, JsonText json)
    {
        if (!_words.IsEmpty)
        {
            json.Write(",\"words\":"u8);
            if (!json.String(_words.Bytes))
            {
                json.Write(",\"words_base64\":"u8);
                json.Base64String(_words.Bytes);
            }
        }

        if (!record.Enrichment.IsEmpty)
        {
            json.Write(",\"enrichment\":"u8);
            if (!json.String(record.Enrichment))
            {
                json.Write(",\"enrichment_base64\":"u8);
                json.Base64String(record.Enrichment);
            }
        }

        json.Write("}"u8);
    }
}
