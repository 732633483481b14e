using System.Text;
using Akashi.Cli.CommandLine;

namespace Akashi.ManualGenerator;

/// <summary>Completion for bash: one file for every name, since all are one program.</summary>
/// <param name="tools">What is completed.</param>
sealed class BashCompletion(IReadOnlyList<DescribedTool> tools)
{
    const string Head = """
        # Completion for bash. Written by eng/generate-manual from the option tables: changes made here are lost.
        # Installed as share/bash-completion/completions/akashi, with links from the classic names to it.

        """;

    // Needs no bash-completion. Bash cuts words at = and :, so that --opt=value comes as three.
    const string Engine = """
        # Which place on the command line it is: sets place, from the words before the cursor.
        _akashi_find_place() {
            place=${COMP_WORDS[0]##*/}
            local index
            for ((index = 1; index < COMP_CWORD; index++)); do
                _akashi_describe "$place"
                [[ " $parts " == *" ${COMP_WORDS[index]} "* ]] || break
                if [[ $place == akashi && " $_akashi_classic " == *" ${COMP_WORDS[index]} "* ]]; then
                    place=${COMP_WORDS[index]}
                else
                    place="$place ${COMP_WORDS[index]}"
                fi
            done
            _akashi_describe "$place"
        }

        # Puts what may stand at the cursor into COMPREPLY: kind and words say what.
        _akashi_reply() {
            local prefix=""
            if [[ $join == , && $cur == *,* ]]; then
                prefix=${cur%,*},
                cur=${cur##*,}
            fi
            [[ $join != open ]] || compopt -o nospace 2>/dev/null
            case $kind in
                file) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
                directory) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
                user) mapfile -t COMPREPLY < <(compgen -u -- "$cur") ;;
                group) mapfile -t COMPREPLY < <(compgen -g -- "$cur") ;;
                program) mapfile -t COMPREPLY < <(compgen -c -- "$cur") ;;
            esac
            [[ -z $words ]] || mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -P "$prefix" -W "$words" -- "$cur")
        }

        _akashi() {
            local cur=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]} place parts options kind words join
            COMPREPLY=()
            _akashi_find_place
            if [[ $cur == = ]]; then
                cur=""
            elif [[ $option == = && COMP_CWORD -gt 1 ]]; then
                option=${COMP_WORDS[COMP_CWORD - 2]}
            fi
            if [[ $option == -* ]] && _akashi_value "$place" "$option"; then
                _akashi_reply
            elif [[ $cur == -* ]]; then
                mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
            else
                _akashi_operand "$place"
                words="$parts $words"
                [[ $kind != anything || -n $parts ]] || words="$words $options"
                _akashi_reply
            fi
        }

        """;

    readonly StringBuilder _text = new(Head);
    readonly IReadOnlyList<CompletionPlace> _places = CompletionPlace.All(tools);

    /// <summary>The file.</summary>
    public string Write()
    {
        string classic = string.Join(' ', tools.Where(tool => !tool.Words.StartsWith("akashi", StringComparison.Ordinal)).Select(tool => tool.Words));
        Line($"_akashi_classic=\"{classic}\"");
        foreach ((string name, IReadOnlyList<string> words) in ValueWords.Lists)
            Line($"_akashi_{name}=\"{string.Join(' ', words)}\"");
        Line("");
        WriteDescriptions();
        WriteValues();
        WriteOperands();
        _text.Append(Engine);
        Line($"complete -F _akashi akashi {classic}");
        return _text.ToString();
    }

    void WriteDescriptions()
    {
        Line("# What may follow at a place: sets parts and options.");
        Line("_akashi_describe() {\n    parts=\"\" options=\"\"\n    case $1 in");
        foreach (CompletionPlace place in _places)
        {
            IEnumerable<string> parts = place.Manual.Parts.Select(part => part.Name);
            if (place.Words == "akashi")
                parts = parts.Append("help");
            Line($"        \"{place.Words}\") parts=\"{string.Join(' ', parts)}\" options=\"{string.Join(' ', place.OptionNames)}\" ;;");
        }

        // What akashi help takes are the commands themselves.
        Line($"        \"akashi help\") parts=\"{string.Join(' ', _places[0].Manual.Parts.Select(part => part.Name))}\" ;;");
        Line("    esac\n}\n");
    }

    void WriteValues()
    {
        Line("# What the value of an option may be: sets kind, words and join; false where it takes none.");
        Line("_akashi_value() {\n    kind=anything words=\"\" join=\"\"\n    case \"$1 $2\" in");
        foreach (CompletionPlace place in _places)
        {
            foreach (IOptionRow row in place.Manual.Options)
            {
                if (CompletionPlace.ValuesOf(row) is { } values)
                    Line($"        {string.Join(" | ", CompletionPlace.NamesOf(row).Select(name => $"\"{place.Words} {name}\""))}) {Describe(values)} ;;");
            }
        }

        Line("        *) return 1 ;;\n    esac\n}\n");
    }

    void WriteOperands()
    {
        Line("# What a word may be that is no option: sets kind, words and join.");
        Line("_akashi_operand() {\n    kind=anything words=\"\" join=\"\"\n    case $1 in");
        foreach (CompletionPlace place in _places)
        {
            OptionValues operands = place.Manual.Operands.Or(null);
            if (operands.Kind != ValueKind.Anything)
                Line($"        \"{place.Words}\") {Describe(operands)} ;;");
        }

        Line("    esac\n}\n");
    }

    static string Describe(OptionValues values)
    {
        string words = string.Join(' ', new[] { ValueWords.ListOf(values.Kind) is { } list ? $"$_akashi_{list}" : null, values.Words }.OfType<string>());
        if (values.IsOpen && values.Kind == ValueKind.RuleField)
            words = "${_akashi_rule_fields// /= }=";
        string kind = values.Kind is ValueKind.File or ValueKind.Directory or ValueKind.User or ValueKind.Group or ValueKind.Program
            ? values.Kind.ToString().ToLowerInvariant()
            : words.Length > 0 ? "words" : "anything";
        string join = values.IsList ? " join=," : values.IsOpen ? " join=open" : "";
        return $"kind={kind}{(words.Length > 0 ? $" words=\"{words}\"" : "")}{join}";
    }

    void Line(string text) => _text.Append(text).Append('\n');
}
