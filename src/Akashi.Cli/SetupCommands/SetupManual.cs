using Akashi.Cli.CommandLine;

namespace Akashi.Cli.SetupCommands;

/// <summary>The manual of <c>akashi setup</c>.</summary>
static class SetupManual
{
    public static Manual Make(IReadOnlyList<SetupKind> kinds) => new()
    {
        Usage = ["COMMAND [OPTION...]"],
        Description = """
            Sets up auditing for a purpose. What would change is shown as a difference, with what should be known; then it asks. Changes are made whole or not at all: whoever
            interrupts it finds each file old or new, and the next run takes back what was interrupted. Rules are loaded and verified by one event that is provoked;
            reports leave that event out.

            Before `sessions` stands, these people are logged in by ssh with a key made for that; where it fails everything is changed back.

            A change of /etc/pam.d is tried before by a real session in a private copy of /etc.
            """,
        Parts = [.. kinds.Select(kind => new ManualPart(kind.Name, kind.Summary, PartOf(kind)))],
        ExitStatus =
        [
            ("0", "Done, or nothing to do."),
            ("1", "Something is in the way, or failed."),
            ("2", "Wrong usage."),
            ("3", "Not agreed to."),
        ],
        Files =
        [
            ("/etc/audit/rules.d/70-akashi-commands.rules", "The rules of `commands`; 43-akashi-privilege.rules, 44-akashi-software.rules and 60-akashi-files.rules are those of the others."),
            ("/var/lib/akashi/setup", "What stood in each file before, for `--undo`."),
        ],
        Examples =
        [
            ("akashi setup commands --users shota,root --tty", "Records what two people run, and their keystrokes."),
            ("akashi setup files /etc/passwd /etc/security --dry-run", "Shows which rules would watch them."),
            ("akashi setup sessions --users shota --break-glass wheel", "Records this person's sessions from login on; who is in wheel is left alone."),
            ("akashi setup remote --receive --from 10.0.0.0/8", "Has auditd receive other machines' records."),
            ("akashi setup remote --receive --make-certificates", "The same over TLS; --issue NAME makes the file that a sender's --certificates takes."),
            ("akashi setup remote --renew-authority", "A new authority, believed beside the one that ends; given again, the former one is believed no more."),
            ("akashi setup remote --to collector.example", "Has it send those of this one there, and shows that they arrive."),
            ("akashi setup service --replace-auditd --yes", "Takes the place of the distribution's auditd; --undo brings it back."),
        ],
        SeeAlso = ["akashi-doctor(8)", "akashi-rules(8)", "akashi-report(1)", "auditd(8)", "augenrules(8)"],
    };

    // What is seldom left out stands by name.
    static string UsualOptions(string name) => name switch
    {
        "commands" => "--users NAMES [--tty] ",
        "remote" => "--to HOST[:PORT] | --receive ",
        "service" => "[--replace-auditd] ",
        "sessions" => "--users NAMES | --groups NAMES [--way WAY] ",
        _ => "",
    };

    static Manual PartOf(SetupKind kind) => new()
    {
        Usage = [$"{UsualOptions(kind.Name)}[OPTION...]{(kind.Operands.Length > 0 ? " " + kind.Operands : "")}"],
        Description = char.ToUpperInvariant(kind.Summary[0]) + kind.Summary[1..] + ".",
        Options = [.. kind.Options, .. SetupOptions.Common],
        Operands = new OptionValues(kind.Operands.Length > 0 ? ValueKind.File : ValueKind.Anything),
    };
}
