using System.Globalization;
using Akashi.Daemon.KernelState;

namespace Akashi.Daemon.Recorder;

/// <summary>What a service must know of a session that another started.</summary>
/// <remarks>
/// A line each, in this order; a text with anything else in it is refused:
/// <code>
/// akashi session 1
/// keeper PID MILLISECONDS UID      its process, when that began after the boot, its user
/// terminals SES OUTER INNER        numbers, as /proc has them
/// outer UID GID MODE PATH          whose the login's terminal was; the mode in octal
/// user NAME
/// file PATH
/// end
/// </code>
/// </remarks>
/// <param name="Keeper">The keeper.</param>
/// <param name="KeeperUid">Its user.</param>
/// <param name="Terminals">What is recorded.</param>
/// <param name="OuterPath">The login's terminal.</param>
/// <param name="Before">Owner, group and permissions that it's given back with.</param>
/// <param name="User">Whose session it is.</param>
/// <param name="Path">The recording.</param>
public sealed record SessionNote(
    ProcessMark Keeper, uint KeeperUid, LiveTerminals Terminals, string OuterPath, (uint Owner, uint Group, uint Mode) Before, string User, string Path)
{
    const string Heading = "akashi session 1";

    /// <summary>Writes it.</summary>
    public string ToText() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {Heading}
        keeper {Keeper.Pid} {Keeper.BeganMilliseconds} {KeeperUid}
        terminals {Terminals.Ses} {Terminals.Outer} {Terminals.Inner}
        outer {Before.Owner} {Before.Group} {Convert.ToString(Before.Mode, 8)} {OuterPath}
        user {User.ReplaceLineEndings("?")}
        file {Path}
        end

        """);

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <returns>Null where a single word isn't as it should be.</returns>
    public static SessionNote? Read(string text)
    {
        string[] lines = text.Split('\n');
        if (lines is not [Heading, _, _, _, _, _, "end", ""]
            || !TryNumbers(lines[1], "keeper", 3, out long[] keeper, out _) || !TryNumbers(lines[2], "terminals", 3, out long[] terminals, out _)
            || !TryNumbers(lines[3], "outer", 2, out long[] before, out string rest) || rest.IndexOf(' ', StringComparison.Ordinal) is not (> 0 and <= 4 and int blank)
            || rest[..blank].Any(letter => letter is < '0' or > '7') || !rest[(blank + 1)..].StartsWith("/dev/", StringComparison.Ordinal)
            || !lines[4].StartsWith("user ", StringComparison.Ordinal) || lines[4].ReplaceLineEndings("") != lines[4] || !lines[5].StartsWith("file /", StringComparison.Ordinal)
            || keeper[0] > int.MaxValue || keeper[2] > uint.MaxValue || terminals[0] > uint.MaxValue || terminals[1] > int.MaxValue || terminals[2] > int.MaxValue
            || before[0] > uint.MaxValue || before[1] > uint.MaxValue)
            return null;
        return new SessionNote(
            new ProcessMark((int)keeper[0], keeper[1]), (uint)keeper[2], new LiveTerminals((uint)terminals[0], (int)terminals[1], (int)terminals[2]),
            rest[(blank + 1)..], ((uint)before[0], (uint)before[1], Convert.ToUInt32(rest[..blank], 8)), lines[4][5..], lines[5][5..]);
    }

    // The name, so many numbers, and what stands behind them.
    static bool TryNumbers(string line, string name, int count, out long[] numbers, out string rest)
    {
        string[] words = line.Split(' ', count + 2);
        numbers = new long[count];
        rest = words.Length == count + 2 ? words[^1] : "";
        if (words.Length < count + 1 || words[0] != name)
            return false;
        for (int index = 0; index < count; index++)
        {
            if (!long.TryParse(words[index + 1], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[index]))
                return false;
        }

        return true;
    }
}
