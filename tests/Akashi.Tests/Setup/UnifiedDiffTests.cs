using System.Diagnostics;
using Akashi.Setup;
using Akashi.Testing;

namespace Akashi.Tests.Setup;

public class UnifiedDiffTests
{
    [Fact]
    public void A_changed_line_stands_between_three_lines_on_either_side()
    {
        string before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n", after = "1\n2\n3\n4\nfive\n6\n7\n8\n9\n";

        Assert.Equal("--- f\n+++ f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n", UnifiedDiff.Of(before, after, "f"));
        Assert.Equal("--- /dev/null\n+++ f\n@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n", UnifiedDiff.Of(null, "a\nb", "f"));
        Assert.Equal("--- f\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n", UnifiedDiff.Of("a\n", null, "f"));
        Assert.Equal("", UnifiedDiff.Of("a\n", "a\n", "f"));
    }

    /// <summary>patch(1) makes the new text of the old one and the difference.</summary>
    [Fact]
    public void Patch_makes_the_new_text_of_the_old()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/patch"), "patch isn't installed");
        using var folder = new TemporaryFolder();
        var random = new Random(20261121);
        for (int round = 0; round < Seeded.Times(60); round++)
        {
            string before = Text(random, random.Next(0, 40)), after = Change(before, random);
            if (before == after)
                continue;
            File.WriteAllText(folder["file"], before);
            File.WriteAllText(folder["diff"], UnifiedDiff.Of(before, after, "file"));
            using Process patch = Process.Start(new ProcessStartInfo("/usr/bin/patch", ["-s", "--posix", "-F0", "file", "diff"]) { WorkingDirectory = folder.Path })!;
            patch.WaitForExit();
            Assert.True(patch.ExitCode == 0, $"round {round}, seed 20261121");
            string made = File.Exists(folder["file"]) ? File.ReadAllText(folder["file"]) : "";
            Assert.True(made == after, $"round {round}, seed 20261121:\n{before}\n=>\n{after}\n:\n{made}");
        }
    }

    static string Text(Random random, int lines) =>
        string.Concat(Enumerable.Range(0, lines).Select(_ => $"line {random.Next(6)}\n")) + (random.Next(4) == 0 ? "no end" : "");

    static string Change(string text, Random random)
    {
        List<string> lines = [.. text.Split('\n')];
        for (int count = random.Next(1, 5); count > 0; count--)
        {
            int at = random.Next(lines.Count);
            if (random.Next(2) == 0)
                lines.Insert(at, $"made {random.Next(3)}");
            else
                lines.RemoveAt(at);
            if (lines.Count == 0)
                lines.Add("");
        }

        return string.Join('\n', lines);
    }
}
