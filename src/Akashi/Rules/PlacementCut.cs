namespace Akashi.Rules;

/// <summary>The minimum cut of <see cref="RulePlacement"/>, by Ford and Fulkerson's augmenting paths.</summary>
/// <remarks>
/// Node 2i is rule i's bit "not at the front", node 2i+1 its bit "at the end"; on is the source's side. An edge from a to b says "a on, so b on" and can't be
/// cut. Source to 2i and 2i+1 to sink hold 1 for a rule that can stay. A flow saturates one such pair per path, so paths are as many as rules that
/// have to go, and each is found in one walk over the edges.
/// </remarks>
sealed class PlacementCut
{
    const int Unreached = -2;
    const int Source = -1;

    readonly bool[] _canStay;
    readonly List<int>[] _follows, _precedes;
    readonly Dictionary<(int From, int To), int> _flows = [];
    readonly bool[] _isSourceUsed, _isSinkUsed;

    /// <summary>Makes the graph.</summary>
    public PlacementCut(bool[] canStay, Func<int, int, bool> isOrderSensitive)
    {
        int count = canStay.Length;
        _canStay = canStay;
        _follows = [.. Enumerable.Range(0, 2 * count).Select(_ => new List<int>())];
        _precedes = [.. Enumerable.Range(0, 2 * count).Select(_ => new List<int>())];
        _isSourceUsed = new bool[count];
        _isSinkUsed = new bool[count];
        for (int rule = 0; rule < count; rule++)
        {
            AddEdge(2 * rule + 1, 2 * rule);
            if (!canStay[rule])
                AddEdge(2 * rule, 2 * rule + 1);
        }
        AddPairs(count, isOrderSensitive);
    }

    /// <summary>The places, with as many rules staying as can be.</summary>
    public RulePlace[] Solve()
    {
        while (FindPath(out int[] cameFrom) is >= 0 and int end)
            Augment(cameFrom, end);
        bool[] isOff = FindSinkSide();
        return [.. Enumerable.Range(0, _canStay.Length).Select(rule =>
            !isOff[2 * rule + 1] ? RulePlace.End : !isOff[2 * rule] ? RulePlace.Stays : RulePlace.Front)];
    }

    // Of the minimum cuts the one with the most bits on: what nothing pulls to the front goes to the end.
    bool[] FindSinkSide()
    {
        bool[] isOff = new bool[2 * _canStay.Length];
        var queue = new Queue<int>();
        for (int rule = 0; rule < _canStay.Length; rule++)
        {
            if (_canStay[rule] && !_isSinkUsed[rule])
                Mark(2 * rule + 1);
        }
        while (queue.TryDequeue(out int node))
        {
            _precedes[node].ForEach(Mark);
            foreach (var ((from, to), flow) in _flows)
            {
                if (from == node && flow > 0)
                    Mark(to);
            }
        }
        return isOff;

        void Mark(int node)
        {
            if (isOff[node])
                return;
            isOff[node] = true;
            queue.Enqueue(node);
        }
    }

    void AddPairs(int count, Func<int, int, bool> isOrderSensitive)
    {
        for (int later = 1; later < count; later++)
        {
            for (int earlier = 0; earlier < later; earlier++)
            {
                if (!isOrderSensitive(earlier, later))
                    continue;
                AddEdge(2 * earlier, 2 * later);
                AddEdge(2 * earlier + 1, 2 * later + 1);
            }
        }
    }

    void AddEdge(int from, int to)
    {
        _follows[from].Add(to);
        _precedes[to].Add(from);
    }

    // The node from which the sink can be reached; -1 where none is left.
    int FindPath(out int[] cameFrom)
    {
        cameFrom = new int[2 * _canStay.Length];
        Array.Fill(cameFrom, Unreached);
        var queue = new Queue<int>();
        for (int rule = 0; rule < _canStay.Length; rule++)
        {
            if (_canStay[rule] && !_isSourceUsed[rule])
                Reach(2 * rule, Source, cameFrom, queue);
        }
        while (queue.TryDequeue(out int node))
        {
            if (node % 2 == 1 && _canStay[node / 2] && !_isSinkUsed[node / 2])
                return node;
            foreach (int next in _follows[node])
                Reach(next, node, cameFrom, queue);
            foreach (var ((from, to), flow) in _flows)
            {
                if (to == node && flow > 0)
                    Reach(from, node, cameFrom, queue);
            }
        }
        return Source;
    }

    static void Reach(int node, int from, int[] cameFrom, Queue<int> queue)
    {
        if (cameFrom[node] != Unreached)
            return;
        cameFrom[node] = from;
        queue.Enqueue(node);
    }

    void Augment(int[] cameFrom, int end)
    {
        _isSinkUsed[end / 2] = true;
        int node = end;
        for (; cameFrom[node] != Source; node = cameFrom[node])
        {
            (int From, int To) back = (node, cameFrom[node]);
            if (_flows.GetValueOrDefault(back) > 0)
                _flows[back]--;
            else
                _flows[(cameFrom[node], node)] = _flows.GetValueOrDefault((cameFrom[node], node)) + 1;
        }
        _isSourceUsed[node / 2] = true;
    }
}
