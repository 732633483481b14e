using Akashi.Host;
using Akashi.Linux.Sockets;

namespace Akashi.Daemon.Remote;

/// <summary>Who may connect by tcp_wrappers' rules.</summary>
/// <remarks>
/// Where the rules are of addresses alone they are asked at once. Where they name machines a connection waits for its address's name, which other threads look for, eight at a time: a name that
/// isn't found in three seconds counts as unknown, as one that isn't found at all does.
/// </remarks>
public sealed partial class RemoteReceiver
{
    const int QuestionsMax = 256;
    const int LookupsMax = 8;
    const int LookupsKnownMax = 1024;

    // glibc's resolver keeps its answers on the stack.
    const int LookupStackBytes = 512 * 1024;

    // Less than the five seconds that a sender of the original gives a record.
    static readonly TimeSpan s_nameMax = TimeSpan.FromSeconds(3);
    static readonly TimeSpan s_nameKept = TimeSpan.FromMinutes(1);

    readonly List<(TcpConnection Connection, NameLookup Lookup, WrapperGate Asked, long Since)> _questions = [];
    readonly Dictionary<string, NameLookup> _names = [];
    int _lookups;

    void Ask(WrapperGate gate, TcpConnection connection)
    {
        switch (gate.Ask(connection.Peer.Text))
        {
            case WrapperAnswer.Yes:
                LetIn(connection);
                break;
            case WrapperAnswer.NeedsName when MayAsk(connection.Peer.Text):
                _questions.Add((connection, FindLookup(connection.Peer.Text), gate, _clock.GetTimestamp()));
                break;
            default:
                Refuse(connection, "wrap");
                break;
        }
    }

    // Whoever connects without end keeps nobody else from asking.
    bool MayAsk(string address) =>
        _questions.Count < QuestionsMax && _questions.Count(one => one.Connection.Peer.Text == address) < _settings.PerAddressMax;

    // A name is looked for once a minute, however often its address connects; one that wasn't found may be at the next connection.
    NameLookup FindLookup(string address)
    {
        if (_names.TryGetValue(address, out NameLookup? lookup)
            && (lookup.Name is null || (lookup.Name != ITcpWrappers.UnknownName && _clock.GetElapsedTime(lookup.Since) < s_nameKept)))
            return lookup;
        if (_names.Count >= LookupsKnownMax)
            _names.Clear();
        return _names[address] = new NameLookup(address) { Since = _clock.GetTimestamp() };
    }

    void AdvanceQuestions()
    {
        for (int index = 0; index < _questions.Count; index++)
        {
            (TcpConnection connection, NameLookup lookup, WrapperGate asked, long since) = _questions[index];
            WrapperGate? gate = _settings.Wrappers;
            if (gate is not null && lookup is { IsBegun: false, Name: null } && Volatile.Read(ref _lookups) < LookupsMax)
                LookUp(lookup, asked);
            string? name = lookup.Name ?? (_clock.GetElapsedTime(since) >= s_nameMax ? ITcpWrappers.UnknownName : null);
            if (gate is not null && name is null)
                continue;
            _questions.RemoveAt(index--);
            if (gate is null || gate.Ask(connection.Peer.Text, name!))
                LetIn(connection);
            else
                Refuse(connection, "wrap");
        }
    }

    // It may come back when this receiver is gone.
    void LookUp(NameLookup lookup, WrapperGate gate)
    {
        lookup.IsBegun = true;
        Interlocked.Increment(ref _lookups);
        new Thread(() =>
        {
            lookup.Name = gate.FindName(lookup.Address);
            Interlocked.Decrement(ref _lookups);
            _wait.Wake();
        }, LookupStackBytes) { Name = "name", IsBackground = true }.Start();
    }

    void DropQuestions()
    {
        foreach ((TcpConnection connection, _, _, _) in _questions)
            connection.Dispose();
        _questions.Clear();
    }
}
