namespace Akashi.Health;

/// <summary>Whether the trail has a file system of its own.</summary>
static class PartitionFinding
{
    const string Name = "partition";

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.Space is null || !facts.IsOnRootFileSystem)
            return null;
        return Finding.Note(Name, "the trail is on the file system of /", "whoever fills that disk ends the recording, and a trail that grows fills the disk of everything else", "a file system of its own on /var/log/audit");
    }
}
