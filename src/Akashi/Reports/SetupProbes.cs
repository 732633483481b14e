using System.Text;
using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Reports;

/// <summary>Knows the starts of programs that <c>akashi setup</c> provokes to verify its rules: nobody's act, so reports leave them out.</summary>
/// <remarks>
/// <code>
/// type=TRUSTED_APP … pid=N … msg='op=akashi-setup-probe id=ID state=begin …'     the kernel fills pid in; only a process with CAP_AUDIT_WRITE can send it
/// type=SYSCALL … ppid=N … type=EXECVE … argc=2 a0="akashi-setup-probe" a1="ID"
/// type=TRUSTED_APP … pid=N … state=end
/// </code>
/// One start is left out for each begin, and only a child of the process that announced it, with the announced arguments: a name alone hides nothing.
/// </remarks>
sealed class SetupProbes
{
    readonly Dictionary<string, string> _announced = [];

    /// <summary>How many were left out.</summary>
    public int Count { get; private set; }

    /// <summary>Whether an event is such a start, which is then used up; announcements are taken note of.</summary>
    public bool Take(AuditEvent auditEvent)
    {
        if (auditEvent.TryFindRecord(RecordType.TrustedApp, out Record announcement))
        {
            Learn(announcement);
            return false;
        }

        if (_announced.Count == 0 || !auditEvent.TryFindRecord(RecordType.Execve, out Record execve) || !auditEvent.TryFindRecord(RecordType.Syscall, out Record syscall))
            return false;
        if (Find(execve, "argc"u8) != "2" || Find(execve, "a0"u8) != "akashi-setup-probe"
            || !_announced.TryGetValue(Find(execve, "a1"u8), out string? pid) || Find(syscall, "ppid"u8) != pid)
        {
            return false;
        }

        _announced.Remove(Find(execve, "a1"u8));
        Count++;
        return true;
    }

    void Learn(in Record record)
    {
        const int AnnouncedMax = 64;
        string[] words = FindMessage(record).Split(' ');
        string? id = words.FirstOrDefault(word => word.StartsWith("id=", StringComparison.Ordinal))?[3..];
        if (words[0] != "op=akashi-setup-probe" || id is null)
            return;
        if (words.Contains("state=end"))
            _announced.Remove(id);
        else if (words.Contains("state=begin") && _announced.Count < AnnouncedMax)
            _announced[id] = Find(record, "pid"u8);
    }

    static string Find(in Record record, ReadOnlySpan<byte> name) =>
        record.TryFind(name, out ReadOnlySpan<byte> value) ? Encoding.UTF8.GetString(value).Trim('"') : "";

    // What stands in the quotes of a user message.
    static string FindMessage(in Record record)
    {
        ReadOnlySpan<byte> word = "msg='"u8;
        int start = record.Body.IndexOf(word);
        if (start < 0)
            return "";
        ReadOnlySpan<byte> rest = record.Body[(start + word.Length)..];
        int end = rest.IndexOf((byte)'\'');
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }
}
