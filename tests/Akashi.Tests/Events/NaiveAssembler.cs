using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

using Record = Akashi.Records.Record;

namespace Akashi.Tests.Events;

/// <summary>The simple version of <see cref="EventAssembler"/>: lists, and a look at all of them for every record.</summary>
sealed class NaiveAssembler(int timeoutSeconds, bool closesAtLastRecord)
{
    readonly List<Pending> _pending = [];

    /// <summary>Adds a line and returns the events that leave, each as its lines.</summary>
    public List<string[]> Add(string line)
    {
        Assert.True(Record.TryParse(System.Text.Encoding.UTF8.GetBytes(line), out Record record, out _));
        (EventStamp, string) id = (record.Stamp, System.Text.Encoding.UTF8.GetString(record.Node));
        Pending? open = _pending.Find(pending => !pending.IsClosed && pending.Id == id);
        bool isNew = open is null;
        if (open is null)
        {
            if (record.Type == RecordType.Eoe)
                return [];
            _pending.Add(open = new Pending(id));
        }

        open.Lines.Add(line);
        if (EventEnd.IsLast(record.Type) && (closesAtLastRecord || open.Lines.Count == 1))
            open.IsClosed = true;
        long second = record.Stamp.UnixSeconds;
        if (isNew || closesAtLastRecord)
            _pending.FindAll(pending => pending.Id.Stamp.UnixSeconds <= second - timeoutSeconds).ForEach(pending => pending.IsClosed = true);
        return Leave();
    }

    public List<string[]> Flush()
    {
        _pending.ForEach(pending => pending.IsClosed = true);
        return Leave();
    }

    List<string[]> Leave()
    {
        var left = new List<string[]>();
        while (_pending.MinBy(pending => pending.Id.Stamp) is { IsClosed: true } lowest)
        {
            _pending.Remove(lowest);
            left.Add([.. lowest.Lines]);
        }

        return left;
    }

    sealed class Pending((EventStamp Stamp, string Node) id)
    {
        public (EventStamp Stamp, string Node) Id { get; } = id;

        public List<string> Lines { get; } = [];

        public bool IsClosed { get; set; }
    }
}
