using System.Text;
using Akashi.Daemon.KernelState;
using Akashi.Daemon.Recorder;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Recorder;

public class SessionNoteTests
{
    static readonly SessionNote s_note = new(
        new ProcessMark(4242, 1234567890), 2_100_004_242, new LiveTerminals(7, 34819, 34820), "/dev/pts/3", (1000, 5, 0x190), "alice",
        "/var/log/akashi/recordings/20261121-165000-alice-ses7-0f3a9c1e-pts3.cast");

    [Fact]
    public void What_is_written_is_read() => Assert.Equal(s_note, SessionNote.Read(s_note.ToText()));

    [Fact]
    public void It_is_text_that_a_person_can_read() => Assert.Equal(
        "akashi session 1\nkeeper 4242 1234567890 2100004242\nterminals 7 34819 34820\nouter 1000 5 620 /dev/pts/3\nuser alice\n"
            + "file /var/log/akashi/recordings/20261121-165000-alice-ses7-0f3a9c1e-pts3.cast\nend\n",
        s_note.ToText());

    [Fact]
    public void A_login_without_a_ses_has_the_unset_number() =>
        Assert.Equal(uint.MaxValue, SessionNote.Read((s_note with { Terminals = s_note.Terminals with { Ses = uint.MaxValue } }).ToText())!.Terminals.Ses);

    [Theory]
    [InlineData("session 1", "session 2")]
    [InlineData("keeper 4242", "keeper -1")]
    [InlineData("keeper 4242", "keeper 99999999999")]
    [InlineData("outer 1000 5 620", "outer 1000 5 680")]
    [InlineData("/dev/pts/3", "dev/pts/3")]
    [InlineData("\nend\n", "\n")]
    [InlineData("\nend\n", "\nend\nmore\n")]
    public void A_single_wrong_word_is_refused(string right, string wrong) => Assert.Null(SessionNote.Read(s_note.ToText().Replace(right, wrong, StringComparison.Ordinal)));

    [Fact]
    public void Damage_is_refused_or_harmless() => Seeded.Repeat(2000, random =>
    {
        SessionNote? read = SessionNote.Read(Encoding.UTF8.GetString(Mutations.Damage(Encoding.UTF8.GetBytes(s_note.ToText()), random)));
        Assert.True(read is null || SessionNote.Read(read.ToText()) == read);
    });
}
