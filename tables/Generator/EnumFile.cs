using System.Text;

namespace Akashi.TableGenerator;

/// <summary>Writes an enum.</summary>
static class EnumFile
{
    /// <summary>The text of the enum.</summary>
    /// <param name="type">Its name.</param>
    /// <param name="underlying">The C# integer beneath it.</param>
    /// <param name="summary">What a value is, without a full stop.</param>
    /// <param name="members">Number, name in C#, and what the member stands for; members of a number already seen are left out.</param>
    /// <param name="inputs">The files that the members came from.</param>
    public static string Write(
        string type, string underlying, string summary,
        IEnumerable<(long Number, string Name, string Summary)> members, params string[] inputs)
    {
        var text = new StringBuilder(SourceText.Head(inputs));
        text.Append($"/// <summary>{summary}.</summary>\npublic enum {type} : {underlying}\n{{\n");
        var blocks = members.DistinctBy(member => member.Number).Select(member =>
            $"    /// <summary>{member.Summary}.</summary>\n    {member.Name} = {member.Number},\n");
        return text.Append(string.Join("\n", blocks)).Append("}\n").ToString();
    }
}
