using System.Text;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Ausearch.Checkpoints;

/// <summary>A directory of logs that grow and rotate.</summary>
sealed class GrowingLogs(Random random) : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly List<(string Stamp, int Left, long Began)> _open = [];
    long _milliseconds = 1_700_000_000_000;
    long _serial = 100;

    /// <summary>The logs' directory.</summary>
    public string Path => System.IO.Path.GetDirectoryName(Newest)!;

    /// <summary>How long the clock may be set back or forward; 0 where it isn't.</summary>
    public int JumpMilliseconds { get; init; }

    /// <summary>Whether records may follow when their event is complete by time; they make events of their own.</summary>
    public bool HasLateRecords { get; init; } = true;

    string Newest => System.IO.Path.Combine(Directory.CreateDirectory(_folder["logs"]).FullName, "audit.log");

    /// <summary>A file beside the logs.</summary>
    public string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();

    /// <summary>Appends some records: events of one and of several, interleaved, the last ones unfinished.</summary>
    public void Grow(int lines)
    {
        var text = new StringBuilder();
        for (int line = 0; line < lines; line++)
        {
            _milliseconds += random.Next(0, 700);
            if (JumpMilliseconds > 0 && random.Next(30) == 0)
                _milliseconds += random.Next(-JumpMilliseconds, JumpMilliseconds);
            if (!HasLateRecords)
                _open.RemoveAll(open => open.Began < _milliseconds - 1000);
            if (_open.Count > 0 && random.Next(3) > 0)
                AddPath(text, random.Next(_open.Count));
            else if (random.Next(3) == 0)
                text.Append($"type=USER_LOGIN msg=audit({NewStamp()}): pid=1 uid=0 auid=0 ses=1 msg='op=login id=0 exe=\"/s\" hostname=h addr=1.2.3.4 terminal=t res=success'\n");
            else
            {
                string stamp = NewStamp();
                text.Append($"type=SYSCALL msg=audit({stamp}): arch=c000003e syscall=2 success=yes exit=3 a0=1 a1=0 a2=0 a3=0 items=2 ppid=1 pid=7 auid=0 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0 ses=1 comm=\"x\" exe=\"/x\" key=\"k\"\n");
                _open.Add((stamp, random.Next(1, 4), _milliseconds));
            }
        }

        File.AppendAllText(Newest, text.ToString());
    }

    /// <summary>One event of one record, later than every other by more than the timeout: everything before is complete.</summary>
    public void Settle()
    {
        _open.Clear();
        _milliseconds += 5000;
        File.AppendAllText(Newest, $"type=USER_LOGIN msg=audit({NewStamp()}): pid=2 uid=0 auid=0 ses=1 msg='op=login id=0 exe=\"/s\" hostname=h addr=1.2.3.4 terminal=t res=success'\n");
    }

    /// <summary>Renames every log to the next number; the newest is missing until it grows.</summary>
    public void Rotate()
    {
        for (int number = Directory.GetFiles(Path).Length - 1; number >= 0; number--)
            File.Move(number == 0 ? Newest : $"{Newest}.{number}", $"{Newest}.{number + 1}");
    }

    string NewStamp() => $"{_milliseconds / 1000}.{_milliseconds % 1000:000}:{_serial++}";

    void AddPath(StringBuilder text, int index)
    {
        (string stamp, int left, long began) = _open[index];
        text.Append($"type=PATH msg=audit({stamp}): item={left} name=\"/f\" inode=1 dev=fd:00 mode=0100644 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL\n");
        if (left == 1)
            _open.RemoveAt(index);
        else
            _open[index] = (stamp, left - 1, began);
    }
}
