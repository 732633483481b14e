using System.Text;
using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Tests.Recordings;

public sealed partial class InputRedactionTests
{
    [Fact]
    public void What_the_terminal_echoes_is_recorded_at_once() =>
        Assert.Equal("i:ls\r", Play(session => session.Type("ls\r", InputEcho.Shown)));

    [Fact]
    public void Of_a_hidden_line_only_that_there_was_one_is_recorded() =>
        Assert.Equal("o:Password: |w:|o:\r\n|i:ls\r", Play(session =>
        {
            session.Show("Password: ");
            session.Type("s3c", InputEcho.Hidden);
            session.Type("ret\r", InputEcho.Hidden);
            session.Show("\r\n");
            session.Type("ls\r", InputEcho.Shown);
        }));

    [Fact]
    public void Each_hidden_line_is_told_of_once() =>
        Assert.Equal("w:|w:", Play(session =>
        {
            session.Type("first", InputEcho.Hidden);
            session.Type("\r", InputEcho.Hidden);
            session.Type("second\r", InputEcho.Hidden);
        }));

    [Fact]
    public void A_key_stands_behind_a_shell_s_own_echo() =>
        Assert.Equal("o:$ |o:l|i:l|o:s|i:s|o:\r\n|i:\r", Play(session =>
        {
            session.Show("$ ");
            session.Echo("ls");
            session.Type("\r");
            session.Show("\r\n");
        }));

    [Fact]
    public void Keys_without_an_answer_are_withheld_after_300_ms() =>
        Assert.Equal("o:key: |w:|o:\r\n$ |i:\r", Play(session =>
        {
            session.Show("key: ");
            foreach (char key in "s3cret")
            {
                session.Type(key.ToString());
                session.Wait(90);
            }

            session.Type("\r");
            session.Show("\r\n$ ");
        }));

    [Fact]
    public void Of_a_password_that_was_pasted_with_its_end_only_the_end_is_recorded() =>
        Assert.Equal("o:key: |o:\r\nSorry\r\nkey: |w:|i:\r", Play(session =>
        {
            session.Show("key: ");
            session.Type("s3cret\r");
            session.Show("\r\nSorry\r\nkey: ");
        }));

    [Theory]
    [InlineData("*")]
    [InlineData("**")]
    [InlineData("•")]
    public void Stars_for_a_password_answer_no_key(string star) =>
        Assert.Equal($"o:key: |o:{star}|o:{star}|o:{star}|w:", Play(session =>
        {
            session.Show("key: ");
            foreach (char key in "s3c")
            {
                session.Type(key.ToString());
                session.Show(star);
            }

            session.Wait(300);
        }));

    [Fact]
    public void A_clock_in_a_corner_answers_no_key() =>
        Assert.Equal("o:key: |o:\u001b7\u001b[24;70H12:00\u001b8|w:", Play(session =>
        {
            session.Show("key: ");
            session.Type("s");
            session.Show("\u001b7\u001b[24;70H12:00\u001b8");
            session.Wait(300);
        }));

    [Fact]
    public void A_late_echo_answers_all_it_shows() =>
        Assert.Equal("o:$ |o:id|i:id|o:\r\n0\r\n|i:\r", Play(session =>
        {
            session.Show("$ ");
            session.Type("i");
            session.Type("d");
            session.Type("\r");
            session.Wait(200);
            session.Show("id");
            session.Show("\r\n0\r\n");
        }));

    [Fact]
    public void Of_what_is_typed_ahead_nothing_is_recorded_where_a_prompt_comes_first() =>
        Assert.Equal("o:$ |i:sl|o:sl\r\n|o:$ id|i:\r|w:", Play(session =>
        {
            session.Show("$ ");
            session.Type("sl\r");
            session.Show("sl\r\n");
            session.Type("id");
            session.Show("$ id");
        }));

    [Fact]
    public void Of_an_editor_s_commands_only_keys_that_are_no_characters_are_recorded() =>
        Assert.Equal("o:one\r\ntwo\u001b[H|o:\u001b[2;1H|o:\u001b[P|w:|o:\u001b[1;1H|i:\u001b[A", Play(session =>
        {
            session.Show("one\r\ntwo\u001b[H");
            session.Type("j");
            session.Show("\u001b[2;1H");
            session.Wait(20);
            session.Type("x");
            session.Show("\u001b[P");
            session.Wait(300);
            session.Type("\u001b[A");
            session.Show("\u001b[1;1H");
        }));

    [Fact]
    public void What_an_editor_inserts_is_recorded_though_its_command_still_waits() =>
        Assert.Equal("o:one\r\ntwo\u001b[H|o:\u001b[2;4H|o: a|w:|i: a", Play(session =>
        {
            session.Show("one\r\ntwo\u001b[H");
            session.Type("G");
            session.Type("A");
            session.Show("\u001b[2;4H");
            session.Wait(20);
            session.Type(" ");
            session.Type("a");
            session.Show(" a");
            session.Wait(300);
        }));

