namespace Akashi.Daemon.Remote;

/// <summary>How many records one sender may send now: so many a second, and as many at once as a quiet time has saved up.</summary>
/// <remarks>One for an address, however many connections and names it uses. A sender that has none left isn't read from: what it sends waits on its own side.</remarks>
sealed class SenderAllowance
{
    double _records;
    long _at;

    /// <summary>Whether a record may be taken.</summary>
    public bool HasSome => _records >= 1;

    /// <summary>Connections that share it.</summary>
    public int Connections { get; set; }

    /// <summary>Adds what the time since has brought.</summary>
    /// <param name="now">A timestamp of the clock.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="perSecond">Records a second.</param>
    /// <param name="burst">The most that is saved up.</param>
    public void Earn(long now, TimeProvider clock, int perSecond, int burst)
    {
        _records = _at == 0 ? burst : Math.Min(burst, _records + (clock.GetElapsedTime(_at, now).TotalSeconds * perSecond));
        _at = now;
    }

    /// <summary>A record was taken.</summary>
    public void Spend() => _records--;
}
