using System.Text;
using Akashi.Cli.CommandLine;

namespace Akashi.ManualGenerator;

/// <summary>Completion for zsh: one file for every name, which <c>#compdef</c> lists.</summary>
/// <param name="tools">What is completed.</param>
sealed class ZshCompletion(IReadOnlyList<DescribedTool> tools)
{
    readonly StringBuilder _text = new();
    readonly IReadOnlyList<CompletionPlace> _places = CompletionPlace.All(tools);

    /// <summary>The file.</summary>
    public string Write()
    {
        string[] classic = [.. tools.Where(tool => !tool.Words.StartsWith("akashi", StringComparison.Ordinal)).Select(tool => tool.Words)];
        Line($"#compdef akashi {string.Join(' ', classic)}");
        Line("# Completion for zsh. Written by eng/generate-manual from the option tables: changes made here are lost.\n");
        foreach ((string name, IReadOnlyList<string> words) in ValueWords.Lists)
            Line($"_akashi_{name}=({string.Join(' ', words)})");
        Line("");
        foreach (CompletionPlace place in _places)
            WritePlace(place, classic);
        Line("case $service in");
        foreach (string name in classic.Prepend("akashi"))
            Line($"    {name}) {FunctionOf(name)} \"$@\" ;;");
        Line("esac");
        return _text.ToString();
    }

    void WritePlace(CompletionPlace place, string[] classic)
    {
        Line($"{FunctionOf(place.Words)}() {{");
        bool hasParts = place.Manual.Parts.Count > 0;
        if (hasParts)
            Line("    local state line");
        Line($"    _arguments {(hasParts ? "-C " : "")}-S \\");
        foreach (IOptionRow row in place.Manual.Options)
            WriteOption(row);
        if (!hasParts)
        {
            Line($"        '*: :{ActionOf(place.Manual.Operands.Or(null))}'\n}}\n");
            return;
        }

        Line("        '1: :->command' '*:: :->arguments'\n    case $state in\n        command)\n            local -a commands=(");
        if (place.Words == "akashi")
            Line("                'help:explain a command'");
        foreach (ManualPart part in place.Manual.Parts)
            Line($"                '{part.Name}:{Quoted(part.Summary)}'");
        Line("            )\n            _describe command commands ;;\n        arguments)\n            case $line[1] in");
        foreach (ManualPart part in place.Manual.Parts)
        {
            string words = classic.Contains(part.Name) && place.Words == "akashi" ? part.Name : $"{place.Words} {part.Name}";
            Line($"                {part.Name}) {FunctionOf(words)} ;;");
        }

        if (place.Words == "akashi")
            Line($"                help) _values command {string.Join(' ', place.Manual.Parts.Select(part => part.Name))} ;;");
        Line("            esac ;;\n    esac\n}\n");
    }

    void WriteOption(IOptionRow row)
    {
        string[] names = [.. CompletionPlace.NamesOf(row)];
        string help = Quoted(row.Help).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
        string value = CompletionPlace.ValuesOf(row) is { } values ? $":{Quoted(row.Value!).Replace(":", "\\:", StringComparison.Ordinal)}:{ActionOf(values)}" : "";
        Line(names.Length == 1
            ? $"        '*{names[0]}[{help}]{value}' \\"
            : $"        '*'{{{names[0]},{names[1]}}}'[{help}]{value}' \\");
    }

    static string ActionOf(OptionValues values)
    {
        string? list = ValueWords.ListOf(values.Kind);
        string words = string.Join(' ', new[] { list is null ? null : $"$_akashi_{list}", values.Words }.OfType<string>());
        string open = values.IsOpen ? "-S = " : "";
        return values.Kind switch
        {
            ValueKind.File => "_files",
            ValueKind.Directory => "_files -/",
            ValueKind.User => "_users",
            ValueKind.Group => "_groups",
            ValueKind.Program => "_command_names -e",
            _ when words.Length == 0 => " ",
            _ when values.IsList => $"_sequence compadd - {words}",
            _ => $"compadd {open}- {words.Replace("=", "", StringComparison.Ordinal)}",
        };
    }

    static string FunctionOf(string words) => "_akashi_of_" + words.Replace(' ', '_').Replace('-', '_');

    static string Quoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "'\\''", StringComparison.Ordinal);

    void Line(string text) => _text.Append(text).Append('\n');
}
