namespace Akashi.Logging;

/// <summary>Where faults are told unless the program says otherwise: an audit that fails must not do so in silence.</summary>
static class StandardErrorLine
{
    /// <summary>Writes a line to standard error.</summary>
    internal static void Write(string line) => Console.Error.WriteLine($"audit logging: {line}");
}
