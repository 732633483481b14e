using Akashi.Configuration;
using Akashi.Remote;

namespace Akashi.ManualGenerator;

/// <summary>What is generated.</summary>
public static class GeneratedFiles
{
    /// <summary>The directories below packaging that hold nothing else.</summary>
    public static IReadOnlyList<string> Directories { get; } = ["man", "completion"];

    /// <summary>Every file: its path below packaging, and its text.</summary>
    public static IEnumerable<(string Path, string Text)> All()
    {
        IReadOnlyList<DescribedTool> tools = DescribedTool.All();
        foreach (DescribedTool tool in tools)
            yield return ($"man/{tool.PageName}.{tool.Manual.Section}", new ManPage(tool).Write());
        yield return ($"man/{AuditdConfiguration.FileName}.5", ConfigurationPage.OfAuditd());
        yield return ($"man/{AkashiConfiguration.FileName}.5", ConfigurationPage.OfAkashi());
        yield return ($"man/{Path.GetFileName(RemoteConfiguration.DefaultPath)}.5", ConfigurationPage.OfAudispRemote());
        yield return ("completion/bash/akashi", new BashCompletion(tools).Write());
        yield return ("completion/zsh/_akashi", new ZshCompletion(tools).Write());
        foreach ((string name, string text) in new FishCompletion(tools).Write())
            yield return ($"completion/fish/{name}.fish", text);
    }
}
