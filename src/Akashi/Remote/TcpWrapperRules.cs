namespace Akashi.Remote;

/// <summary>Finds what tcp_wrappers' files have for a service that doesn't read them: whether somebody may be kept out there, hosts_access(5), hosts_options(5).</summary>
/// <remarks>
/// A rule is <c>daemons : clients [: option…]</c>, a line that ends with <c>\</c> goes on. One of /etc/hosts.deny keeps clients out; one of /etc/hosts.allow does by the option <c>deny</c> (or by
/// <c>twist</c>, which puts a program in the service's place). Clients aren't looked at: they may be names, and whose they are the resolver says.
/// </remarks>
public static class TcpWrapperRules
{
    /// <summary>The service's name there.</summary>
    public const string Service = "auditd";

    const string Everybody = "ALL";

    /// <summary>The line of the first rule that may keep somebody from auditd.</summary>
    /// <param name="text">The file.</param>
    /// <param name="isDenying">Whether it's /etc/hosts.deny.</param>
    /// <returns>From 1; 0 for none.</returns>
    public static int FindLine(string text, bool isDenying)
    {
        string[] lines = text.Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            int first = index;
            string rule = lines[index];
            while (rule.EndsWith('\\') && index + 1 < lines.Length)
                rule = rule[..^1] + lines[++index];
            if (rule.TrimStart() is [not '#', ..] && IsOfService(rule) && (isDenying || HasDenyingOption(rule)))
                return first + 1;
        }

        return 0;
    }

    // What isn't understood may be about it.
    static bool IsOfService(string rule)
    {
        int colon = rule.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || rule[..colon].Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries).Any(
            daemon => daemon.Split('@')[0] is var name && (name.Equals(Everybody, StringComparison.OrdinalIgnoreCase) || name.Equals(Service, StringComparison.OrdinalIgnoreCase)
                || name.AsSpan().ContainsAny('*', '?')));
    }

    static bool HasDenyingOption(string rule) =>
        rule.Split(':').Skip(2).Any(option => option.Trim().Split([' ', '\t', '='], 2)[0].ToUpperInvariant() is "DENY" or "TWIST");
}
