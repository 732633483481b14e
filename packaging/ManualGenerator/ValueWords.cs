using System.Text;
using Akashi.Cli.CommandLine;
using Akashi.Tables;

namespace Akashi.ManualGenerator;

/// <summary>The words that a value may be, for the kinds that are tables.</summary>
static class ValueWords
{
    /// <summary>The kinds that stand once in a completion file, by the name of their list.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<string> Words)> Lists { get; } =
    [
        ("time", ["now", "recent", "this-hour", "boot", "today", "yesterday", "this-week", "week-ago", "this-month", "this-year"]),
        ("syscalls", Sorted([.. All(Syscalls.ForMachine(Machine.X86_64)), .. All(Syscalls.ForMachine(Machine.Aarch64))])),
        ("record_types", Sorted(All(RecordTypes.Names))),
        ("machines", Sorted(All(MachineNames.Names))),
        ("errnos", Sorted(All(Errnos.Names))),
        ("rule_fields", Sorted([.. All(RuleFields.Names).Where(name => name != "field_compare"), "fsuid", "saddr_fam"])),
    ];

    /// <summary>The list of a kind; null where it is none.</summary>
    public static string? ListOf(ValueKind kind) => kind switch
    {
        ValueKind.Time => "time",
        ValueKind.Syscall => "syscalls",
        ValueKind.RecordType => "record_types",
        ValueKind.Machine => "machines",
        ValueKind.Errno => "errnos",
        ValueKind.RuleField => "rule_fields",
        _ => null,
    };

    static string[] Sorted(IEnumerable<string> words) => [.. words.Distinct().Order(StringComparer.Ordinal)];

    static string[] All(NameTable names)
    {
        var words = new string[names.Count];
        for (int index = 0; index < words.Length; index++)
            words[index] = Encoding.ASCII.GetString(names.NameAt(index));
        return words;
    }
}
