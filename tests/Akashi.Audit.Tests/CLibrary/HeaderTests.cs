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

    [Theory]
    [InlineData("cc", "-std=c11")]
    [InlineData("g++", "-xc++")]
    public void The_header_compiles_alone(string compiler, string option)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/" + compiler), $"{compiler} isn't installed");
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "header.c");
        File.WriteAllText(file, "#include <libaudit.h>\n#include <libaudit.h>\nint main(void) { return sizeof(struct audit_reply) == 9016 ? 0 : 1; }\n");

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
}
