using System.Globalization;
using System.Text;
using Akashi.Configuration;
using Akashi.Records;
using Akashi.Search.Patterns;
using Akashi.Tables;

namespace Akashi.Search.Expressions;

/// <summary>Fields, operators and values.</summary>
public sealed partial class ExpressionCompiler
{
    const int PatternFault = 61;
    const int FieldFault = 62;
    const int ValueFault = 63;

    ExpressionNode Virtual()
    {
        if (_next.Kind != ExpressionTokenKind.Text)
            return Fault($"{_next} where timestamp, timestamp_ex, record_type or regexp is expected");
        ExpressionToken field = Take();
        if (field.Text == "regexp")
            return Pattern();
        if (field.Text is not ("timestamp" or "timestamp_ex" or "record_type"))
            Report(FieldFault, field.Column, $"no field '\\{QuotedText.Of(field.Text)}': timestamp, timestamp_ex, record_type and regexp are known");
        return Comparison(field, isVirtual: true);
    }

    ExpressionNode Pattern()
    {
        if (_next.Kind is not (ExpressionTokenKind.Text or ExpressionTokenKind.Pattern))
            return Fault($"{_next} where a regular expression is expected");
        ExpressionToken token = Take();
        if (BytePattern.TryParse(token.Text, out BytePattern? pattern, out string? fault))
            return new PatternCondition(pattern);
        Report(PatternFault, token.Column, $"the regular expression '{QuotedText.Of(token.Text)}' can't be used: {fault}");
        return new NeverNode();
    }

    ExpressionNode Comparison(ExpressionToken field, bool isVirtual)
    {
        if (_isOver)
            return new NeverNode();
        if (_next.Kind != ExpressionTokenKind.Operator)
            return Fault($"{_next} where an operator is expected: r= r!= i= i!= < <= == >= > !==");
        ExpressionToken comparison = Take();
        if (_next.Kind != ExpressionTokenKind.Text)
            return Fault($"{_next} where a value is expected: a word, or a text in quotes");
        ExpressionToken value = Take();
        if (_isOver)
            return new NeverNode();
        if (comparison.Text[0] is 'r' or 'i')
            return isVirtual ? new NeverNode() : new TextComparison(
                Encoding.UTF8.GetBytes(field.Text), Encoding.UTF8.GetBytes(value.Text), comparison.Text[0] == 'i', comparison.Text[1] == '!');
        return isVirtual ? VirtualValue(field.Text, value, ToComparison(comparison.Text)) : FieldValue(field, value, ToComparison(comparison.Text));
    }

    static Comparison ToComparison(string text) => text switch
    {
        "<" => Expressions.Comparison.Less,
        "<=" => Expressions.Comparison.LessOrEqual,
        "==" => Expressions.Comparison.Equal,
        "!==" => Expressions.Comparison.NotEqual,
        ">=" => Expressions.Comparison.GreaterOrEqual,
        _ => Expressions.Comparison.Greater,
    };

    ExpressionNode VirtualValue(string field, ExpressionToken value, Comparison comparison)
    {
        if (field == "record_type")
            return RecordTypeValue(value, comparison);
        bool comparesSerial = field == "timestamp_ex";
        if (TryStamp(value.Text, comparesSerial, out EventStamp stamp))
            return new StampComparison(stamp, comparesSerial, comparison);
        if (field == "timestamp" || comparesSerial)
            Report(ValueFault, value.Column, $"'{QuotedText.Of(value.Text)}' is no time: ts:SECONDS.MILLISECONDS{(comparesSerial ? ":SERIAL" : "")} is expected");
        return new NeverNode();
    }

    ExpressionNode RecordTypeValue(ExpressionToken value, Comparison comparison)
    {
        bool isNumber = ushort.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number);
        RecordType type = isNumber ? (RecordType)number : RecordTypeName.ToNumber(Encoding.UTF8.GetBytes(value.Text.ToUpperInvariant()));
        if (!isNumber && type == 0)
            Report(ValueFault, value.Column, $"no record type '{QuotedText.Of(value.Text)}': a name such as SYSCALL, or a number up to 65535, is expected");
        return new TypeComparison(type, comparison);
    }

    // ts:SECONDS.MILLISECONDS[:SERIAL]; the milliseconds are a number, not a fraction: .2 are two of them.
    static bool TryStamp(string text, bool needsSerial, out EventStamp stamp)
    {
        stamp = default;
        string[] parts = text.Split(':');
        if (parts.Length is < 2 or > 3 || parts[0] != "ts" || parts[1].Split('.') is not [var seconds, var milliseconds])
            return false;
        ulong serial = 0;
        bool isRight = TryNumber(seconds, out ulong second) & TryNumber(milliseconds, out ulong millisecond);
        if (parts.Length == 3)
            isRight &= TryNumber(parts[2], out serial);
        if (!isRight || second > EventStamp.UnixMillisecondsMax / 1000 || millisecond > 999 || (needsSerial && parts.Length < 3))
            return false;
        stamp = new EventStamp(((long)second * 1000) + (long)millisecond, serial);
        return true;
    }

    static bool TryNumber(string text, out ulong number) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    ExpressionNode FieldValue(ExpressionToken field, ExpressionToken value, Comparison comparison)
    {
        FieldType type = FieldTypes.Names.TryGetNumber(Encoding.UTF8.GetBytes(field.Text), out long number) ? (FieldType)number : FieldType.Unclassified;
        if (type is not (FieldType.Uid or FieldType.Gid))
        {
            Report(FieldFault, field.Column, $"'{QuotedText.Of(field.Text)}' has no value to compare: only users and groups have, use r= or i=");
            return new NeverNode();
        }

        if (!TryAccount(type, value.Text, out uint account))
            Report(ValueFault, value.Column, $"no {(type == FieldType.Uid ? "user" : "group")} '{QuotedText.Of(value.Text)}': a name, a number or unset is expected");
        return new NumberComparison(field.Text, account, comparison);
    }

    bool TryAccount(FieldType type, string text, out uint number)
    {
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            return true;
        if (text is "-1" or "unset")
        {
            number = uint.MaxValue;
            return true;
        }

        return text.Length > 0 && (type == FieldType.Uid ? host.Accounts.TryFindUser(text, out number) : host.Accounts.TryFindGroup(text, out number));
    }
}
