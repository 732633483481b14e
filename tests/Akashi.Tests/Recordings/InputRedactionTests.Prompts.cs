using Akashi.Recordings;

namespace Akashi.Tests.Recordings;

// Prompts for passwords that draw themselves again, in the bytes and the timing of the programs they're named after: of what is typed there, only the end is stored.
public sealed partial class InputRedactionTests
{
    const string Secret = "s3Cret-Pw";

    public static TheoryData<string> Prompts =>
    [
        "inquirer, masked", "inquirer, silent", "prompts", "enquirer, masked", "enquirer, invisible", "systemd-ask-password", "two pieces", "strength behind the stars",
        "strength right behind the stars", "count on another line", "silent, cursor moves", "pieces of the prompt",
    ];

    [Theory]
    [MemberData(nameof(Prompts))]
    public void A_prompt_that_draws_itself_again_answers_no_character(string style)
    {
        string typed = Typed(Play(session =>
        {
            session.Show(First(style));
            for (int count = 1; count <= Secret.Length; count++)
                session.TypeAndShow(Secret[(count - 1)..count], Drawn(style, count));
            session.Wait(300);
            session.Type("\r");
            session.Show("\r\nfine\r\n");
        }));

        Assert.Equal("w:|i:\r", typed);
    }

    [Theory]
    [MemberData(nameof(Prompts))]
    public void A_prompt_that_draws_itself_once_for_a_pasted_password_answers_none_of_it(string style)
    {
        string typed = Typed(Play(session =>
        {
            session.Show(First(style));
            session.TypeAndShow(Secret, Drawn(style, Secret.Length));
            session.Wait(300);
            session.Type("\r");
            session.Show("\r\nfine\r\n");
        }));

        Assert.Equal("w:|i:\r", typed);
    }

    [Theory]
    [InlineData(28)]
    [InlineData(31)]
    [InlineData(32)]
    public void Stars_that_cross_the_right_margin_answer_no_character(int promptColumns) =>
        Assert.Equal("w:|i:\r", Typed(Play(
            session =>
            {
                session.Show(new string('\n', 3) + "\r" + new string('p', promptColumns));
                foreach (char key in Secret)
                    session.TypeAndShow(key.ToString(), "*");
                session.Wait(300);
                session.Type("\r");
                session.Show("\r\n");
            },
            columns: 32,
            rows: 4)));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Bytes_that_are_not_UTF_8_are_characters(int count) =>
        Assert.Equal("w:|i:\r", Typed(Play(session =>
        {
            session.Show("key: ");
            for (int index = 0; index < count; index++)
            {
                session.TypeBytes([0xE9], InputEcho.Raw);
                session.Show("*");
                session.Wait(90);
            }

            session.Wait(300);
            session.Type("\r");
            session.Show("\r\n");
        })));

    [Fact]
    public void A_character_that_comes_in_two_reads_is_one() =>
        Assert.Equal("i:é!", Typed(Play(session =>
        {
            session.Show("$ ");
            session.TypeBytes([0xC3], InputEcho.Raw);
            session.TypeBytes([0xA9, (byte)'!'], InputEcho.Raw);
            session.Show("é!");
            session.Wait(20);
        })));

    // tmux draws both panes on one screen: the cursor goes to the other one and comes back.
    [Fact]
    public void Another_pane_answers_no_character() =>
        Assert.Equal("w:|i:\r", Typed(Play(session =>
        {
            session.Show("\u001b[1;1HPassword: ");
            int second = 0;
            foreach (char key in "s3Cret2026")
            {
                session.Type(key.ToString());
                for (int turn = 0; turn < 3; turn++, second++)
                {
                    session.Wait(50);
                    session.Show($"\u001b[?25l\u001b[13;23r\u001b[23;1H\nSat Nov 21 17:25:{second % 60:00} UTC 2026\u001b[1;24r\u001b[1;11H\u001b[?25h");
                }
            }

            session.Wait(300);
            session.Type("\r");
            session.Show("\r\n");
        })));

    [Theory]
    [InlineData("\u007f")]
    [InlineData("\b")]
    [InlineData("\u0015")]
    [InlineData("\u001b[3~")]
    public void What_erases_characters_that_are_withheld_is_not_told(string eraser) =>
        Assert.Equal("w:|i:\r", Typed(Play(session =>
        {
            session.Show("key: ");
            session.TypeAndShow("a", "*");
            session.TypeAndShow("b", "*");
            session.TypeAndShow(eraser, "\b \b");
            session.TypeAndShow("c", "*");
            session.Wait(300);
            session.TypeAndShow(eraser, "\b \b");
            session.Type("\r");
            session.Show("\r\n");
        })));

