using System.Runtime.InteropServices;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Accounts;

/// <summary>Names and addresses of machines, getaddrinfo(3); may take as long as the resolver likes.</summary>
static unsafe class NodeNames
{
    /// <summary>The canonical name; null where the name isn't known.</summary>
    internal static string? FindCanonicalName(string name) =>
        Ask(name, static found => Marshal.PtrToStringUTF8((nint)((addrinfo*)found)->ai_canonname));

    /// <summary>The first address in digits; null where the name isn't known.</summary>
    internal static string? FindAddress(string name) => Ask(name, static found =>
    {
        var first = (addrinfo*)found;
        byte* text = stackalloc byte[NI_MAXHOST];
        return getnameinfo(first->ai_addr, first->ai_addrlen, text, NI_MAXHOST, null, 0, NI_NUMERICHOST) == 0
            ? Marshal.PtrToStringUTF8((nint)text)
            : null;
    });

    static string? Ask(string name, Func<nint, string?> read)
    {
        var hints = new addrinfo { ai_flags = AI_CANONNAME, ai_socktype = SOCK_DGRAM };
        addrinfo* found;
        if (getaddrinfo(name, null, &hints, &found) != 0)
            return null;
        string? text = read((nint)found);
        freeaddrinfo(found);
        return text;
    }
}
