using System.Text;

namespace Akashi.Control;

/// <summary>What can be asked over the control socket.</summary>
public enum ControlQuestion
{
    /// <summary>How the service is: a <see cref="ServiceStatus"/>.</summary>
    Status,

    /// <summary>The rules that the kernel holds: <see cref="RuleListText"/>.</summary>
    Rules,

    /// <summary>The service is to start anew in place; root alone may ask. The only question that changes anything; its answer is empty, and comes before it is done.</summary>
    Restart,

    /// <summary>The hosts whose records are received: <see cref="HostListText"/>.</summary>
    Hosts,

    /// <summary>A node's name is nobody's again: <c>forget NODE</c>; root alone may ask. Its answer is empty.</summary>
    Forget,
}

/// <summary>The one line that an asker sends: <c>akashi 1 status</c>, or <c>akashi 1 forget web1</c>, and a line feed.</summary>
public static class ControlRequest
{
    /// <summary>The path of the socket.</summary>
    public const string SocketPath = "/run/akashi/control";

    /// <summary>The longest request, its line feed included.</summary>
    public const int BytesMax = 320;

    const string Prefix = "akashi 1 ";

    /// <summary>Writes a request.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="node">Of which node, for <see cref="ControlQuestion.Forget"/>.</param>
    public static byte[] Write(ControlQuestion question, string node = "") =>
        Encoding.ASCII.GetBytes($"{Prefix}{NameOf(question)}{(node.Length > 0 ? " " : "")}{node}\n");

    /// <summary>Reads a request.</summary>
    /// <param name="line">Any bytes: what was sent until the line feed, without it.</param>
    /// <param name="question">What is asked; the default where false is returned.</param>
    /// <returns>False where it's another version, an unknown question, or noise.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, out ControlQuestion question) => TryRead(line, out question, out _);

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out ControlQuestion)"/>
    /// <param name="line"/>
    /// <param name="question"/>
    /// <param name="node">The node that is named; empty for other questions.</param>
    public static bool TryRead(ReadOnlySpan<byte> line, out ControlQuestion question, out string node)
    {
        node = "";
        foreach (ControlQuestion known in Enum.GetValues<ControlQuestion>())
        {
            question = known;
            ReadOnlySpan<byte> name = Write(known).AsSpan()[..^1];
            if (known == ControlQuestion.Forget ? TryReadNode(line, name, out node) : line.SequenceEqual(name))
                return true;
        }

        question = default;
        return false;
    }

    static bool TryReadNode(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out string node)
    {
        node = "";
        if (!line.StartsWith(name) || line.Length < name.Length + 2 || line[name.Length] != ' ' || line[(name.Length + 1)..].ContainsAnyExceptInRange((byte)'!', (byte)'~'))
            return false;
        node = Encoding.ASCII.GetString(line[(name.Length + 1)..]);
        return true;
    }

    static string NameOf(ControlQuestion question) => question switch
    {
        ControlQuestion.Status => "status",
        ControlQuestion.Rules => "rules",
        ControlQuestion.Restart => "restart",
        ControlQuestion.Hosts => "hosts",
        ControlQuestion.Forget => "forget",
        _ => throw new ArgumentOutOfRangeException(nameof(question), question, "is none"),
    };
}
