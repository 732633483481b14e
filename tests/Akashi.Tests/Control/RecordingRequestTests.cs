using System.Text;
using Akashi.Control;
using Akashi.Testing;

namespace Akashi.Tests.Control;

/// <summary>The request for a recording.</summary>
public sealed class RecordingRequestTests
{
    [Theory]
    [InlineData(RecordingLook.Read, "akashi 1 recording read 20261121-165000-alice-ses12-0f3a9c1e-pts3\n")]
    [InlineData(RecordingLook.Watch, "akashi 1 recording watch 20261121-165000-alice-ses12-0f3a9c1e-pts3\n")]
    [InlineData(RecordingLook.Search, "akashi 1 recording search 20261121-165000-alice-ses12-0f3a9c1e-pts3\n")]
    public void Its_line_is_frozen(RecordingLook look, string line)
    {
        var request = new RecordingRequest(look, "20261121-165000-alice-ses12-0f3a9c1e-pts3");

        Assert.Equal(line, Encoding.ASCII.GetString(request.Write()));
        Assert.True(RecordingRequest.TryRead(request.Write().AsSpan()[..^1], out RecordingRequest read));
        Assert.Equal(request, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("akashi 1 recording read ")]
    [InlineData("akashi 1 recording read ..")]
    [InlineData("akashi 1 recording read .hidden")]
    [InlineData("akashi 1 recording read ../x")]
    [InlineData("akashi 1 recording read a/b")]
    [InlineData("akashi 1 recording read a b")]
    [InlineData("akashi 1 recording read a\"b")]
    [InlineData("akashi 1 recording read a\nb")]
    [InlineData("akashi 1 recording read ä")]
    [InlineData("akashi 1 recording write a")]
    [InlineData("akashi 2 recording read a")]
    public void Whatever_leads_elsewhere_is_none(string line) => Assert.False(RecordingRequest.TryRead(Encoding.UTF8.GetBytes(line), out _));

    [Fact]
    public void The_longest_name_fits_a_request()
    {
        var request = new RecordingRequest(RecordingLook.Search, new string('a', RecordingRequest.NameLengthMax));

        Assert.InRange(request.Write().Length, 1, ControlRequest.BytesMax);
        Assert.False(RecordingRequest.TryRead(new RecordingRequest(RecordingLook.Read, request.Name + "a").Write().AsSpan()[..^1], out _));
    }

    [Fact]
    public void Any_bytes_are_read_or_refused() => Seeded.Repeat(5000, random =>
    {
        byte[] line = Mutations.Damage("akashi 1 recording read 20261121-165000-alice"u8.ToArray(), random);
        if (RecordingRequest.TryRead(line, out RecordingRequest read))
            Assert.Equal(line, read.Write()[..^1]);
    });
}
