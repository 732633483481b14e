using System.Text;
using Akashi.Cli;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Fuzz;

/// <summary>The tools that read a log, whole: whatever stands in it, they end with an exit code of theirs and print no control bytes to a terminal.</summary>
static class ToolTarget
{
    static readonly LinuxHost s_host = new();
    static readonly string s_log = Path.Combine(Path.GetTempPath(), $"akashi-fuzz-{Environment.ProcessId}.log");

    // What each is called with, before the name of the log, or with --stdin.
    static readonly string[] s_commands =
    [
        "ausearch -i -if", "ausearch --format csv --extra-keys --extra-labels --extra-obj2 --extra-time -if", "ausearch --format text -if", "ausearch -i --escape tty -if",
        "ausearch -r -k a -if", "ausearch -x sh -i -if", "ausearch -f / -if", "ausearch -ua root -if", "ausearch -hn a -if", "ausearch --debug -c a -w -if",
        "aureport -if", "aureport -i -a -if", "aureport --avc -if", "aureport -c -i -if", "aureport -cr -i -if", "aureport -e -i -if", "aureport -e -i --summary -if", "aureport -f -i -if", "aureport -f --summary -if", "aureport -h -i -if",
        "aureport -k -i -if", "aureport -l -i -if", "aureport -m -i -if", "aureport -ma -i -if", "aureport -n -i -if", "aureport -p -i -if", "aureport -r -i -if", "aureport -s -i -if",
        "aureport -s -i --summary -if", "aureport -t -if", "aureport -tm -i -if", "aureport --tty -if", "aureport -u -i -if", "aureport -u -i --summary --failed -if", "aureport -x -i --summary -if", "aureport --virt -i -if",
        "aulast -f", "aulast --proof --extract -f", "aulastlog --stdin", "auvirt --all-events --summary --file", "auvirt --proof --file",
        "akashi search --format json --input", "akashi search --format csv --input", "akashi report commands --input", "akashi report software --input", "akashi report commands --json --input",
    ];

    /// <summary>Runs one of them; which one, the bytes themselves say, so that a found input is found again.</summary>
    public static void Run(byte[] log)
    {
        File.WriteAllBytes(s_log, log);
        uint sum = 0;
        foreach (byte value in log)
            sum = (sum * 31) + value;
        string[] words = s_commands[sum % s_commands.Length].Split(' ');
        var output = new MemoryStream();
        var error = new MemoryStream();
        int exitCode = AkashiCommand.Run(new Invocation
        {
            Name = words[0],
            Arguments = words[^1] == "--stdin" ? words[1..] : [.. words[1..], s_log],
            Input = new MemoryStream(log),
            InputKind = FileKind.Other,
            Output = output,
            Error = error,
            Host = s_host,
            Signals = new NoSignals(),
        });
        string said = Encoding.UTF8.GetString(error.ToArray());
        if (exitCode is < 0 or > 10)
            throw new InvalidOperationException($"{string.Join(' ', words)}: exit code {exitCode}: {said}");
        if (said.Contains("usage", StringComparison.OrdinalIgnoreCase) || said.Contains("nknown option", StringComparison.Ordinal))
            throw new InvalidOperationException($"{string.Join(' ', words)}: not understood: {said}");
        if (said.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\t')))
            throw new InvalidOperationException($"{string.Join(' ', words)}: a control character is said");
    }
}
