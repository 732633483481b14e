using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Aulastlog;

/// <summary>What was typed after <c>aulastlog</c>.</summary>
sealed class AulastlogRequest
{
    /// <summary>A name or a number; null for all.</summary>
    public string? User { get; private set; }

    public bool ReadsStandardInput { get; private set; }

    public static string? TakeUser(AulastlogRequest request, OptionWords words)
    {
        if (!words.TryTake(out string user))
            return $"argument is required for {words.Option}";
        request.User = user;
        return null;
    }

    public static string? TakeStandardInput(AulastlogRequest request, OptionWords words)
    {
        request.ReadsStandardInput = true;
        return null;
    }
}
