using System.Buffers.Text;
using Akashi.Events;
using Akashi.Interpretation;
using Akashi.Normalization;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Formats;

// What stands in several records, put together: keys, arguments, paths.
public sealed partial class JsonEvents
{
    const byte KeyJoint = 0x01;

    readonly InterpretedText _argument = new();
    readonly InterpretedText _directory = new();
    readonly InterpretedText _path = new();

    void WriteJoined(AuditEvent auditEvent, JsonText json)
    {
        WriteKeys(auditEvent, json);
        WriteCommand(auditEvent, json);
        if (auditEvent.TryFindRecord(RecordType.Proctitle, out Record title) && title.TryFind("proctitle"u8, out ReadOnlySpan<byte> raw))
            WriteTitle(raw, json);
        _directory.Clear();
        if (auditEvent.TryFindRecord(RecordType.Cwd, out Record record) && record.TryFind("cwd"u8, out raw))
        {
            Decode(raw, _directory);
            json.Member(",\"cwd\":"u8, _directory.Bytes);
        }

        WritePaths(auditEvent, json);
    }

    static void Decode(ReadOnlySpan<byte> raw, InterpretedText text)
    {
        EncodedText.TryDecode(raw, text.Reserve(raw.Length), out int length);
        text.Advance(length);
    }

    void WriteKeys(AuditEvent auditEvent, JsonText json)
    {
        bool hasKey = false;
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            bool mayHave = record.Line.IndexOf("key="u8) >= 0;
            if (!mayHave || !record.TryFind("key"u8, out ReadOnlySpan<byte> raw) || raw.SequenceEqual("(null)"u8))
                continue;
            _text.Clear();
            Decode(raw, _text);
            ReadOnlySpan<byte> keys = _text.Bytes;
            foreach (Range key in keys.Split(KeyJoint))
            {
                json.Member(hasKey ? ","u8 : ",\"keys\":["u8, keys[key]);
                hasKey = true;
            }
        }

        if (hasKey)
            json.Write("]"u8);
    }

    // A long argument comes in pieces, over several records; a piece may end within a character.
    void WriteCommand(AuditEvent auditEvent, JsonText json)
    {
        bool hasArguments = false, isOpen = false;
        for (int index = 0; index < auditEvent.Count; index++)
        {
            if (auditEvent.TypeAt(index) != RecordType.Execve)
                continue;
            Record record = auditEvent[index];
            foreach (Field field in record.Fields)
            {
                if (!ExecveArgument.TryReadName(field.Name, out ExecveArgument argument))
                    continue;
                if (!hasArguments)
                    WriteCount(auditEvent, json);
                hasArguments = true;
                if (isOpen && argument.Piece <= 0)
                    WriteArgument(isLast: false, json);
                isOpen = true;
                Decode(field.Value, _argument);
            }
        }

        if (hasArguments)
            WriteArgument(isLast: true, json);
    }

    void WriteCount(AuditEvent auditEvent, JsonText json)
    {
        _argument.Clear();
        json.Write(",\"command\":{"u8);
        if (auditEvent.TryFind("argc"u8, out ReadOnlySpan<byte> raw) && Utf8Parser.TryParse(raw, out uint count, out int used) && used == raw.Length)
        {
            json.Write("\"argc\":"u8);
            json.Write((ulong)count);
            json.Write(","u8);
        }

        json.Write("\"argv\":["u8);
    }

    void WriteArgument(bool isLast, JsonText json)
    {
        json.String(_argument.Bytes);
        _argument.Clear();
        json.Write(isLast ? "]}"u8 : ","u8);
    }

    void WriteTitle(ReadOnlySpan<byte> raw, JsonText json)
    {
        _text.Clear();
        Decode(raw, _text);
        ReadOnlySpan<byte> title = _text.Bytes.TrimEnd((byte)0);
        ReadOnlySpan<byte> before = ",\"proctitle\":["u8;
        foreach (Range word in title.Split((byte)0))
        {
            json.Member(before, title[word]);
            before = ","u8;
        }

        json.Write("]"u8);
    }

    void WritePaths(AuditEvent auditEvent, JsonText json)
    {
        bool hasPath = false;
        for (int index = 0; index < auditEvent.Count; index++)
        {
            if (auditEvent.TypeAt(index) != RecordType.Path)
                continue;
            json.Write(hasPath ? ",{"u8 : ",\"paths\":[{"u8);
            hasPath = true;
            WritePath(auditEvent[index], json);
            json.Write("}"u8);
        }

        if (hasPath)
            json.Write("]"u8);
    }

    void WritePath(in Record record, JsonText json)
    {
        ReadOnlySpan<byte> separator = default;
        if (record.TryFind("item"u8, out ReadOnlySpan<byte> item) && Utf8Parser.TryParse(item, out uint number, out int used) && used == item.Length)
        {
            json.Write("\"item\":"u8);
            json.Write((ulong)number);
            separator = ","u8;
        }

        if (record.TryFind("name"u8, out ReadOnlySpan<byte> raw) && !raw.SequenceEqual("(null)"u8))
        {
            _text.Clear();
            Decode(raw, _text);
            json.Write(separator);
            json.Member("\"name\":"u8, _text.Bytes);
            _path.Clear();
            ObjectPath.Append(_directory.Bytes, _text.Bytes, _path);
            json.Member(",\"path\":"u8, _path.Bytes);
            separator = ","u8;
        }

        // objtype in records before Linux 4.3.
        if (record.TryFind("nametype"u8, out raw) || record.TryFind("objtype"u8, out raw))
        {
            json.Write(separator);
            json.Member("\"nametype\":"u8, raw);
        }
    }
}
