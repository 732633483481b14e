namespace Akashi.Daemon.Recorder;

/// <summary>What the recorder service works with; all checked by who made it.</summary>
/// <param name="SocketPath">Where logins connect.</param>
/// <param name="Directory">Where recordings are kept.</param>
/// <param name="KeeperUid">The account of keepers where they have no user each; neither root's nor anybody's who logs in.</param>
/// <param name="KeeperGid">A group that gives no rights.</param>
/// <param name="Program">The file of the program that is started as keeper, by the name akashi; login sides run of it too.</param>
/// <param name="Places">Where the service leaves what it must know later.</param>
public sealed record RecorderSettings(string SocketPath, string Directory, uint KeeperUid, uint KeeperGid, string Program, RecorderPlaces Places);

/// <summary>Where the recorder service leaves what it must know later.</summary>
/// <param name="State">Outlives the machine's boots: when the service was last seen, what the audit trail isn't told of yet, what was recorded.</param>
/// <param name="Sessions">Outlives the service, not the boot: a note for each session that is recorded.</param>
/// <param name="Status">The file that <c>akashi status</c> and <c>akashi doctor</c> read.</param>
/// <param name="Trials">Where a setup that tries logins leaves its mark: see <see cref="LoginTrial"/>.</param>
public sealed record RecorderPlaces(string State, string Sessions, string Status, string Trials)
{
    /// <summary>Where they are on a machine.</summary>
    public static RecorderPlaces Default { get; } = new("/var/lib/akashi/recorder", "/run/akashi/recorder.sessions", Control.RecorderStatus.DefaultPath, LoginTrial.DefaultPlace);
}
