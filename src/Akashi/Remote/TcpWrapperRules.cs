namespace Akashi.Remote;

/// <summary>What a file of tcp_wrappers has for auditd: where somebody may be kept out, what names are needed for, and what isn't gone by; hosts_access(5), hosts_options(5).</summary>
/// <remarks>
/// <para>A rule is <c>daemons : clients [: option…]</c>, a line that ends with <c>\</c> goes on. One of /etc/hosts.deny keeps clients out; one of /etc/hosts.allow does by the option <c>deny</c> (or by
/// <c>twist</c>, which puts a program in the service's place). Who is let in is tcp_wrappers' own to say: here it's only found out whether it's to be asked, and may be.</para>
/// <para>What isn't understood counts as what keeps out, needs names, or isn't gone by.</para>
/// </remarks>
public sealed class TcpWrapperRules
{
    /// <summary>The service's name there.</summary>
    public const string Service = "auditd";

    const string Everybody = "ALL";
    const string Except = "EXCEPT";

    static readonly char[] s_between = [' ', '\t', ',', '\r'];

    // These keep nobody out.
    static readonly string[] s_neutral =
        ["allow", "severity", "spawn", "keepalive", "linger", "rfc931", "banners", "nice", "setenv", "umask", "user", "group"];

    TcpWrapperRules()
    {
    }

    /// <summary>The line of the first rule that may keep somebody from auditd, from 1; 0 for none.</summary>
    public int DenyingLine { get; private set; }

    /// <summary>Whether a rule for auditd tells clients by anything but addresses.</summary>
    public bool NeedsNames { get; private set; }

    /// <summary>The line of the first rule for auditd with something that isn't gone by, from 1; 0 for none.</summary>
    public int UnservedLine { get; private set; }

    /// <summary>What that is, in words: <c>the option "user"</c>.</summary>
    public string Unserved { get; private set; } = "";

    /// <summary>The line of the first rule that may keep somebody from auditd.</summary>
    /// <param name="text">The file.</param>
    /// <param name="isDenying">Whether it's /etc/hosts.deny.</param>
    /// <returns>From 1; 0 for none.</returns>
    public static int FindLine(string text, bool isDenying) => Read(text, isDenying).DenyingLine;

    /// <summary>Reads a file.</summary>
    /// <param name="text">The file.</param>
    /// <param name="isDenying">Whether it's /etc/hosts.deny.</param>
    public static TcpWrapperRules Read(string text, bool isDenying)
    {
        var rules = new TcpWrapperRules();
        string[] lines = text.Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            int first = index;
            string rule = lines[index];
            while (rule.EndsWith('\\') && index + 1 < lines.Length)
                rule = rule[..^1] + lines[++index];
            if (rule is not ['#', ..] && !string.IsNullOrWhiteSpace(rule))
                rules.Take(rule, first + 1, isDenying);
        }

        return rules;
    }

    void Take(string rule, int line, bool isDenying)
    {
        (string daemons, string? rest) = CutField(rule);
        if (rest is null)
        {
            DenyingLine = DenyingLine == 0 && isDenying ? line : DenyingLine;
            return;
        }

        string[] services = daemons.Split(s_between, StringSplitOptions.RemoveEmptyEntries);
        if (!services.Any(IsOfService))
            return;
        (string clients, string? options) = CutField(rest);
        bool isOpen = rest.AsSpan().Count('[') != rest.AsSpan().Count(']');
        if (DenyingLine == 0 && (isDenying || isOpen || Options(options).Any(option => !s_neutral.Contains(option))))
            DenyingLine = line;
        string? unserved = isOpen ? "a bracket without its other one" : FindOwnAddress(services) ?? LookAtClients(clients) ?? FindUnservedOption(options);
        if (UnservedLine == 0 && unserved is not null)
            (UnservedLine, Unserved) = (line, unserved);
    }

    // What isn't understood may be about it.
    static bool IsOfService(string daemon) =>
        daemon.Split('@')[0] is var name && (name.Equals(Everybody, StringComparison.OrdinalIgnoreCase) || name.Equals(Service, StringComparison.OrdinalIgnoreCase)
            || name.AsSpan().ContainsAny('*', '?'));

    // Returns what isn't gone by.
    string? LookAtClients(string clients)
    {
        foreach (string client in clients.Split(s_between, StringSplitOptions.RemoveEmptyEntries))
        {
            if (client[0] == '@')
                return $"a netgroup, \"{client}\"";
            if (client.Contains('@', StringComparison.Ordinal))
                return $"a user of the client, \"{client}\"";
            NeedsNames |= !IsAddress(client) && !client.Equals(Everybody, StringComparison.OrdinalIgnoreCase) && !client.Equals(Except, StringComparison.OrdinalIgnoreCase);
        }

        return null;
    }

    // 10.0.0.7, 10., 10.0.0.0/8, 10.0.0.0/255.0.0.0, 10.0.*.?, [fd00::]/8. A file of clients (/etc/…) may have names.
    static bool IsAddress(string client) => client[0] == '[' || (client[0] != '/' && !client.AsSpan().ContainsAnyExcept("0123456789./*?"));

    static string? FindOwnAddress(string[] services) =>
        services.FirstOrDefault(service => service.Contains('@', StringComparison.Ordinal)) is { } service ? $"an address of this machine, \"{service}\"" : null;

    // Programs aren't run and severity is for the library's own log: these change nothing of who is let in. twist lets nobody in.
    static string? FindUnservedOption(string? options) =>
        Options(options).FirstOrDefault(option => option is not ("allow" or "deny" or "severity" or "spawn" or "twist")) is { } option ? $"the option \"{option}\"" : null;

    static IEnumerable<string> Options(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return [];
        var options = new List<string>();
        int start = 0;
        for (int index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && (text[index] != ':' || (index > 0 && text[index - 1] == '\\')))
                continue;
            options.Add(text[start..index].Trim().Split([' ', '\t', '='], 2)[0].ToLowerInvariant());
            start = index + 1;
        }

        return options;
    }

    // Up to the next colon outside of brackets, which an address of IPv6 stands in; null behind the last.
    static (string Field, string? Behind) CutField(string text)
    {
        bool isBracketed = false;
        for (int index = 0; index < text.Length; index++)
        {
            isBracketed = text[index] switch { '[' => true, ']' => false, _ => isBracketed };
            if (text[index] == ':' && !isBracketed)
                return (text[..index], text[(index + 1)..]);
        }

        return (text, null);
    }
}
