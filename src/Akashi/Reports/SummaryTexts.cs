using Akashi.Reports.Counting;
using Akashi.Reports.Facts;

namespace Akashi.Reports;

/// <summary>Which texts of an event a summary counts.</summary>
static class SummaryTexts
{
    public static void Objects(EventFacts facts, TextCounter counter)
    {
        foreach (AccessFact access in facts.Accesses)
            Add(access.Object, facts, counter);
    }

    /// <summary>Every file, the directories of others too.</summary>
    public static void Files(EventFacts facts, TextCounter counter)
    {
        foreach (FileFact file in facts.Files)
            Add(file.Name, facts, counter);
    }

    public static void Keys(EventFacts facts, TextCounter counter)
    {
        foreach (FactText key in facts.Keys)
        {
            if (IsKey(key, facts))
                Add(key, facts, counter);
        }
    }

    /// <summary>Whether a rule has that key: (null) says that it has none.</summary>
    public static bool IsKey(FactText key, EventFacts facts) => !facts[key].SequenceEqual("(null)"u8);

    public static void Commands(EventFacts facts, TextCounter counter) => Add(facts.Command, facts, counter);

    public static void HostNames(EventFacts facts, TextCounter counter) => Add(facts.HostName, facts, counter);

    public static void Terminals(EventFacts facts, TextCounter counter) => Add(facts.Terminal, facts, counter);

    public static void Executables(EventFacts facts, TextCounter counter) => Add(facts.Executable, facts, counter);

    static void Add(FactText text, EventFacts facts, TextCounter counter)
    {
        if (text.Exists)
            counter.Add(facts[text]);
    }
}
