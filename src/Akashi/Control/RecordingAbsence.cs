namespace Akashi.Control;

/// <summary>A time in which nobody recorded, after a service that ended without saying so: killed, or the machine went down.</summary>
/// <param name="From">The last that is known of the former service.</param>
/// <param name="Until">When this one began.</param>
/// <param name="Events">How many events got a number and never arrived, by the kernel's numbers; 0 while nothing is known to be missing.</param>
/// <param name="IsCounted">Whether the kernel's numbers tell how many: false where the machine was booted between, or the former service had seen none.</param>
public readonly record struct RecordingAbsence(DateTimeOffset From, DateTimeOffset Until, long Events, bool IsCounted);
