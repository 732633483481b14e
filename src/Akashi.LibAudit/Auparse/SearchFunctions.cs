using System.Runtime.InteropServices;
using System.Text;
using Akashi.Diagnostics;
using Akashi.Records;
using Akashi.Search.Expressions;

namespace Akashi.LibAudit.Auparse;

/// <summary>auparse.h: looking for events. What adds a condition answers 0, or -1 with errno EINVAL.</summary>
static unsafe class SearchFunctions
{
    const int And = 2;

    /// <summary>An expression in the language of ausearch-expression(5); what is wrong with one is told in a text that the caller frees.</summary>
    [UnmanagedCallersOnly(EntryPoint = "ausearch_add_expression")]
    internal static int AddExpression(nint au, byte* expression, byte** error, int how)
    {
        try
        {
            if (error != null)
                *error = null;
            if (ParserTable.Find(au) is not { } parser || expression == null || !IsJoin(how))
                return Guard.Refuse(-1);
            var diagnostics = new DiagnosticBag();
            RecordExpression? added = parser.Compiler.Compile(Encoding.UTF8.GetString(CText.Of(expression)), diagnostics);
            if (added is not null && parser.TryAddSearch(added, how))
                return 0;
            if (error != null && diagnostics.All.Count > 0)
                *error = CText.Copy(Encoding.UTF8.GetBytes(diagnostics.All[0].Text));
            return Guard.Refuse(-1);
        }
        catch (Exception fault)
        {
            return Guard.Explain(fault, -1);
        }
    }

    /// <summary>A raw value; the operators are <c>=</c>, <c>!=</c> and <c>exists</c>.</summary>
    [UnmanagedCallersOnly(EntryPoint = "ausearch_add_item")]
    internal static int AddItem(nint au, byte* field, byte* op, byte* value, int how) => AddText(au, field, op, value, how, isInterpreted: false);

    /// <summary>A value in words.</summary>
    [UnmanagedCallersOnly(EntryPoint = "ausearch_add_interpreted_item")]
    internal static int AddInterpretedItem(nint au, byte* field, byte* op, byte* value, int how) =>
        AddText(au, field, op, value, how, isInterpreted: true);

    [UnmanagedCallersOnly(EntryPoint = "ausearch_add_timestamp_item")]
    internal static int AddTimestampItem(nint au, byte* op, nint sec, uint milli, int how) =>
        AddTime(au, op, sec, milli, null, how);

    [UnmanagedCallersOnly(EntryPoint = "ausearch_add_timestamp_item_ex")]
    internal static int AddTimestampItemEx(nint au, byte* op, nint sec, uint milli, uint serial, int how) =>
        AddTime(au, op, sec, milli, serial, how);

    /// <summary>A regular expression, regex(7), for a record's whole text; what is looked for already must be right too.</summary>
    [UnmanagedCallersOnly(EntryPoint = "ausearch_add_regex")]
    internal static int AddRegex(nint au, byte* expression)
    {
        try
        {
            return ParserTable.Find(au) is { } parser && expression != null
                && parser.Compiler.TryMatchText(Encoding.UTF8.GetString(CText.Of(expression)), out RecordExpression? added)
                && parser.TryAddSearch(added, And)
                ? 0
                : Guard.Refuse(-1);
        }
        catch (Exception fault)
        {
            return Guard.Explain(fault, -1);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "ausearch_set_stop")]
    internal static int SetStop(nint au, int where) => Guard.Number(au, where, &SetStop, -1);

    [UnmanagedCallersOnly(EntryPoint = "ausearch_clear")]
    internal static void Clear(nint au) => Guard.Number(au, &Clear, 0);

    /// <summary>1 where an event was found, 0 at the end, -1 where nothing is looked for or it can't be read.</summary>
    [UnmanagedCallersOnly(EntryPoint = "ausearch_next_event")]
    internal static int NextEvent(nint au) => Guard.Number(au, &Next, -1);

    /// <summary>1 where the event that is looked at is one that is looked for, else 0; -1 where there is none, or nothing is looked for.</summary>
    [UnmanagedCallersOnly(EntryPoint = "ausearch_cur_event")]
    internal static int CurEvent(nint au) => Guard.Number(au, &Current, -1);

    static int AddText(nint au, byte* field, byte* op, byte* value, int how, bool isInterpreted)
    {
        try
        {
            if (ParserTable.Find(au) is not { } parser || field == null || op == null || !IsJoin(how))
                return Guard.Refuse(-1);
            byte[] name = CText.Of(field).ToArray();
            ReadOnlySpan<byte> comparison = CText.Of(op);
            bool isNegated = comparison.SequenceEqual("!="u8);
            if (comparison.SequenceEqual("exists"u8))
                return parser.TryAddSearch(parser.Compiler.HasField(name), how) ? 0 : Guard.Refuse(-1);
            if (value == null || (!isNegated && !comparison.SequenceEqual("="u8)))
                return Guard.Refuse(-1);
            return parser.TryAddSearch(parser.Compiler.IsText(name, CText.Of(value).ToArray(), isInterpreted, isNegated), how) ? 0 : Guard.Refuse(-1);
        }
        catch (Exception fault)
        {
            return Guard.Explain(fault, -1);
        }
    }

    static int AddTime(nint au, byte* op, nint sec, uint milli, uint? serial, int how)
    {
        try
        {
            if (ParserTable.Find(au) is not { } parser || op == null || milli > 999 || !IsJoin(how) || !TryCompare(CText.Of(op), out Comparison comparison))
                return Guard.Refuse(-1);
            long seconds = Math.Clamp(sec, long.MinValue / 1000 + 1, (EventStamp.UnixMillisecondsMax / 1000) + 1);
            var stamp = new EventStamp((seconds * 1000) + milli, serial ?? 0);
            return parser.TryAddSearch(parser.Compiler.IsTime(stamp, serial is not null, comparison), how) ? 0 : Guard.Refuse(-1);
        }
        catch (Exception fault)
        {
            return Guard.Explain(fault, -1);
        }
    }

    static bool TryCompare(ReadOnlySpan<byte> op, out Comparison comparison)
    {
        Comparison? found = op switch
        {
            [(byte)'<'] => Comparison.Less,
            [(byte)'<', (byte)'='] => Comparison.LessOrEqual,
            [(byte)'='] => Comparison.Equal,
            [(byte)'>', (byte)'='] => Comparison.GreaterOrEqual,
            [(byte)'>'] => Comparison.Greater,
            _ => null,
        };
        comparison = found ?? default;
        return found is not null;
    }

    static bool IsJoin(int how) => how is >= 0 and <= And;

    static int SetStop(Parser parser, int where) => parser.TrySetStop(where) ? 0 : Guard.Refuse(-1);

    static int Clear(Parser parser)
    {
        parser.ClearSearch();
        return 0;
    }

    static int Next(Parser parser)
    {
        if (!parser.HasSearch)
            return Guard.Refuse(-1);
        int result = parser.NextFound();
        return result < 0 ? Guard.Refuse(-1, -result) : result;
    }

    static int Current(Parser parser)
    {
        if (!parser.HasSearch || parser.Event is null)
            return Guard.Refuse(-1);
        return parser.TryStop() ? 1 : 0;
    }
}
