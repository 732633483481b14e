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
}

/// <summary>The one line that an asker sends: <c>akashi 1 status</c> and a line feed.</summary>
public static class ControlRequest
{
    /// <summary>The path of the socket.</summary>
    public const string SocketPath = "/run/akashi/control";

    /// <summary>The longest request, its line feed included.</summary>
    public const int BytesMax = 320;

    const string Prefix = "akashi 1 ";

    /// <summary>Writes a request.</summary>
    public static byte[] Write(ControlQuestion question) => Encoding.ASCII.GetBytes($"{Prefix}{NameOf(question)}\n");

    /// <summary>Reads a request.</summary>
    /// <param name="line">Any bytes: what was sent until the line feed, without it.</param>
    /// <param name="question">What is asked; the default where false is returned.</param>
    /// <returns>False where it's another version, an unknown question, or noise.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, out ControlQuestion question)
    {
        foreach (ControlQuestion known in Enum.GetValues<ControlQuestion>())
        {
            question = known;
            if (line.SequenceEqual(Write(known).AsSpan()[..^1]))
                return true;
        }

        question = default;
        return false;
    }

    static string NameOf(ControlQuestion question) => question switch
    {
        ControlQuestion.Status => "status",
        ControlQuestion.Rules => "rules",
        ControlQuestion.Restart => "restart",
        _ => throw new ArgumentOutOfRangeException(nameof(question), question, "is none"),
    };
}
