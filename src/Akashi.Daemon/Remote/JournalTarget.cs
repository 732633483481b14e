using Akashi.Trail;

namespace Akashi.Daemon.Remote;

/// <summary>A log that records of a group go to.</summary>
/// <param name="Path">Its newest segment.</param>
/// <param name="Position">Which file that was, and where the group begins in it.</param>
public readonly record struct JournalTarget(string Path, TrailPosition Position);
