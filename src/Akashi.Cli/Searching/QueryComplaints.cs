using System.Text;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Output;
using Akashi.Search.Query;

namespace Akashi.Cli.Searching;

/// <summary>Says what is wrong with a query, and shows where.</summary>
/// <remarks>
/// <code>
/// akashi search: no field is called 'usr'
///   key=passwd usr=alice
///              ^^^
/// hint: did you mean user?
/// </code>
/// </remarks>
static class QueryComplaints
{
    // A longer query is shown without its place.
    const int ShownMax = 400;

    /// <summary>Where nothing was found: why that may be, and on a terminal that it is so; in one piece, as a progress line may be in between.</summary>
    public static void WriteDoubts(CompiledQuery compiled, string query, Invocation invocation)
    {
        using var error = new Utf8Output(invocation.Error);
        if (invocation.ErrorTerminal is not null)
            error.Write("akashi search: no event matches\n"u8);
        Write(compiled.Doubts, query, error);
        error.Flush();
    }

    public static void Write(IReadOnlyList<Diagnostic> diagnostics, string query, Utf8Output error)
    {
        foreach (Diagnostic diagnostic in diagnostics)
        {
            error.Write(diagnostic.Severity == Severity.Warning ? "akashi search: warning: " : "akashi search: ");
            error.WriteEscaped(Encoding.UTF8.GetBytes(diagnostic.Text));
            error.EndLine();
            if (diagnostic.Column > 0 && query.Length <= ShownMax && !query.Any(char.IsControl))
            {
                error.Write($"  {query}\n  {new string(' ', diagnostic.Column - 1)}{new string('^', Math.Max(diagnostic.Length, 1))}\n");
            }

            if (diagnostic.Hint is { } hint)
            {
                error.Write("hint: "u8);
                error.WriteEscaped(Encoding.UTF8.GetBytes(hint));
                error.EndLine();
            }
        }
    }
}
