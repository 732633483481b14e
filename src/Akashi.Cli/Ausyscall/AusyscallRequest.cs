using Akashi.Tables;

namespace Akashi.Cli.Ausyscall;

/// <summary>What was typed after <c>ausyscall</c>.</summary>
sealed class AusyscallRequest
{
    public Machine? Machine { get; set; }

    public int? Number { get; set; }

    /// <summary>A whole name or a part of one; empty for all.</summary>
    public string? Name { get; set; }

    public bool IsDump { get; set; }

    public bool IsExact { get; set; }
}
