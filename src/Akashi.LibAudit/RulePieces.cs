using System.Text;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Linux.Interop;
using Akashi.Rules;
using Akashi.Tables;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.LibAudit;

/// <summary>Fields of a rule by auditctl's own parser, which allocates: not for a forked child.</summary>
static unsafe class RulePieces
{
    const int ListMask = 0x7;

    // One fewer than the kernel takes.
    const int FieldCountMax = AUDIT_MAX_FIELDS - 1;

    /// <summary>The machine that the rule is for: of its last arch field, else the one that runs; -1 where that's none.</summary>
    internal static int MachineOf(audit_rule_data* rule)
    {
        for (int index = (int)Math.Min(rule->field_count, AUDIT_MAX_FIELDS) - 1; index >= 0; index--)
        {
            if (rule->fields[index] == (uint)RuleField.Arch && Machines.TryFromElf(rule->values[index], out Machine machine))
                return (int)machine;
        }

        return Names.OwnMachine();
    }

    /// <summary>Adds a field or a comparison.</summary>
    /// <returns>0, or the negative number of a message.</returns>
    internal static int Add(audit_rule_data** rulep, byte* pair, int flags, bool isComparison)
    {
        if (rulep == null || *rulep == null || pair == null)
            return -(int)RuleMessage.OperatorMissing;
        try
        {
            return Add(ref *rulep, Encoding.UTF8.GetString(CText.Of(pair)), (FilterList)(flags & ListMask), isComparison);
        }
        catch (OutOfMemoryException)
        {
            return Requests.Fail(ENOMEM);
        }
    }

    static int Add(ref audit_rule_data* rule, string text, FilterList list, bool isComparison)
    {
        if (rule->buflen > MAX_AUDIT_MESSAGE_LENGTH)
            return Requests.Fail(EINVAL);
        var bytes = new ReadOnlySpan<byte>(rule, Rules.FixedLength + (int)rule->buflen);
        if (!RuleDecoder.TryDecode(bytes, out Rule? soFar, out _))
            return Requests.Fail(EINVAL);
        if (soFar.Conditions.Count >= FieldCountMax)
            return -(int)RuleMessage.TooManyFields;
        var context = new RuleContext((Machine)MachineOf(rule), new LinuxHost().Accounts, static _ => FileKind.Missing);
        RuleMessage message = RuleParser.ReadCondition(soFar, list, text, isComparison, context, out RuleCondition condition);
        // The library's own answers about comparisons; auditctl's command line leaves the second to the kernel.
        if (isComparison && message == RuleMessage.OperatorMissing)
            message = RuleMessage.EqualOrNotOnly;
        if (isComparison && message == 0 && list is not (FilterList.Exit or FilterList.IoUring))
            message = RuleMessage.ExitListOnly;
        return message == 0 ? Append(ref rule, condition) : -(int)message;
    }

    static int Append(ref audit_rule_data* rule, in RuleCondition condition)
    {
        uint textLength = (uint)condition.Text.Length, oldLength = rule->buflen;
        if (textLength > 0)
        {
            var grown = (audit_rule_data*)PlainLibC.realloc(rule, Rules.FixedLength + oldLength + textLength);
            if (grown == null)
                return Requests.Fail(ENOMEM);
            rule = grown;
            condition.Text.Span.CopyTo(new Span<byte>((byte*)rule + Rules.FixedLength + oldLength, (int)textLength));
            rule->buflen = oldLength + textLength;
        }

        uint index = rule->field_count++;
        rule->fields[index] = (uint)condition.Field;
        rule->values[index] = condition.Value;
        rule->fieldflags[index] = (uint)condition.Operator;
        return 0;
    }
}
