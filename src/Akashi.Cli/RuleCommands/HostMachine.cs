using System.Text;
using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Cli.RuleCommands;

/// <summary>The machine that rules are made for.</summary>
static class HostMachine
{
    /// <summary>The machine of a host; x86_64 where its name is none that has rules.</summary>
    public static Machine Of(IHost host) =>
        Machines.TryFromName(Encoding.UTF8.GetBytes(host.Machine), out Machine machine) ? machine : Machine.X86_64;
}
