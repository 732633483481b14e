namespace Akashi.Daemon.Remote;

/// <summary>The look-up of an address's name, which a thread of its own does: it may hang.</summary>
/// <param name="address">In digits.</param>
sealed class NameLookup(string address)
{
    volatile string? _name;

    /// <summary>The address.</summary>
    public string Address => address;

    /// <summary>Whether it was begun.</summary>
    public bool IsBegun { get; set; }

    /// <summary>When it was first wanted, a timestamp of the clock.</summary>
    public long Since { get; init; }

    /// <summary>Any thread: what was found; null before.</summary>
    public string? Name
    {
        get => _name;
        set => _name = value;
    }
}
