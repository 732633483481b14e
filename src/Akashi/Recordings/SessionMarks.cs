using System.Globalization;

namespace Akashi.Recordings;

/// <summary>What is known of sessions at certain times, to be matched with logins: each with one login of its machine, ses and user within <see cref="UnrecordedLogins.BeginSeconds"/>.</summary>
/// <typeparam name="T">What is known.</typeparam>
sealed class SessionMarks<T>
{
    readonly Dictionary<string, Session> _sessions = [];
    readonly List<Mark> _all = [];

    /// <summary>How many were looked at, for all logins together: a few for each, however many there are.</summary>
    public long Looks { get; private set; }

    /// <summary>What no login has taken.</summary>
    public IEnumerable<T> Left => _all.Where(mark => !mark.IsTaken).Select(mark => mark.Known);

    /// <summary>Adds something that is known.</summary>
    /// <param name="known">It.</param>
    /// <param name="nodes">The machine's name as logins may have it: one or two.</param>
    /// <param name="ses">The session.</param>
    /// <param name="auid">The user; null where that isn't known.</param>
    /// <param name="seconds">When (Unix time); in order.</param>
    public void Add(T known, IEnumerable<string> nodes, uint? ses, uint? auid, long seconds)
    {
        var mark = new Mark(known, auid, seconds);
        _all.Add(mark);
        foreach (string node in nodes)
        {
            string key = KeyOf(node, ses);
            if (!_sessions.TryGetValue(key, out Session? session))
                _sessions.Add(key, session = new Session());
            session.Marks.Add(mark);
        }
    }

    /// <summary>Takes what is known of a login, the oldest first; to be asked in the order of the logins.</summary>
    public bool TryTake(string node, UnrecordedLogin login, out T? known)
    {
        known = default;
        if (!_sessions.TryGetValue(KeyOf(node, login.Ses), out Session? session))
            return false;
        List<Mark> marks = session.Marks;

        // What is too old for this login is so for those after it.
        int index = session.Passed;
        while (index < marks.Count && (marks[index].IsTaken || marks[index].Seconds < login.UnixSeconds - UnrecordedLogins.BeginSeconds))
            index++;
        Looks += index - session.Passed;
        session.Passed = index;
        for (; index < marks.Count && marks[index].Seconds <= login.UnixSeconds + UnrecordedLogins.BeginSeconds; index++)
        {
            Looks++;
            Mark mark = marks[index];
            if (mark.IsTaken || (mark.Auid is { } auid && auid != login.Auid))
                continue;
            (mark.IsTaken, known) = (true, mark.Known);
            return true;
        }

        return false;
    }

    static string KeyOf(string node, uint? ses) => string.Create(CultureInfo.InvariantCulture, $"{ses}@{node}");

    sealed class Session
    {
        public List<Mark> Marks { get; } = [];

        public int Passed { get; set; }
    }

    sealed class Mark(T known, uint? auid, long seconds)
    {
        public T Known { get; } = known;

        public uint? Auid { get; } = auid;

        public long Seconds { get; } = seconds;

        public bool IsTaken { get; set; }
    }
}
