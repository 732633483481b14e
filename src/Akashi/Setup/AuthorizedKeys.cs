namespace Akashi.Setup;

/// <summary>What stands in a person's authorized_keys, sshd(8): <c>[options] keytype base64 comment</c> a line.</summary>
public static class AuthorizedKeys
{
    const string CommandOption = "command=";

    static readonly string[] s_keyTypes = ["ssh-", "ecdsa-", "sk-"];

    /// <summary>The number of the first line whose key may run one command only.</summary>
    /// <returns>Counts from 1; 0 for none.</returns>
    public static int FindForced(string text)
    {
        string[] lines = text.Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            string line = lines[index].TrimStart(' ', '\t');
            if (line.Length > 0 && line[0] != '#' && !s_keyTypes.Any(type => line.StartsWith(type, StringComparison.Ordinal)) && HasCommand(line))
                return index + 1;
        }

        return 0;
    }

    // Options end at the first blank outside of quotes, and have commas between; names of them in any case.
    static bool HasCommand(string line)
    {
        bool isQuoted = false;
        int start = 0;
        for (int index = 0; index <= line.Length; index++)
        {
            char letter = index < line.Length ? line[index] : ' ';
            if (letter == '"' && (index == 0 || line[index - 1] != '\\'))
                isQuoted = !isQuoted;
            if (isQuoted || letter is not (',' or ' ' or '\t'))
                continue;
            if (line.AsSpan(start, index - start).StartsWith(CommandOption, StringComparison.OrdinalIgnoreCase))
                return true;
            if (letter != ',')
                return false;
            start = index + 1;
        }

        return false;
    }
}
