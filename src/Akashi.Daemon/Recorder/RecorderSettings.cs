namespace Akashi.Daemon.Recorder;

/// <summary>What the recorder service works with; all checked by who made it.</summary>
/// <param name="SocketPath">Where logins connect.</param>
/// <param name="Directory">Where recordings are kept.</param>
/// <param name="KeeperUid">The account of keepers; neither root's nor anybody's who logs in.</param>
/// <param name="KeeperGid">A group that gives no rights.</param>
/// <param name="Program">The file of this program, started as keeper.</param>
public sealed record RecorderSettings(string SocketPath, string Directory, uint KeeperUid, uint KeeperGid, string Program);
