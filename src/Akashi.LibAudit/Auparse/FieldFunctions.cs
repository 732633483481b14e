using System.Runtime.InteropServices;
using Akashi.Linux.Interop;
using Akashi.Tables;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.LibAudit.Auparse;

/// <summary>auparse.h: the fields of a record. Texts stay until the next event.</summary>
static unsafe class FieldFunctions
{
    [UnmanagedCallersOnly(EntryPoint = "auparse_first_field")]
    internal static int FirstField(nint au) => Guard.Number(au, &First, 0);

    [UnmanagedCallersOnly(EntryPoint = "auparse_next_field")]
    internal static int NextField(nint au) => Guard.Number(au, &Next, 0);

    [UnmanagedCallersOnly(EntryPoint = "auparse_get_num_fields")]
    internal static uint GetNumFields(nint au) => (uint)Guard.Number(au, &Count, 0);

    [UnmanagedCallersOnly(EntryPoint = "auparse_get_field_num")]
    internal static uint GetFieldNum(nint au) => (uint)Guard.Number(au, &Index, 0);

    [UnmanagedCallersOnly(EntryPoint = "auparse_goto_field_num")]
    internal static int GotoFieldNum(nint au, uint num) => Guard.Number(au, num, &GoTo, 0);

    /// <summary>The value of the first field of a name from the place on, in later records too; NULL for none.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_find_field")]
    internal static byte* FindField(nint au, byte* name)
    {
        try
        {
            if (ParserTable.Find(au) is { } parser && name != null)
                return parser.NeedEvent() > 0 ? parser.Cursor.Find(CText.Of(name)) : null;
            Guard.Refuse(0);
        }
        catch (Exception fault)
        {
            Guard.Explain(fault, 0);
        }

        return null;
    }

    [UnmanagedCallersOnly(EntryPoint = "auparse_find_field_next")]
    internal static byte* FindFieldNext(nint au) => Guard.Text(au, &FindNext);

    [UnmanagedCallersOnly(EntryPoint = "auparse_get_field_name")]
    internal static byte* GetFieldName(nint au) => Guard.Text(au, &Name);

    [UnmanagedCallersOnly(EntryPoint = "auparse_get_field_str")]
    internal static byte* GetFieldStr(nint au) => Guard.Text(au, &Value);

    /// <summary>A number of auparse_type_t; 0 for values without a type.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_get_field_type")]
    internal static int GetFieldType(nint au) => Guard.Number(au, &TypeOf, 0);

    /// <summary>The number that the value begins with, cut to 32 bits; errno is 0, ERANGE beyond 64 bits, ENODATA where there is no field.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_get_field_int")]
    internal static int GetFieldInt(nint au) => Guard.Number(au, &Number, -1);

    [UnmanagedCallersOnly(EntryPoint = "auparse_interpret_field")]
    internal static byte* InterpretField(nint au) => Guard.Text(au, &Words);

    /// <summary>A file's name joined with the event's working directory; NULL for fields that name no file.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_interpret_realpath")]
    internal static byte* InterpretRealpath(nint au) => Guard.Text(au, &Path);

    [UnmanagedCallersOnly(EntryPoint = "auparse_interpret_sock_family")]
    internal static byte* InterpretSockFamily(nint au) => Guard.Text(au, &Family);

    [UnmanagedCallersOnly(EntryPoint = "auparse_interpret_sock_port")]
    internal static byte* InterpretSockPort(nint au) => Guard.Text(au, &Port);

    [UnmanagedCallersOnly(EntryPoint = "auparse_interpret_sock_address")]
    internal static byte* InterpretSockAddress(nint au) => Guard.Text(au, &Address);

    static int First(Parser parser) => parser.Cursor.TryGoToField(0) ? 1 : 0;

    static int Next(Parser parser) => parser.Cursor.TryNextField() ? 1 : 0;

    static int Count(Parser parser) => parser.Cursor.HasRecord ? parser.Fields.CountOf(parser.Cursor.Record) : 0;

    static int Index(Parser parser) => parser.Cursor.HasRecord ? parser.Cursor.Field : 0;

    static int GoTo(Parser parser, uint num) => parser.Cursor.TryGoToField(num) ? 1 : 0;

    static byte* FindNext(Parser parser)
    {
        if (parser.Cursor.HasWanted)
            return parser.Cursor.FindNext();
        Guard.Refuse(0);
        return null;
    }

    static byte* Name(Parser parser) => parser.Cursor.HasRecord ? parser.Cursor.Entry.Name : null;

    static byte* Value(Parser parser) => parser.Cursor.HasRecord ? parser.Cursor.Entry.Value : null;

    static int TypeOf(Parser parser) => parser.Cursor.HasRecord ? (int)parser.Words.TypeOf(parser.Cursor.Record, ref parser.Cursor.Entry) : 0;

    static int Number(Parser parser)
    {
        if (!parser.Cursor.HasRecord)
            return Guard.Refuse(-1, ENODATA);
        ReadOnlySpan<byte> value = parser.Cursor.Entry.ValueBytes;
        bool isNegative = value.StartsWith((byte)'-');
        if (isNegative || value.StartsWith((byte)'+'))
            value = value[1..];
        ulong limit = isNegative ? 1UL << 63 : long.MaxValue;
        UInt128 number = 0;
        foreach (byte digit in value)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                break;
            number = (number * 10) + (uint)(digit - '0');
            if (number > limit)
                return Guard.Refuse(isNegative ? 0 : -1, ERANGE);
        }

        PlainLibC.Errno = 0;
        return isNegative ? (int)-(long)(ulong)number : (int)(ulong)number;
    }

    static byte* Words(Parser parser) => parser.Cursor.HasRecord ? parser.Words.Of(parser.Cursor.Record, ref parser.Cursor.Entry) : null;

    static byte* Path(Parser parser) => parser.Cursor.HasRecord ? parser.Words.PathOf(parser.Cursor.Record, ref parser.Cursor.Entry) : null;

    static byte* Family(Parser parser) => Part(parser, SocketPart.Family);

    static byte* Port(Parser parser) => Part(parser, SocketPart.Port);

    static byte* Address(Parser parser) => Part(parser, SocketPart.Address);

    static byte* Part(Parser parser, SocketPart part)
    {
        if (!parser.Cursor.HasRecord || parser.Words.TypeOf(parser.Cursor.Record, ref parser.Cursor.Entry) != FieldType.Sockaddr)
            return null;
        return parser.Words.PartOf(ref parser.Cursor.Entry, part);
    }
}
