namespace Akashi.Daemon.Losses;

/// <summary>Numbers of events that follow each other.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last; it may be the first.</param>
public readonly record struct SerialRange(uint First, uint Last);
