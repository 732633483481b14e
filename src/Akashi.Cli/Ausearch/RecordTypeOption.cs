using System.Text;
using Akashi.Cli.CommandLine;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Cli.Ausearch;

/// <summary>-m: names or numbers of record types, joined by commas; several make a union.</summary>
static class RecordTypeOption
{
    public static string? Take(AusearchRequest request, OptionWords words)
    {
        if (!words.TryTake(out string list))
            return $"argument is required for {words.Option}; valid types are: {AllNames()}";
        foreach (string word in list.Split(','))
        {
            if (word.Equals("ALL", StringComparison.OrdinalIgnoreCase))
            {
                request.TakesEveryType = true;
                continue;
            }

            if (!TryRead(word, out RecordType type))
                return $"unknown record type '{word}'; valid types are: {AllNames()}";
            (request.RecordTypes ??= []).Add(type);
        }

        return null;
    }

    static bool TryRead(string word, out RecordType type)
    {
        if (ushort.TryParse(word, out ushort number))
        {
            type = (RecordType)number;
            return true;
        }

        type = RecordTypeName.ToNumber(Encoding.UTF8.GetBytes(word.ToUpperInvariant()));
        return type != 0;
    }

    static string AllNames()
    {
        NameTable names = RecordTypes.Names;
        var text = new StringBuilder("ALL");
        for (int index = 0; index < names.Count; index++)
            text.Append(' ').Append(Encoding.UTF8.GetString(names.NameAt(index)));
        return text.ToString();
    }
}
