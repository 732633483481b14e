namespace Akashi.Configuration;

/// <summary>When a segment ends and how many stay: num_logs, max_log_file and max_log_file_action of auditd.conf.</summary>
/// <param name="SegmentsMax">The newest one and its rotated brothers; below 2 nothing rotates.</param>
/// <param name="SegmentBytesMax">The length at which a segment ends; 0 for no limit.</param>
/// <param name="RotatesBySize">Whether that length has this effect (rotate and keep_logs).</param>
/// <param name="KeepsAll">Whether old segments stay however many there are (keep_logs).</param>
public readonly record struct RotationSettings(int SegmentsMax, long SegmentBytesMax, bool RotatesBySize, bool KeepsAll)
{
    /// <summary>Whether a segment of that length must end.</summary>
    public bool IsDue(long length) => RotatesBySize && SegmentBytesMax > 0 && length >= SegmentBytesMax;
}
