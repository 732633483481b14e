using System.Text.RegularExpressions;
using Akashi.Testing;

namespace Akashi.Audit.Tests.CLibrary;

public partial class HeaderTests
{
    [Fact]
    public void Macros_are_those_of_the_original_and_more()
    {
        string original = Path.Combine(RepositoryFiles.PathOf("artifacts", "yardsticks"), "root", "usr", "include");
        Assert.SkipUnless(File.Exists(Path.Combine(original, "libaudit.h")), "Debian's libaudit-dev isn't there: eng/yardsticks.sh fetches it");

        Dictionary<string, string> expected = Macros(original), actual = Macros(Include);

        Assert.True(expected.Count > 300);
        Assert.DoesNotContain(expected, macro => actual.GetValueOrDefault(macro.Key) != macro.Value);
    }

    [Fact]
    public void Record_types_are_those_of_the_table()
    {
        Dictionary<string, string> macros = Macros(Include);

        foreach (string[] row in File.ReadLines(RepositoryFiles.PathOf("tables", "msg_typetab.symbols.tsv")).Select(line => line.Split('\t')))
        {
            Assert.True(Tables.RecordTypes.Names.TryGetNumber(System.Text.Encoding.ASCII.GetBytes(row[1]), out long number));
            Assert.Equal($"{row[0]} {number}", $"{row[0]} {macros.GetValueOrDefault(row[0])}");
        }
    }

    [Fact]
    public void Enumerators_of_auparse_are_those_of_the_original_and_more()
    {
        string original = Path.Combine(RepositoryFiles.PathOf("artifacts", "yardsticks"), "root", "usr", "include");
        Assert.SkipUnless(File.Exists(Path.Combine(original, "auparse.h")), "Debian's libauparse-dev isn't there: eng/yardsticks.sh fetches it");
        string[] names = [.. Enumerator().Matches(File.ReadAllText(Path.Combine(original, "auparse-defs.h"))).Select(match => match.Value).Where(name => !name.EndsWith("_HEADER", StringComparison.Ordinal)).Distinct()];

        Assert.True(names.Length > 70);
        Assert.Equal(Numbers(original, names), Numbers(Include, names));
        Tables.FieldType[] types = Enum.GetValues<Tables.FieldType>();
        Assert.Equal(
            string.Concat(types.Select(type => $"{(int)type}\n")), Numbers(Include, [.. types.Select(type => "AUPARSE_TYPE_" + EnumeratorName(type))]));
    }

    static string EnumeratorName(Tables.FieldType type) => Word().Replace(type.ToString(), "_").ToUpperInvariant();

    static string Numbers(string include, params string[] names)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "numbers.c"), program = Path.Combine(folder.Path, "numbers");
        File.WriteAllText(
            file, "#include <auparse.h>\n#include <stdio.h>\nint main(void) {\n" + string.Concat(names.Select(name => $"printf(\"%d\\n\", {name});\n")) + "return 0; }\n");
        Yardstick.Run("cc", [], "-I" + include, "-o", program, file);
        return Yardstick.Run(program, []);
    }

    [Theory]
    [InlineData("cc", "-std=c11")]
    [InlineData("g++", "-xc++")]
    public void The_header_compiles_alone(string compiler, string option)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/" + compiler), $"{compiler} isn't installed");
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "header.c");
        File.WriteAllText(file, "#include <libaudit.h>\n#include <libaudit.h>\n#include <auparse.h>\n#include <auparse.h>\nint main(void) { return sizeof(struct audit_reply) == 9016 && sizeof(au_event_t) == 32 ? 0 : 1; }\n");

        Assert.Equal("", Yardstick.Run(compiler, [], option, "-Wall", "-Wextra", "-Werror", "-I" + Include, "-o", Path.Combine(folder.Path, "program"), file));
        Assert.Equal("", Yardstick.Run(Path.Combine(folder.Path, "program"), []));
    }

    static string Include => RepositoryFiles.PathOf("src", "Akashi.LibAudit", "include");

    // The kernel's own are the same by then, but for those that only one of the two takes from it.
    static Dictionary<string, string> Macros(string include)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "header.c");
        File.WriteAllText(file, "#include <libaudit.h>\n");
        return Yardstick.Run("cc", [], "-dM", "-E", "-I" + include, file).Split('\n')
            .Select(line => Macro().Match(line)).Where(match => match.Success)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
    }

    [GeneratedRegex("^#define ((?:MAX_)?AUD(?:IT|ISP)_\\w+) (.*)$")]
    private static partial Regex Macro();

    [GeneratedRegex("\\b(?:AUSOURCE|AUSEARCH|AUPARSE|NORM_OPT)_\\w+")]
    private static partial Regex Enumerator();

    // Before each capital but the first.
    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Word();
}
