using System.Text;
using Akashi.Rules;
using Akashi.Tables;

namespace Akashi.Tests.Rules;

/// <summary>Texts of valid rules by chance, over every list, field and operator.</summary>
/// <remarks>arch stands first, and a path before perm: the listing has no other order for them.</remarks>
sealed class RandomRules(Random random)
{
    static readonly string[] s_operators = ["=", "!=", ">", ">=", "<", "<=", "&", "&="];
    static readonly string[] s_equalOrNot = ["=", "!="];

    public string Next()
    {
        var text = new StringBuilder();
        string list = Pick("exit", "exit", "exit", "exit", "task", "user", "exclude", "filesystem");
        string action = Pick("always", "never");
        text.Append(Pick("-a", "-A")).Append(' ').Append(random.Next(2) == 0 ? $"{list},{action}" : $"{action},{list}");
        bool canHaveKey = list == "filesystem";
        if (list == "exit")
            canHaveKey |= AppendExit(text);
        int count = random.Next(6);
        for (int index = 0; index < count; index++)
            text.Append(' ').Append(Condition(list));
        if (list == "filesystem")
            text.Append($" -F fstype{Pick(s_equalOrNot)}{Pick("tracefs", "debugfs", "1234", "0x74726163")}");
        for (int index = canHaveKey ? random.Next(3) : 0; index > 0; index--)
            text.Append(Pick(" -k ", " -F key=")).Append(Word());
        return text.ToString();
    }

    bool AppendExit(StringBuilder text)
    {
        bool hasArch = random.Next(2) == 0;
        if (hasArch)
            text.Append(" -F arch=").Append(Pick("b64", "b32", "x86_64", "i686"));
        bool hasPath = random.Next(3) == 0;
        if (hasPath)
            text.Append(Pick(" -F path=/file", " -F dir=/dir")).Append(random.Next(100));
        bool hasPermissions = hasPath && random.Next(2) == 0;
        if (hasPermissions)
            text.Append(" -F perm=").Append(Pick("r", "w", "x", "a", "rw", "wa", "rwxa", "xr"));
        int kind = random.Next(3);
        if (kind == 0)
            text.Append(" -S all");
        for (int index = kind == 1 ? random.Next(1, 5) : 0; index > 0; index--)
            text.Append(" -S ").Append(Pick("openat", "execve", "read,write", random.Next(SyscallMask.NumberMax + 1).ToString()));
        return hasPath || kind == 0 || text.ToString().Contains(" -S ");
    }

    string Condition(string list)
    {
        while (true)
        {
            string name = Pick("pid", "uid", "euid", "gid", "fsgid", "auid", "loginuid", "pers", "exe", "subj_user", "subj_clr",
                "msgtype", "sessionid", "ppid", "exit", "success", "devmajor", "inode", "filetype", "obj_uid", "obj_gid",
                "obj_type", "a0", "a3", "saddr_fam", "-C");
            string? condition = name == "-C" ? Pair(list) : Condition(list, name);
            if (condition is not null)
                return condition;
            if (list == "filesystem")
                return "";
        }
    }

    string? Condition(string list, string name)
    {
        bool isCredential = name is "pid" or "uid" or "euid" or "gid" or "fsgid" or "auid" or "loginuid" or "exe" or "subj_user" or "subj_clr";
        bool fits = list switch
        {
            "exit" => name != "msgtype",
            "exclude" => isCredential || name is "msgtype" or "sessionid" or "obj_uid" or "obj_gid",
            "user" => isCredential || name is "msgtype" or "sessionid" or "pers" or "a0",
            "task" => isCredential || name is "pers",
            _ => false,
        };
        if (!fits)
            return null;
        string op = name is "exe" or "inode" ? Pick(s_equalOrNot) : Pick(s_operators);
        return $"-F {name}{op}{Value(name)}";
    }

    string? Pair(string list)
    {
        if (list != "exit")
            return null;
        FieldPairs.TryGetFields((uint)random.Next(1, 26), out RuleField left, out RuleField right);
        RuleFields.Names.TryGetName((long)left, out var one);
        RuleFields.Names.TryGetName((long)right, out var other);
        return $"-C {Encoding.ASCII.GetString(one)}{Pick(s_equalOrNot)}{Encoding.ASCII.GetString(other)}";
    }

    string Value(string name) => name switch
    {
        "exe" => "/bin/" + Word(),
        "subj_user" or "subj_clr" or "obj_type" => Word(),
        "exit" => Pick("-EPERM", "EACCES", "-13", "7", "-4095", "-2147483648"),
        "msgtype" => Pick("CWD", "1300", "USER_LOGIN", "1999"),
        "filetype" => Pick("socket", "link", "file", "block", "dir", "character", "fifo"),
        "saddr_fam" => random.Next(46).ToString(),
        "auid" or "loginuid" or "sessionid" => Pick("unset", "-1", "1000", "4294967295"),
        "uid" or "gid" or "obj_uid" => Pick("root", "0", "65534", "4294967294"),
        _ => Pick(random.Next().ToString(), $"0x{random.Next():x}", "0", "010", "4294967295", "-1"),
    };

    string Word()
    {
        const string Letters = "abcxyzABC019_-./:=<>!&%é\u4e2d";

        // A value that begins with = makes another operator of > before it; nothing can tell the two apart.
        return "v" + string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => Letters[random.Next(Letters.Length)]));
    }

    string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
