using System.Text;
using Akashi.Cli.CommandLine;
using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Cli.Ausearch;

/// <summary>--arch: b64, b32 or a machine's name; decides which table the name after -sc is looked up in.</summary>
static class MachineOption
{
    public static string? Take(AusearchRequest request, OptionWords words)
    {
        if (!words.TryTake(out string name))
            return $"argument is required for {words.Option}";
        if (request.MachineName is not null)
            return $"{words.Option} can be given only once";
        request.MachineName = name;
        return null;
    }

    /// <summary>The machine that was asked for, else this one.</summary>
    /// <returns>False where the name is no machine's.</returns>
    public static bool TryResolve(string? name, IHost host, out Machine machine)
    {
        if (!Machines.TryFromName(Encoding.UTF8.GetBytes(host.Machine), out machine))
            machine = Machine.X86_64;
        if (name is null)
            return true;
        if (name is not ("b64" or "b32"))
            return Machines.TryFromName(Encoding.UTF8.GetBytes(name), out machine);
        bool isOwnWidth = Machines.Is64BitElf(machine.ToElf()) == (name == "b64");
        return isOwnWidth || machine.TryGetTwin(out machine);
    }
}