    [Fact]
    public void A_pager_s_blank_is_withheld() =>
        Assert.Equal("o:a\r\nb\r\nc\r\n:|o:\u001b[Hd\r\ne\r\nf\r\n:|w:", Play(session =>
        {
            session.Show("a\r\nb\r\nc\r\n:");
            session.Type(" ");
            session.Show("\u001b[Hd\r\ne\r\nf\r\n:");
        }));

    [Fact]
    public void Keys_keep_their_order() =>
        Assert.Equal("o:$ |w:|i:\u0003ls\r", Play(session =>
        {
            session.Show("$ ");
            session.Type("x");
            session.Wait(10);
            session.Type("\u0003ls\r", InputEcho.Shown);
            session.Wait(300);
        }));

    [Fact]
    public void The_end_withholds_what_waits() => Assert.Equal("w:", Play(session => session.Type("x")));

    [Fact]
    public void No_password_changes_a_byte_of_the_file_nor_its_length()
    {
        Seeded.Repeat(200, random =>
        {
            InputEcho echo = random.Next(2) == 0 ? InputEcho.Hidden : InputEcho.Raw;
            int seed = random.Next();
            string first = Password(random), second = Password(random);

            Assert.Equal(AskFor(first, echo, new Random(seed)), AskFor(second, echo, new Random(seed)));
        });
    }

    [Fact]
    public void Any_bytes_and_any_screen_are_taken()
    {
        Seeded.Repeat(300, random => Play(session =>
        {
            byte[] bytes = new byte[200];
            for (int turn = 0; turn < 40; turn++)
            {
                random.NextBytes(bytes);
                if (random.Next(3) == 0)
                    bytes.AsSpan().Fill((byte)'\u001b');
                Span<byte> piece = bytes.AsSpan(0, random.Next(1, bytes.Length));
                if (random.Next(2) == 0)
                    session.TypeBytes(piece, (InputEcho)random.Next(3));
                else
                    session.ShowBytes(piece);
                session.Wait(random.Next(200));
            }
        }));
    }

    // Typed in pieces of any size, each before the 300 ms of the last are over; the line's end comes when all of it has expired.
    static string AskFor(string password, InputEcho echo, Random random) => Play(session =>
    {
        session.Show("key: ");
        for (int at = 0; at < password.Length;)
        {
            int length = Math.Min(random.Next(1, 4), password.Length - at);
            session.Type(password.Substring(at, length), echo);
            at += length;
        }

        session.Wait(300);
        session.Type("\r", echo);
        session.Show("\r\n$ ");
    });

    static string Password(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => (char)random.Next('!', '~')));

    static string Play(Action<Session> act, int columns = 80, int rows = 24)
    {
        using var session = new Session(columns, rows);
        act(session);
        return session.End();
    }

    /// <summary>A session of which its recording is told as CODE:DATA, with | between.</summary>
    sealed class Session : IDisposable
    {
        readonly MemoryStream _file = new();
        readonly RecordingWriter _writer;
        readonly InputRedaction _redaction;
        long _now;

        public Session(int columns = 80, int rows = 24)
        {
            _writer = new RecordingWriter(_file);
            _writer.Begin(new RecordingHeader());
            _redaction = new InputRedaction(_writer, columns, rows);
        }

        public void Type(string keys, InputEcho echo = InputEcho.Raw) => TypeBytes(Encoding.UTF8.GetBytes(keys), echo);

        public void TypeBytes(ReadOnlySpan<byte> bytes, InputEcho echo) => _redaction.Take(++_now, bytes, echo);

        public void Show(string text) => ShowBytes(Encoding.UTF8.GetBytes(text));

        public void ShowBytes(ReadOnlySpan<byte> bytes)
        {
            _redaction.Show(++_now, bytes);
            _writer.Write(_now, RecordingEventKind.Output, bytes);
        }

        public void Echo(string keys)
        {
            foreach (char key in keys)
            {
                Type(key.ToString());
                Show(key.ToString());
                Wait(20);
            }
        }

        public void TypeAndShow(string key, params string[] pieces)
        {
            Type(key);
            foreach (string piece in pieces)
            {
                Wait(1);
                Show(piece);
            }

            Wait(90);
        }

        public void Wait(int milliseconds)
        {
            _now += milliseconds * 1000L;
            _redaction.Expire(_now);
        }

        public string End()
        {
            _redaction.End(_now);
            _writer.Flush();
            Assert.True(AsciicastReader.TryOpen(new MemoryStream(_file.ToArray()), out AsciicastReader? reader));
            var events = new List<string>();
            while (reader!.TryRead(out RecordingEvent next))
                events.Add($"{(char)next.Kind}:{Encoding.UTF8.GetString(next.Bytes)}");
            return string.Join('|', events);
        }

        public void Dispose() => _file.Dispose();
    }
}
