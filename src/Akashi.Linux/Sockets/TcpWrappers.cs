using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Akashi.Host;
using static Akashi.Linux.Interop.LibC;
using static Akashi.Linux.Interop.LibWrap;

namespace Akashi.Linux.Sockets;

/// <summary>tcp_wrappers by its own library, which reads the files for each client: hosts_access(3).</summary>
/// <remarks>
/// The library would run programs in this process's name or place, and look for names as long as it takes. It's told the name instead, and that this is a trial: then it runs
/// nothing. Options that change the process itself (user, umask, nice) it does even then: a rule with one isn't to be asked about, <see cref="Remote.TcpWrapperRules"/>.
/// </remarks>
sealed unsafe class TcpWrappers : ITcpWrappers
{
    TcpWrappers()
    {
    }

    /// <summary>Finds the library.</summary>
    /// <returns>Null where it's missing.</returns>
    internal static TcpWrappers? Open() => TryLoad() ? new TcpWrappers() : null;

    /// <inheritdoc/>
    public bool MayConnect(string service, string name, string address)
    {
        // A rule with twist ends the trial and lets in: it would have put a program in this one's place, and none is let in for that.
        *dry_run = *resident = 1;
        fixed (byte* daemon = Terminated(service), client = Terminated(name), digits = Terminated(address), nobody = "unknown\0"u8)
            return hosts_ctl(daemon, client, digits, nobody) != 0 && *dry_run != 0;
    }

    /// <inheritdoc/>
    public string FindName(string address)
    {
        var numeric = new addrinfo { ai_flags = AI_NUMERICHOST, ai_socktype = SOCK_STREAM };
        addrinfo* own;
        if (getaddrinfo(address, null, &numeric, &own) != 0)
            return ITcpWrappers.UnknownName;
        byte* host = stackalloc byte[NI_MAXHOST];
        int answer = getnameinfo(own->ai_addr, own->ai_addrlen, host, NI_MAXHOST, null, 0, NI_NAMEREQD);
        freeaddrinfo(own);
        if (answer != 0)
            return ITcpWrappers.UnknownName;
        string name = Encoding.ASCII.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(host));
        return IsName(name) && LeadsTo(name, address) ? name : ITcpWrappers.ParanoidName;
    }

    // What the library would cut, take for an address or for a word of its own is nobody's name.
    static bool IsName(string name) =>
        name.Length is > 0 and < STRING_LENGTH && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_') && !IPAddress.TryParse(name, out _)
        && !name.Equals(ITcpWrappers.UnknownName, StringComparison.OrdinalIgnoreCase) && !name.Equals(ITcpWrappers.ParanoidName, StringComparison.OrdinalIgnoreCase);

    // Whoever has an address may give it any name; only that name's owner can have it lead back.
    static bool LeadsTo(string name, string address)
    {
        var hints = new addrinfo { ai_socktype = SOCK_STREAM };
        addrinfo* found;
        if (getaddrinfo(name, null, &hints, &found) != 0)
            return false;
        bool isFound = false;
        for (addrinfo* one = found; one is not null && !isFound; one = one->ai_next)
            isFound = one->ai_family is AF_INET or AF_INET6 && TcpAddress.Read((sockaddr_in6*)one->ai_addr).Text == address;
        freeaddrinfo(found);
        return isFound;
    }

    static byte[] Terminated(string text) => Encoding.ASCII.GetBytes(text + "\0");
}
