using System.Globalization;
using System.Text;
using Akashi.Cli.CommandLine;
using Akashi.Host;
using Akashi.Output;
using Akashi.Tables;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.Ausyscall;

/// <summary>ausyscall: system calls by number and name, of any machine.</summary>
/// <remarks>Exit codes: 0 something was found; 1 nothing was, or the words don't fit together.</remarks>
static class AusyscallTool
{
    const int Found = 0;
    const int Refused = 1;
    const int WordsMax = 3;
    const int NumbersMax = 8192;
    const int NameColumns = 18;
    const string Usage = "usage: ausyscall [arch] name | number | --dump | --exact\n";

    static readonly OptionTable<AusyscallRequest> s_options = new(
        [
            new(null, "--dump", null, "What is shown", "every system call of the machine", (request, _) => Set(() => request.IsDump = true)),
            new(null, "--exact", null, "What is shown", "the number of the name that is exactly equal", (request, _) => Set(() => request.IsExact = true)),
        ],
        OptionStyle.WholeWords);

    public static Tool Tool { get; } = new("ausyscall", "show numbers and names of system calls", Run)
    {
        Manual = () => AusyscallManual.Make(s_options.Descriptions),
    };

    static int Run(Invocation invocation)
    {
        using var output = new Utf8Output(invocation.Output);
        using var error = new Utf8Output(invocation.Error);
        IReadOnlyList<string> words = invocation.Arguments;
        if (words.Count is 0 or > WordsMax)
            return Refuse(error, (words.Count == 0 ? "" : "Too many arguments\n") + Usage);
        if (!SyscallMachines.TryRead(invocation.Host.Machine, Machine.X86_64, out Machine running))
            return Refuse(error, "Unable to detect machine type\n");

        var request = new AusyscallRequest();
        foreach (string word in words)
        {
            if (Take(word, running, request, error) is { } fault)
                return Refuse(error, fault);
        }

        return Show(request, running, output, error);
    }

    // Words are told apart by what they are: any may be a system call's name, an option's unknown spelling too.
    static string? Take(string word, Machine running, AusyscallRequest request, Utf8Output error)
    {
        if (word.Length > 0 && char.IsAsciiDigit(word[0]))
        {
            if (request.Number is not null)
                return "Two syscall numbers not allowed\n" + Usage;
            request.Number = LeadingNumber(word);
            return null;
        }

        if (word is "ia64" or "alpha")
            return TakeRetired(word, error);
        if (SyscallMachines.TryRead(word, running, out Machine machine))
        {
            if (request.Machine is not null)
                return "Two machine types not allowed\n" + Usage;
            request.Machine = machine;
            return null;
        }

        if (s_options.Rows.Any(row => row.Long == word))
            return s_options.Parse([word], request);
        if (request.Name is not null)
            return "Two syscall names not allowed\n" + Usage;
        request.Name = word;
        return null;
    }

    // The original goes on with the running machine after ia64, and ends after alpha.
    static string? TakeRetired(string word, Utf8Output error)
    {
        if (word == "alpha")
            return "Alpha processor support is deprecated\n";
        error.Write("IA64 processor support is deprecated\n");
        return null;
    }

    static int Show(AusyscallRequest request, Machine running, Utf8Output output, Utf8Output error)
    {
        Machine machine = request.Machine ?? running;
        NameTable names = Syscalls.ForMachine(machine);
        if (request.IsDump)
            return Dump(machine, names, output);
        if (request.Name is { } name)
        {
            bool isFound = request.IsExact ? ShowNumber(name, names, output) : ShowContaining(name, names, output);
            return isFound ? Found : RefuseUnknown(error, name, machine);
        }

        if (request.Number is not { } number)
            return Refuse(error, "Error - either a syscall name or number must be given with an optional arch\n");
        if (!names.TryGetName(number, out ReadOnlySpan<byte> found))
            return RefuseUnknown(error, number.ToString(CultureInfo.InvariantCulture), machine);
        output.Write(found);
        output.EndLine();
        return Found;
    }

    static int Dump(Machine machine, NameTable names, Utf8Output output)
    {
        output.Write($"Using {SyscallMachines.NameOf(machine)} syscall table:\n");
        for (int number = 0; number < NumbersMax; number++)
        {
            if (!names.TryGetName(number, out ReadOnlySpan<byte> name))
                continue;
            output.Write(number);
            output.Write((byte)'\t');
            output.Write(name);
            output.EndLine();
        }

        return Found;
    }

    static bool ShowNumber(string name, NameTable names, Utf8Output output)
    {
        if (!names.TryGetNumberIgnoreCase(Encoding.UTF8.GetBytes(name), out long number))
            return false;
        output.Write(number);
        output.EndLine();
        return true;
    }

    static bool ShowContaining(string part, NameTable names, Utf8Output output)
    {
        bool isFound = false;
        for (int number = 0; number < NumbersMax; number++)
        {
            if (!names.TryGetName(number, out ReadOnlySpan<byte> bytes))
                continue;
            string name = Encoding.ASCII.GetString(bytes);
            if (!name.Contains(part, StringComparison.OrdinalIgnoreCase))
                continue;
            isFound = true;
            output.Write(name.PadRight(NameColumns));
            output.Write((byte)' ');
            output.Write(number);
            output.EndLine();
        }

        return isFound;
    }

    // strtol(3): digits up to the first other letter.
    static int LeadingNumber(string word)
    {
        int length = word.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(length < 0 ? word : word[..length], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : int.MaxValue;
    }

    static int RefuseUnknown(Utf8Output error, string what, Machine machine) =>
        Refuse(error, $"Unknown syscall {what} using {SyscallMachines.NameOf(machine)} lookup table\n");

    static int Refuse(Utf8Output error, string message)
    {
        error.Write(message);
        return Refused;
    }
}
