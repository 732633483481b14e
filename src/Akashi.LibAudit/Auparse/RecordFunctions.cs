using System.Runtime.InteropServices;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.LibAudit.Auparse;

/// <summary>auparse.h: the records of an event.</summary>
static unsafe class RecordFunctions
{
    /// <summary>1; 0 where there is no event; -1 where it can't be read.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_first_record")]
    internal static int FirstRecord(nint au) => Guard.Number(au, &First, -1);

    /// <summary>1; 0 behind the last; -1 where it can't be read.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_next_record")]
    internal static int NextRecord(nint au) => Guard.Number(au, &Next, -1);

    [UnmanagedCallersOnly(EntryPoint = "auparse_get_record_num")]
    internal static uint GetRecordNum(nint au) => (uint)Guard.Number(au, &Index, 0);

    [UnmanagedCallersOnly(EntryPoint = "auparse_goto_record_num")]
    internal static int GotoRecordNum(nint au, uint num) => Guard.Number(au, num, &GoTo, 0);

    /// <summary>The type's number; -1 for a name that no table knows; 0 for no record.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_get_type")]
    internal static int GetType(nint au) => Guard.Number(au, &TypeOf, 0);

    /// <summary>The type's name in the table; NULL for none.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_get_type_name")]
    internal static byte* GetTypeName(nint au) => Guard.Text(au, &TypeName);

    /// <summary>The record's line in its file or stream, from 1.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_get_line_number")]
    internal static uint GetLineNumber(nint au) => (uint)Guard.Number(au, &Line, 0);

    [UnmanagedCallersOnly(EntryPoint = "auparse_get_filename")]
    internal static byte* GetFilename(nint au) => Guard.Text(au, &File);

    /// <summary>The record as it was written, without what its daemon looked up.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_get_record_text")]
    internal static byte* GetRecordText(nint au) => Guard.Text(au, &Text);

    /// <summary>What its daemon looked up; NULL for nothing.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_get_record_interpretations")]
    internal static byte* GetRecordInterpretations(nint au) => Guard.Text(au, &Interpretations);

    static int First(Parser parser)
    {
        int result = parser.NeedEvent();
        if (result <= 0)
            return result < 0 ? Guard.Refuse(-1, -result) : 0;
        return parser.Cursor.TryGoToRecord(0) ? 1 : 0;
    }

    static int Next(Parser parser)
    {
        int result = parser.NeedEvent();
        if (result <= 0)
            return result < 0 ? Guard.Refuse(-1, -result) : 0;
        return parser.Cursor.TryNextRecord() ? 1 : 0;
    }

    static int Index(Parser parser) => Math.Max(0, parser.Cursor.Record);

    static int GoTo(Parser parser, uint num) => parser.Cursor.TryGoToRecord(num) ? 1 : 0;

    static int TypeOf(Parser parser)
    {
        if (!parser.Cursor.HasRecord)
            return 0;
        RecordType type = parser.Event!.TypeAt(parser.Cursor.Record);
        return type != 0 ? (int)type : Names.TypeNumber(parser.Event[parser.Cursor.Record].TypeName);
    }

    static byte* TypeName(Parser parser) => parser.Cursor.HasRecord ? Names.TypeName(TypeOf(parser)) : null;

    static int Line(Parser parser) => parser.Cursor.HasRecord ? (int)parser.Event!.OriginOf(parser.Cursor.Record).Offset : 0;

    static byte* File(Parser parser) => parser.Cursor.HasRecord ? parser.FileOf(parser.Cursor.Record) : null;

    static byte* Text(Parser parser) =>
        parser.Cursor.HasRecord ? parser.Keep(parser.Event![parser.Cursor.Record].LineWithoutEnrichment) : null;

    static byte* Interpretations(Parser parser)
    {
        if (!parser.Cursor.HasRecord)
            return null;
        ReadOnlySpan<byte> enrichment = parser.Event![parser.Cursor.Record].Enrichment;
        return enrichment.IsEmpty ? null : parser.Keep(enrichment);
    }
}
