namespace Akashi.Trail;

/// <summary>A place in a trail that outlives rotation: which file by device and inode, and a byte offset in it.</summary>
/// <param name="Device">st_dev.</param>
/// <param name="Inode">st_ino.</param>
/// <param name="Offset">Bytes from the file's beginning; stands at the beginning of a line.</param>
public readonly record struct TrailPosition(ulong Device, ulong Inode, long Offset);
