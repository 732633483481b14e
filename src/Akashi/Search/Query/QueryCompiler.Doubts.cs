using System.Globalization;
using System.Text;
using Akashi.Diagnostics;
using Akashi.Tables;

namespace Akashi.Search.Query;

// Values that are refused as no event can have them, and those that are doubted: what is wrong with them is said where nothing was found.
public sealed partial class QueryCompiler
{
    // What a record's other fields make of its action; the tables have the rest.
    const string OtherActions =
        "added-audit-rule allocated-memory-in caused-mac-policy-error connected-to deleted-audit-rule did-unknown disconnected-from entered-promiscuous-mode-on-device "
        + "killed-list-of-pids left-promiscuous-mode-on-device loaded-bpf-program loaded-firewall-rule-to made-block-device made-character-device set "
        + "triggered-audit-rule unloaded-bpf-program";

    readonly List<Diagnostic> _doubts = [];

    string? CheckNumber(QueryToken token)
    {
        if (token.Text is "unset" || TryReadNumber(token.Text, NumberForm.Decimal, out _))
            return token.Text;
        Fault(QueryFault.NotANumber, token, $"'{token.Text}' is no number");
        return null;
    }

    string? CheckKind(QueryToken token)
    {
        if (EventKindNames.Names.TryGetNumber(Encoding.UTF8.GetBytes(token.Text), out _))
            return token.Text;
        Fault(QueryFault.NameUnknown, token, $"no kind of event is called '{token.Text}'", HintFrom(EventKindNames.Names, token.Text));
        return null;
    }

    void DoubtValue(QueryField field, QueryToken token)
    {
        if (token.Operator.IsNegative() || HasAsterisk(token))
            return;
        if (field.Name is "exe" or "how" && token.Text.Length > 0 && !token.Text.Contains('/', StringComparison.Ordinal))
            Doubt(QueryFault.ValueDoubtful, token, $"'{field.Name}' is mostly a program with its directory", $"write {field.Name}=*/{token.Text}");
        else if (field.Name == "action")
            DoubtAction(token);
        else if (field.Kind == QueryFieldKind.Syscall && IsNumber(token.Text) && !IsCall(token.Text))
            Doubt(QueryFault.ValueDoubtful, token, $"no system call known here has the number {token.Text}");
    }

    // No fault: an operation that a program names in op= is an action too.
    void DoubtAction(QueryToken token)
    {
        var nearest = new NearestName(token.Text);
        if (OfferActions(nearest, token.Text))
            return;
        Doubt(QueryFault.NameUnknown, token, $"no action known here is called '{token.Text}'", nearest.Hint ?? "akashi search --top action lists those of the trail");
    }

    static bool OfferActions(NearestName nearest, string typed)
    {
        var names = new List<string>(OtherActions.Split(' '));
        NameTable records = RecordActions.Names;
        for (int index = 0; index < records.Count; index++)
            names.Add(Encoding.ASCII.GetString(records.NameAt(index)));
        foreach (SyscallClass syscallClass in Enum.GetValues<SyscallClass>())
            names.Add(Encoding.ASCII.GetString(Normalization.SyscallRule.Of(syscallClass).Action));
        names.ForEach(nearest.Offer);
        return names.Contains(typed);
    }

    static bool IsCall(string digits) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        && Enum.GetValues<Machine>().Any(machine => Syscalls.ForMachine(machine).TryGetName(number, out _));

    // user:root, as other query languages have it.
    void DoubtWord(QueryToken token)
    {
        int colon = token.IsQuoted ? -1 : token.Text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && colon + 1 < token.Text.Length && QueryFields.Named.Any(field => field.Name == token.Text[..colon]))
            Doubt(QueryFault.NoOperator, token, $"'{token.Text}' is looked for as a word", $"write {token.Text[..colon]}={token.Text[(colon + 1)..]}");
    }

    void Doubt(QueryFault fault, QueryToken token, string text, string? hint = null) => _doubts.Add(new Diagnostic((int)fault, Severity.Warning, text)
    {
        Column = token.Kind == QueryTokenKind.Word ? token.Column : token.ValueColumn,
        Length = token.Text.Length,
        Hint = hint,
    });
}
