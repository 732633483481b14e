using System.Text;
using Akashi.Cli.CommandLine;

namespace Akashi.ManualGenerator;

/// <summary>Completion for fish, which looks for a file of each program's name.</summary>
/// <param name="tools">What is completed.</param>
sealed class FishCompletion(IReadOnlyList<DescribedTool> tools)
{
    const string Head = "# Completion for fish. Written by eng/generate-manual from the option tables: changes made here are lost.\n";

    // True where the words after the program begin with the arguments; with --exactly they are no more.
    const string AtFunction = """
        function __akashi_at
            set -l words (commandline -opc)[2..]
            set -l exactly 0
            if test "$argv[1]" = --exactly
                set exactly 1
                set -e argv[1]
            end
            test (count $words) -ge (count $argv); or return 1
            test $exactly = 0; or test (count $words) -eq (count $argv); or return 1
            set -l last (count $argv)
            test $last = 0; or test "$words[1..$last]" = "$argv"
        end

        """;

    readonly IReadOnlyList<CompletionPlace> _places = CompletionPlace.All(tools);

    /// <summary>The files, each with the program's name.</summary>
    public IEnumerable<(string Name, string Text)> Write()
    {
        foreach (string name in Classic())
            yield return (name, WithLists($"complete -c {name} -f\n" + Options(name, name, null)));
        yield return ("akashi", Akashi());
    }

    string Akashi()
    {
        var text = new StringBuilder(AtFunction + "complete -c akashi -f\n");
        string[] classic = [.. Classic()];
        text.Append("complete -c akashi -n '__akashi_at --exactly' -a help -d 'explain a command'\n");
        foreach (ManualPart part in _places[0].Manual.Parts)
        {
            foreach (string at in (ReadOnlySpan<string>)["", " help"])
                text.Append($"complete -c akashi -n '__akashi_at --exactly{at}' -a {part.Name} -d {Quoted(part.Summary)}\n");
        }

        text.Append(Options("akashi", "akashi", "__akashi_at --exactly"));
        foreach (CompletionPlace place in _places.Skip(1))
        {
            string words = classic.Contains(place.Words) ? place.Words : place.Words["akashi ".Length..];
            foreach (ManualPart part in place.Manual.Parts)
                text.Append($"complete -c akashi -n '__akashi_at --exactly {words}' -a {part.Name} -d {Quoted(part.Summary)}\n");
            text.Append(Options("akashi", place.Words, $"__akashi_at {words}"));
        }

        return WithLists(text.ToString());
    }

    string Options(string program, string placeWords, string? condition)
    {
        var text = new StringBuilder();
        CompletionPlace place = _places.First(place => place.Words == placeWords);
        string start = $"complete -c {program}" + (condition is null ? "" : $" -n '{condition}'");
        foreach (IOptionRow row in place.Manual.Options)
        {
            text.Append(start);
            foreach (string name in CompletionPlace.NamesOf(row))
                text.Append(name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : name.Length == 2 ? $" -s {name[1]}" : $" -o {name[1..]}");
            if (CompletionPlace.ValuesOf(row) is { } values)
                text.Append(ActionOf(values, isOption: true));
            text.Append($" -d {Quoted(row.Help)}\n");
        }

        string operands = ActionOf(place.Manual.Operands.Or(null), isOption: false);
        if (operands.Length > 0)
            text.Append(start).Append(operands).Append('\n');
        return text.ToString();
    }

    static string ActionOf(OptionValues values, bool isOption)
    {
        string exclusive = isOption ? " -x" : "";
        string? list = ValueWords.ListOf(values.Kind);
        string words = string.Join(' ', new[] { list is null ? null : $"$__akashi_{list}", values.Words }.OfType<string>());
        if (values.IsOpen && values.Kind == ValueKind.RuleField)
            words = "$__akashi_rule_fields=";
        return values.Kind switch
        {
            ValueKind.File => isOption ? " -r -F" : " -F",
            ValueKind.Directory => $"{exclusive} -a '(__fish_complete_directories)'",
            ValueKind.User => $"{exclusive} -a '(__fish_complete_users)'",
            ValueKind.Group => $"{exclusive} -a '(__fish_complete_groups)'",
            ValueKind.Program => $"{exclusive} -a '(__fish_complete_command)'",
            _ when words.Length == 0 => exclusive,
            _ when values.IsList => $"{exclusive} -a '(__fish_append , {words})'",
            _ => $"{exclusive} -a '{words}'",
        };
    }

    IEnumerable<string> Classic() => tools.Where(tool => !tool.Words.StartsWith("akashi", StringComparison.Ordinal)).Select(tool => tool.Words);

    // The lists that it names, and no others.
    static string WithLists(string text) => Head
        + string.Concat(ValueWords.Lists.Where(list => text.Contains($"$__akashi_{list.Name}", StringComparison.Ordinal))
            .Select(list => $"set -g __akashi_{list.Name} {string.Join(' ', list.Words)}\n"))
        + text;

    static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