    [Theory]
    [InlineData("\u001bOr\u001bOs", "w:")]
    [InlineData("\u001b[97;1u\u001b[98;1u", "w:")]
    [InlineData("\u001b[27;1;97~", "w:")]
    [InlineData("\u001b]52;c;czNDcmV0\u0007", "w:")]
    [InlineData("\u001ba\u001bb", "i:\u001b|w:|i:\u001b|w:")]
    public void Characters_that_come_as_sequences_are_withheld(string keys, string expected) =>
        Assert.Equal(expected, Typed(Play(session =>
        {
            session.Show("pin: ");
            session.TypeAndShow(keys, "**");
            session.Wait(300);
        })));

    [Fact]
    public void A_digit_of_the_keypad_that_is_shown_is_recorded() =>
        Assert.Equal("i:\u001bOr\u001bOs", Typed(Play(session =>
        {
            session.Show("> ");
            session.TypeAndShow("\u001bOr\u001bOs", "23");
        })));

    [Fact]
    public void Of_a_late_echo_what_is_there_is_recorded() =>
        Assert.Equal("i:l|i:s", Typed(Play(session =>
        {
            session.Show("$ ");
            session.Type("ls");
            session.Show("l");
            session.Wait(90);
            session.Show("s");
            session.Wait(90);
        })));

    [Fact]
    public void A_paste_that_crosses_the_last_line_is_recorded() =>
        Assert.Equal("i:echo あいう one two three\r", string.Concat(Typed(Play(
            session =>
            {
                session.Show("\n\n\n\r$ ");
                session.Type("echo あいう one two three\r");
                session.Show("echo あいう one two three");
                session.Show("\r\r\nout\r\n");
                session.Wait(20);
            },
            columns: 11,
            rows: 3)).Split("|i:")));

    // Documented: what the screen shows by chance looks like an echo.
    [Fact]
    public void A_star_in_a_password_is_recorded_where_it_is_shown_as_a_star() =>
        Assert.Equal("i:*|w:", Typed(Play(session =>
        {
            session.Show("key: ");
            session.TypeAndShow("*", "*");
            session.TypeAndShow("a", "*");
        })));

    static string Typed(string events) =>
        string.Join('|', events.Split('|').Where(text => text.StartsWith("i:", StringComparison.Ordinal) || text.StartsWith("w:", StringComparison.Ordinal)));

    static string First(string style) => style switch
    {
        "systemd-ask-password" => "Password: (press TAB for no echo) \u001b[24D",
        "strength behind the stars" => "Password:  weak\u001b[5D",
        "strength right behind the stars" => "Password: weak\u001b[4D",
        "count on another line" => "\u001b[5;10HPassword: [            ]\u001b[7;10H0 characters\u001b[5;21H",
        _ => "? Password: ",
    };

    static string[] Drawn(string style, int count)
    {
        string stars = new('*', count);
        string strength = count < 4 ? "weak" : "strong";
        return style switch
        {
            "inquirer, masked" => [$"\u001b[?25l\u001b[1G\u001b[2K\u001b[34m?\u001b[39m \u001b[1mPassword:\u001b[22m {stars}\u001b[{13 + count}G\u001b[?25h"],
            "inquirer, silent" => ["\u001b[1G\u001b[2K? Password: \u001b[2m[input is masked]\u001b[22m\u001b[30G"],
            "prompts" => ["\u001b[2K\u001b[1G", $"? Password: › {stars}", "\u001b7\u001b8"],
            "enquirer, masked" => ["\u001b[1A\r\u001b[J", $"\r\n? Password: · {stars}"],
            "enquirer, invisible" => ["\u001b[?25l\u001b[2K\u001b[G", "? Password: ", "\u001b[?25h"],
            "systemd-ask-password" => count == 1 ? ["\u001b[K", "*"] : ["*"],
            "two pieces" => ["\r\u001b[K", $"? Password: {stars}"],
            "strength behind the stars" => [$"\rPassword: {stars} {strength}\u001b[K\u001b[{strength.Length + 1}D"],
            "strength right behind the stars" => [$"\rPassword: {stars}{strength}\u001b[K\u001b[{strength.Length}D"],
            "count on another line" => [$"\u001b[7;10H{count} characters", $"\u001b[5;{21 + count}H"],
            "silent, cursor moves" => ["\u001b[C"],
            _ => ["\r\u001b[K", "? Pass", "word: ", stars],
        };
    }
}
