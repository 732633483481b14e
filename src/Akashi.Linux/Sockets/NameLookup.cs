using Akashi.Host;
using Akashi.Linux.Interop;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Sockets;

/// <summary>Why a machine's name was not found: what getaddrinfo(3) answers.</summary>
static class NameLookup
{
    /// <summary>The exception for an answer that isn't 0. That nobody could be asked, and that nobody knows the name, are told apart: the one passes.</summary>
    /// <param name="name">The name.</param>
    /// <param name="answer">The answer; for EAI_SYSTEM errno is looked at.</param>
    public static AuditException Refusal(string name, int answer) => new($"cannot find {name}: " + answer switch
    {
        EAI_NONAME or EAI_NODATA => "the name is not known",
        EAI_AGAIN => "temporary failure in name resolution: no name server answers",
        EAI_FAIL => "the name servers refuse to answer",
        EAI_SYSTEM => ErrorText.Of(Errno),
        _ => $"getaddrinfo fails with {answer}",
    });
}
