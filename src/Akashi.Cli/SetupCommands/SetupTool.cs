using Akashi.Cli.CommandLine;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.SetupCommands;

/// <summary><c>akashi setup NAME</c>: auditing set up for a purpose, shown before it's done, and undoable.</summary>
/// <remarks>Exit codes: 0 set up, or nothing to do; 1 where something is in the way or failed (nothing is changed then, or it's said what); 2 usage; 3 not agreed to.</remarks>
static class SetupTool
{
    const int Refused = 1;
    const int UsageError = 2;

    static readonly IReadOnlyList<SetupKind> s_kinds = [CommandsSetup.Kind, PrivilegeSetup.Kind, SoftwareSetup.Kind, FilesSetup.Kind, RemoteSetup.Kind, ServiceSetup.Kind, SessionsSetup.Kind];

    /// <summary>The row for the registry.</summary>
    public static Tool Tool { get; } = new("setup", "set up auditing: commands of people, privilege, software, files, other machines, the service, sessions", Run) { Manual = () => SetupManual.Make(s_kinds) };

    /// <summary>Whether a setup of that name was done on this machine, or interrupted; for the doctor.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_kinds.Select(kind => kind.Name)];

    static int Run(Invocation invocation) => Run(invocation, null);

    /// <summary>Runs it; tests give a runner of programs of their own.</summary>
    internal static int Run(Invocation invocation, Func<string, IReadOnlyList<string>, int>? runProgram)
    {
        using var output = new Utf8Output(invocation.Output, FlushMode.Line);
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        string? name = invocation.Arguments.Count > 0 ? invocation.Arguments[0] : null;
        if (name is null or "-h" or "--help")
        {
            WriteOverview(name is null ? error : output);
            return name is null ? UsageError : 0;
        }

        if (s_kinds.FirstOrDefault(kind => kind.Name == name) is not { } kind)
        {
            error.Write($"akashi setup: no setup '{name}'\nhint: akashi setup --help lists them\n");
            return UsageError;
        }

        var typed = new SetupOptions();
        var table = new OptionTable<SetupOptions>([.. kind.Options, .. SetupOptions.Common], OptionStyle.Getopt);
        if (table.Parse([.. invocation.Arguments.Skip(1)], typed, TakeOperand(kind)) is { } fault)
        {
            error.Write($"akashi setup {name}: {fault}\nhint: akashi setup {name} --help lists the options\n");
            return UsageError;
        }

        if (typed.WantsHelp)
        {
            output.Write($"usage: akashi setup {name} [OPTION...]{(kind.Operands.Length > 0 ? " " + kind.Operands : "")}\n\n{kind.Summary}\n\n");
            table.WriteHelp(output);
            return 0;
        }

        if (!typed.IsUndo && kind.FindMissing(typed) is { } missing)
        {
            error.Write($"akashi setup {name}: {missing.Text}\nhint: {missing.Hint}\n");
            return UsageError;
        }

        if (invocation.Host.Files.KindOf(typed.Root) != FileKind.Directory && !Directory.Exists(typed.Root))
        {
            error.Write($"akashi setup {name}: there is no directory {typed.Root}: nothing was done\n");
            return Refused;
        }

        return typed.IsDryRun
            ? new SetupRun(kind, typed, MachineOf(invocation, typed, output, error, runProgram), isReaderLost: () => false).Run()
            : RunToItsEnd(kind, typed, invocation, runProgram);
    }

    // A reader that goes away ends a listing; it must not end a change half way, nor pass for one that was made.
    static int RunToItsEnd(SetupKind kind, SetupOptions typed, Invocation invocation, Func<string, IReadOnlyList<string>, int>? runProgram)
    {
        using var shown = new LastingStream(invocation.Output);
        using var said = new LastingStream(invocation.Error);
        Invocation lasting = invocation with { Output = shown, Error = said };
        using var output = new Utf8Output(shown, FlushMode.Line);
        using var error = new Utf8Output(said, FlushMode.Line);
        return new SetupRun(kind, typed, MachineOf(lasting, typed, output, error, runProgram), () => shown.IsLost).Run();
    }

    static SetupMachine MachineOf(
        Invocation invocation, SetupOptions typed, Utf8Output output, Utf8Output error, Func<string, IReadOnlyList<string>, int>? runProgram) =>
        runProgram is null
            ? new SetupMachine(invocation, typed.Root, output, error)
            : new SetupMachine(invocation, typed.Root, output, error) { RunProgram = runProgram };

    static ApplyOption<SetupOptions> TakeOperand(SetupKind kind) => (typed, words) =>
    {
        words.TryTakeAny(out string word);
        if (kind.Operands.Length == 0)
            return $"unexpected word '{word}': it takes options only";
        typed.Operands.Add(word);
        return null;
    };

    static void WriteOverview(Utf8Output output)
    {
        output.Write("usage: akashi setup NAME [OPTION...]\n\nShows what would change, asks, changes it, checks it; --undo takes it back.\n\n"u8);
        foreach (SetupKind kind in s_kinds)
            output.Write($"  {kind.Name,-10}{kind.Summary}\n");
        output.Write("\nakashi setup NAME --help lists the options.\n"u8);
    }
}
