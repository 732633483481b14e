namespace Akashi.Daemon.Remote;

/// <summary>How many handshakes an address may begin in a second: each costs as much time as hundreds of records.</summary>
/// <remarks>Fixed seconds, not sliding ones: an address may begin twice as many around a second's turn.</remarks>
/// <param name="clock">The clock.</param>
/// <param name="perSecondMax">How many.</param>
sealed class HandshakeRate(TimeProvider clock, int perSecondMax)
{
    const int AddressesMax = 16384;

    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    readonly Dictionary<string, int> _begun = [];
    long _since = clock.GetTimestamp();

    /// <summary>Counts one of an address.</summary>
    /// <returns>False where it's one too many.</returns>
    public bool TryBegin(string address)
    {
        if (clock.GetElapsedTime(_since) >= s_second || _begun.Count >= AddressesMax)
        {
            _begun.Clear();
            _since = clock.GetTimestamp();
        }

        int count = _begun.GetValueOrDefault(address);
        _begun[address] = count + 1;
        return count < perSecondMax;
    }
}
