using System.Collections.Concurrent;
using Akashi.Host;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>tcp_wrappers that let in who is listed, and a resolver that answers when a test says so.</summary>
sealed class ScriptedWrappers : ITcpWrappers, IDisposable
{
    /// <summary>Names, or addresses where no name is known, that may connect.</summary>
    public HashSet<string> Allowed { get; } = [];

    /// <summary>Names of addresses.</summary>
    public Dictionary<string, string> Names { get; } = [];

    /// <summary>What was asked: service, name and address.</summary>
    public ConcurrentQueue<(string Service, string Name, string Address)> Asked { get; } = new();

    /// <summary>Set while the resolver answers.</summary>
    public ManualResetEventSlim Answers { get; } = new(initialState: true);

    /// <summary>How often a name was looked for.</summary>
    public int Lookups;

    public bool MayConnect(string service, string name, string address)
    {
        Asked.Enqueue((service, name, address));
        return Allowed.Contains(name == ITcpWrappers.UnknownName ? address : name);
    }

    public string FindName(string address)
    {
        Interlocked.Increment(ref Lookups);
        Answers.Wait(ReceivingTrail.Limit);
        return Names.GetValueOrDefault(address, ITcpWrappers.UnknownName);
    }

    // Whoever waits for the resolver goes on; not disposed, as they may do so later.
    public void Dispose() => Answers.Set();
}
