using System.Text;
using Akashi.Diagnostics;
using Akashi.Output;

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

    public static void Write(DiagnosticBag diagnostics, string query, Utf8Output error)
    {
        foreach (Diagnostic diagnostic in diagnostics.All)
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
