using Akashi.Cli;
using Akashi.Cli.CommandLine;

namespace Akashi.ManualGenerator;

/// <summary>A program or a command of akashi, with what is said of it.</summary>
/// <param name="Words">The words it is called by: <c>ausearch</c>, <c>akashi live</c>.</param>
/// <param name="Summary">One line.</param>
/// <param name="Manual">Its manual.</param>
public sealed record DescribedTool(string Words, string Summary, Manual Manual)
{
    /// <summary>The name of its page: <c>akashi-live</c>.</summary>
    public string PageName => Words.Replace(' ', '-');

    /// <summary>akashi itself first, then its commands, then the classic tools, as <see cref="Tools"/> has them.</summary>
    public static IReadOnlyList<DescribedTool> All()
    {
        DescribedTool[] commands =
        [
            .. Tools.Commands.Where(tool => !tool.IsInternal)
                .Select(tool => new DescribedTool($"akashi {tool.Name}", tool.Summary, ToolManual.Of(tool, Tools.Commands) with { Section = SectionOf(tool, 1) })),
        ];
        DescribedTool[] classic = [.. Tools.Classic.Select(tool => new DescribedTool(tool.Name, tool.Summary, ToolManual.Of(tool, Tools.Classic)))];
        return [new("akashi", "record what happens on a machine, keep it, and answer questions about it", AkashiManual.Make(commands, classic)), .. commands, .. classic];
    }

    static int SectionOf(Tool tool, int otherwise) => tool.Manual?.Invoke().Section ?? otherwise;
}
