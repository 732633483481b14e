namespace Akashi.Audit.Tests.CLibrary;

/// <summary>Programs compiled against Debian's headers, run with its library and with ours: same answers, call by call.</summary>
public class SameAnswersTests
{
    [Fact]
    public void Calls_that_send_records_answer_and_send_the_same()
    {
        string program = Yardstick.Compile("calls");

        string[] expected = Yardstick.Record(program, Yardstick.Libraries, out string expectedOutput);
        string[] actual = Yardstick.Record(program, OwnLibrary.Place, out string actualOutput);

        Assert.Equal(expectedOutput.Split('\n'), actualOutput.Split('\n'));
        Assert.Equal(expected, actual);
        Assert.True(expected.Length > 200);
    }

    // Debian's knows fewer system calls and no RISC-V, and calls every 32-bit arm by the name that's first in the alphabet.
    [Fact]
    public void Every_name_and_number_that_the_original_knows_is_the_same()
    {
        string program = Yardstick.Compile("names");

        string[] expected = Yardstick.Run(program, new() { ["LD_LIBRARY_PATH"] = Yardstick.Libraries }).Split('\n');
        HashSet<string> actual = [.. Yardstick.Run(program, new() { ["LD_LIBRARY_PATH"] = OwnLibrary.Place }).Split('\n')];

        Assert.Equal(["table 4 number 8: armeb 8"], expected.Where(line => !actual.Contains(line)));
        Assert.True(expected.Length > 4000);
    }

    // The version of struct audit_features is 0 in 3.0.9; the kernel doesn't read it.
    [Fact]
    public void Rules_are_built_the_same()
    {
        string program = Yardstick.Compile("rules");

        string[] expected = Yardstick.Record(program, Yardstick.Libraries, out string expectedOutput);
        string[] actual = Yardstick.Record(program, OwnLibrary.Place, out string actualOutput);

        Assert.Equal(expectedOutput.Split('\n'), actualOutput.Split('\n'));
        Assert.Equal(expected.Order().Select(WithoutVersion), actual.Order().Select(WithoutVersion));
    }

    // What the tools of audit 3.0 take, and no header declares.
    [Fact]
    public void The_tools_functions_answer_the_same()
    {
        string program = Yardstick.Compile("tools");

        string[] expected = Yardstick.Run(program, new() { ["LD_LIBRARY_PATH"] = Yardstick.Libraries }).Split('\n');

        Assert.Equal(expected, Yardstick.Run(program, new() { ["LD_LIBRARY_PATH"] = OwnLibrary.Place }).Split('\n'));
        Assert.True(expected.Length > 150);
    }

    [Fact]
    public void Refusals_are_told_the_same()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to be nobody");
        string program = Yardstick.Compile("refused");

        Assert.Equal(RunAsNobody(program, Yardstick.Libraries), RunAsNobody(program, OwnLibrary.Place));
    }

    static string[] RunAsNobody(string program, string libraries) => Yardstick.Run(
        "setpriv", new() { ["LD_LIBRARY_PATH"] = libraries }, "--reuid=65534", "--regid=65534", "--clear-groups", program).Split('\n');

    static string WithoutVersion(string line) => line.StartsWith("1018 ", StringComparison.Ordinal) ? string.Concat("1018 ", line.AsSpan(6)) : line;
}
