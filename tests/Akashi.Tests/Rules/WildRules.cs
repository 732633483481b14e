using System.Text;
using Akashi.Rules;
using Akashi.Tables;

namespace Akashi.Tests.Rules;

/// <summary>Texts that put together whatever the language has, whether or not it goes together: about a third are rules.</summary>
/// <remarks>Where <see cref="RandomRules"/> makes valid rules of usual shape, this one leaves it to the parser to say which are.</remarks>
sealed class WildRules(Random random)
{
    static readonly string[] s_operators = ["=", "!=", ">", ">=", "<", "<=", "&", "&="];
    static readonly string[] s_lists = ["exit", "user", "exclude", "task", "filesystem", "io_uring"];
    static readonly string[] s_fields = [.. Enum.GetValues<RuleField>().Select(Name).Append("loginuid")];

    public string Next()
    {
        var text = new StringBuilder();
        bool isWatch = random.Next(8) == 0;
        string list = Pick(s_lists), action = Pick("always", "never");
        text.Append(isWatch ? $"-w {Pick("/file", "/dir", "/dir/")}{random.Next(9)}" : $"{Pick("-a", "-A", "-d")} {Pick($"{list},{action}", $"{action},{list}")}");

        // arch goes first: the listing has no other place for it.
        if (!isWatch && random.Next(3) == 0)
            text.Append($" -F arch{Pick("=", "!=")}{Pick("b64", "b32", "x86_64", "i386")}");
        for (int count = random.Next(isWatch ? 3 : 5); count > 0; count--)
            text.Append(' ').Append(Option(list, isWatch));
        for (int count = random.Next(4) / 2; count > 0; count--)
            text.Append(Pick(" -k ", " -F key=")).Append(Word());
        return text.ToString();
    }

    string Option(string list, bool isWatch) => random.Next(isWatch ? 2 : 8) switch
    {
        0 => "-p " + Letters(),
        1 when !isWatch => "-S " + Calls(list),
        2 => Pair(),
        _ => Condition(Pick(s_fields)),
    };

    string Condition(string field) => field == "arch" ? "-F success=1" : $"-F {field}{Pick(s_operators)}{Value(field)}";

    string Pair()
    {
        if (!FieldPairs.TryGetFields((uint)random.Next(1, (int)FieldPairs.NumberMax + 1), out RuleField left, out RuleField right))
            throw new InvalidOperationException("every number to the highest has a pair");
        (left, right) = random.Next(2) == 0 ? (left, right) : (right, left);
        return $"-C {Name(left)}{Pick("=", "!=")}{Name(right)}";
    }

    string Calls(string list) => list == "io_uring"
        ? Pick("openat", "uring_cmd", "openat,unlinkat", random.Next(70).ToString(), "all")
        : Pick("openat", "execve", "read,write", "all", random.Next(SyscallMask.NumberMax + 1).ToString(), "2047");

    string Value(string field) => field switch
    {
        // A path that is a directory is listed as a watch, which holds for its tree when it's read again.
        "path" or "exe" => $"/file/{Word()}",
        "dir" => $"/dir/{Word()}",
        "perm" => Letters(),
        "exit" => Pick("-EPERM", "EACCES", "-13", "7", "-4095", "-2147483648", "0x80000000"),
        "msgtype" => Pick("CWD", "1300", "USER_LOGIN", "1999", "cwd", "65535"),
        "filetype" => Pick("socket", "link", "file", "block", "dir", "character", "fifo", "16384"),
        "fstype" => Pick("tracefs", "debugfs", "1234", "0x74726163"),
        "saddr_fam" => Pick("0", "2", "45", "inet"),
        "key" => Word(),
        _ => Pick("0", "1", "root", "unset", "-1", "010", "0x7fffffff", "4294967295", random.Next().ToString()),
    };

    string Letters() => string.Concat("rwxa".Where(_ => random.Next(2) == 0).DefaultIfEmpty('w'));

    // A value that begins with = makes another operator of > before it; nothing can tell the two apart.
    string Word() => "v" + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pick("a", "Z", "0", "_", "-", ".", "=", "!", "<", "é", "\u4e2d", "/", "*")));

    static string Name(RuleField field) =>
        RuleFields.Names.TryGetName((long)field, out ReadOnlySpan<byte> name) ? Encoding.ASCII.GetString(name) : throw new InvalidOperationException($"{field} has no name");

    string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
