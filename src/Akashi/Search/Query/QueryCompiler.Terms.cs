using System.Globalization;
using System.Text;
using Akashi.Diagnostics;
using Akashi.Records;
using Akashi.Search.Conditions;
using Akashi.Tables;

namespace Akashi.Search.Query;

// A term: its field is found, its value is checked against what the field can have, and a test is made of it.
public sealed partial class QueryCompiler
{
    EventCondition? MakeTerm(QueryToken token)
    {
        if (token.Kind == QueryTokenKind.Word)
            return MakeWord(token);
        if (token.Field.Length == 0)
            return null;
        if ((QueryFields.Find(token.Field) ?? QueryFields.Find(token.Field.ToLowerInvariant())) is not { } field)
        {
            diagnostics.Add(QueryFault.FieldUnknown.At(token.Column, token.Field.Length, $"no field is called '{token.Field}'", QueryFields.HintFor(token.Field)));
            return null;
        }

        if (token.Text.Length == 0 && !token.IsQuoted)
        {
            Fault(QueryFault.NoValue, token, $"'{token.Field}{token.Operator.ToText()}' has no value", $"write {token.Field}{token.Operator.ToText()}VALUE, or \"\" for none");
            return null;
        }

        ValueTest? test = token.Operator is QueryOperator.Follows or QueryOperator.FollowsNot ? MakeExpression(field, token)
            : token.Operator.IsOrder() ? MakeOrder(field, token)
            : MakeEqual(field, token);
        if (test is null)
            return null;
        var condition = field is { Kind: QueryFieldKind.Time } && test is PeriodTest period
            ? new TimeCondition(period.Period)
            : (EventCondition)new FieldCondition(field.MakeReader(_context), test);
        return token.Operator.IsNegative() ? new NotCondition(condition) : condition;
    }

    EventCondition? MakeWord(QueryToken token)
    {
        if (!token.IsQuoted && QueryFields.Named.Any(field => field.Name == token.Text))
        {
            diagnostics.Add(QueryFault.NoOperator.At(token.Column, token.Length, $"the field '{token.Text}' has no operator",
                $"write {token.Text}=VALUE; to look for the word, quote it: '\"{token.Text}\"'"));
            return null;
        }

        if (!token.IsQuoted && token.Text is "&&" or "||" or "&" or "|" or "!")
        {
            string word = token.Text[0] switch { '&' => "and", '|' => "or", _ => "not" };
            diagnostics.Add(QueryFault.Unexpected.At(token.Column, token.Length, $"'{token.Text}' joins nothing here", $"write {word}"));
            return null;
        }

        if (token.Text.Length == 0)
        {
            diagnostics.Add(QueryFault.NoValue.At(token.Column, token.Length, "an empty text is in every event", "leave it out"));
            return null;
        }

        DoubtWord(token);
        return new FieldCondition(QueryFields.Find("any")!.MakeReader(_context), MakeAnywhere(token));
    }

    static ValueTest MakeAnywhere(QueryToken token) =>
        HasAsterisk(token) ? new GlobText("*" + token.Text + "*") : new ContainedText(token.Text);

    static bool HasAsterisk(QueryToken token) => !token.IsQuoted && token.Text.Contains('*', StringComparison.Ordinal);

    ValueTest? MakeExpression(QueryField field, QueryToken token)
    {
        if (field.Kind == QueryFieldKind.Time)
        {
            Fault(QueryFault.OperatorUnfit, token, "a time follows no expression", "compare it: time>=yesterday");
            return null;
        }

        if (RegexText.TryMake(token.Text, out RegexText? test, out string? fault))
            return test;
        Fault(QueryFault.ExpressionBad, token, $"the expression can't be read: {fault}", "to look for the text itself, write = with asterisks: *text*");
        return null;
    }

    NumberTest? MakeOrder(QueryField field, QueryToken token)
    {
        NumberForm? form = field.Kind switch
        {
            QueryFieldKind.Hexadecimal => NumberForm.Hexadecimal,
            QueryFieldKind.Octal => NumberForm.Octal,
            QueryFieldKind.Number or QueryFieldKind.Exit or QueryFieldKind.User or QueryFieldKind.Group or QueryFieldKind.Syscall => NumberForm.Decimal,
            QueryFieldKind.Text when field.Help.Length == 0 => NumberForm.Decimal,
            _ => null,
        };
        if (form is null)
            Fault(QueryFault.OperatorUnfit, token, $"'{token.Field}' has no size to compare by '{token.Operator.ToText()}'", "compare it by =, != or ~");
        else if (!TryReadNumber(token.Text, form.Value, out long number))
            Fault(QueryFault.NotANumber, token, $"'{token.Text}' is no number");
        else
            return new NumberTest(token.Operator, number, form.Value);
        return null;
    }

    static bool TryReadNumber(string text, NumberForm form, out long number)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal) || form == NumberForm.Hexadecimal)
            return long.TryParse(text.Replace("0x", "", StringComparison.Ordinal), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
        if (form != NumberForm.Octal)
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
        number = 0;
        bool isOctal = text.Length is > 0 and < 12 && text.AsSpan().IndexOfAnyExceptInRange('0', '7') < 0;
        if (isOctal)
            number = Convert.ToInt64(text, 8);
        return isOctal;
    }

    void Fault(QueryFault fault, QueryToken token, string text, string? hint = null) =>
        diagnostics.Add(fault.At(token.ValueColumn, Math.Max(token.Column + token.Length - token.ValueColumn, 1), text, hint));
}
