using System.Diagnostics;
using System.Text;
using Akashi.Live;
using Akashi.Testing;

namespace Akashi.Tests.Live;

/// <summary>What is shown of a command line means the same arguments to a shell.</summary>
public sealed class CommandTextTests
{
    [Theory]
    [InlineData("/bin/echo¦it's", @"/bin/echo 'it'\''s'")]
    [InlineData("echo¦'", @"echo ''\'''")]
    [InlineData("echo¦¦x", "echo '' x")]
    [InlineData("echo¦~¦A=~", "echo '~' 'A=~'")]
    [InlineData("A=b¦x=1", "'A=b' x=1")]
    [InlineData("if¦if", "'if' if")]
    public void Words_are_quoted_where_a_shell_needs_it(string arguments, string expected) =>
        Assert.Equal(expected, Show(arguments.Split('¦')));

    // One shell reads all of them; each is the arguments of a printf that ends each with a NUL.
    [Fact]
    public void A_shell_takes_back_what_is_shown()
    {
        const int Lines = 2_000;
        var random = new Random(Seeded.Seed);
        using var folder = new TemporaryFolder();
        var script = new StringBuilder();
        var expected = new StringBuilder();
        for (int line = 0; line < Lines; line++)
        {
            string[] arguments = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Printable(random))];
            script.Append(Show(["printf", @"%s\000", .. arguments])).Append('\n');
            foreach (string argument in arguments)
                expected.Append(argument).Append('\0');
        }

        File.WriteAllText(folder["shown"], script.ToString());
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", [folder["shown"]]) { RedirectStandardOutput = true })!;
        string output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();

        Assert.True(expected.ToString() == output, $"AKASHI_SEED={Seeded.Seed}");
    }

    [Fact]
    public void What_found_no_room_is_counted_and_not_shown_as_empty_arguments()
    {
        var line = new CommandLine(bytesMax: 5);
        foreach (string argument in (string[])["echo", "abc", "def", "ghi"])
            line.Add(Encoding.UTF8.GetBytes(argument));

        Assert.Equal("echo a (+2 arguments) (+2 bytes)", Show(line));
    }

    static string Printable(Random random)
    {
        const string Likely = "''\"\\ $`~=*?[]{}()<>|&;#!^%-ab\u00e9\u65e5";
        return string.Concat(Enumerable.Range(0, random.Next(8))
            .Select(_ => random.Next(2) == 0 ? Likely[random.Next(Likely.Length)] : (char)random.Next(0x20, 0x7F)));
    }

    static string Show(string[] arguments)
    {
        var line = new CommandLine();
        foreach (string argument in arguments)
            line.Add(Encoding.UTF8.GetBytes(argument));
        return Show(line);
    }

    static string Show(CommandLine line)
    {
        var text = new LineText(hasColors: false);
        CommandText.Append(line, text);
        return Encoding.UTF8.GetString(text.Bytes);
    }
}
