using System.Text;
using Akashi.Rules;
using Akashi.Tables;

namespace Akashi.Tests.Rules;

public sealed class RuleParserTests
{
    [Fact]
    public void A_rule_holds_what_its_text_says()
    {
        Rule rule = RuleTexts.Parse("-A exit,never -F arch=b32 -S open,59 -F exit=-EACCES -F auid!=unset -k one -k two");

        Assert.Equal((FilterList.Exit, true, RuleAction.Never), (rule.List, rule.IsPrepended, rule.Action));
        Assert.Equal(2, rule.Syscalls.Count);
        Assert.True(rule.Syscalls.Contains(5) && rule.Syscalls.Contains(59));
        Assert.Equal(
            [(RuleField.Arch, 0x40000003u), (RuleField.Exit, unchecked((uint)-13)), (RuleField.Loginuid, uint.MaxValue), (RuleField.Filterkey, 7u)],
            rule.Conditions.Select(condition => (condition.Field, condition.Value)));
        Assert.Equal("one\u0001two", Encoding.UTF8.GetString(rule.Key.Span));
    }

    // The first operator after the field's name counts; auditctl searches the whole word, and cuts these at the wrong place.
    [Theory]
    [InlineData("-a always,exit -S open -F key=a>=b", "a>=b")]
    [InlineData("-a always,exit -S open -F key=a!=b=c", "a!=b=c")]
    [InlineData("-a always,exit -S open -F key=a&=b", "a&=b")]
    public void A_value_may_hold_operators(string text, string key) =>
        Assert.Equal(key, Encoding.UTF8.GetString(RuleTexts.Parse(text).Key.Span));

    [Theory]
    [InlineData("-a always,exit -S open -F sessionid=soon", "-F value should be number for sessionid")]
    [InlineData("-a always,exit -S open -F uid=12x", "Unknown user: 12x")]
    [InlineData("-a always,exit -S open -F uid=4294967296", "Unknown user: 4294967296")]
    [InlineData("-a always,exit -S open -F pid=0x", "-F value should be number for pid")]
    [InlineData("-a always,exit -S open -F pid=08", "-F value should be number for pid")]
    [InlineData("-a always,exit -S open -F pid=", "-F missing value after operation for pid")]
    [InlineData("-a always,exit -S open -F saddr_fam=46", "value is too large for field: saddr_fam")]
    [InlineData("-a always,exit -S open -F inode>5", "inode only takes = or != operators")]
    [InlineData("-a always,exit -F path=/x -F perm!=r", "perm only takes = operator")]
    [InlineData("-a always,exit -F exe>/x", "exe only takes = or != operators")]
    [InlineData("-a always,user -F exit=0", "exit can only be used with exit filter list")]
    [InlineData("-a always,filesystem -F uid=0", "uid field is not valid for the filter")]
    [InlineData("-a always,exclude -F ppid=1", "Only msgtype, *uid, *gid, pid, and subj* fields can be used with exclude filter")]
    [InlineData("-a always,exclude -F msgtype=NOSUCH", "-F unknown message type - msgtype")]
    [InlineData("-a always,exit -S open -F exit=ENOSUCH", "-F unknown errno - exit")]
    [InlineData("-a always,exit -C uid<euid", "uid only takes = or != operators")]
    [InlineData("-a always,exit -C nosuch=euid", "-C unknown field: nosuch")]
    [InlineData("-a always,exit -C uid=nosuch", "-C unknown right hand value for comparison with: uid")]
    [InlineData("-a always,user -F uid=0 -F key=x", "Key field needs a watch, syscall or exe path given prior to it")]
    [InlineData("-a always,task -S open", "Error: syscall auditing being added to task list")]
    [InlineData("-a always,exclude -S open", "Error: syscall auditing cannot be put on exclude list")]
    [InlineData("-a always,exit -S open -a always,exit", "Multiple rule insert/delete operations are not allowed")]
    [InlineData("-a always,exit -S 2032", "Syscall name unknown: 2032")]
    [InlineData("-a always,exit -S open -w /x", "watch option can't be given with a syscall")]
    [InlineData("-w /x -a always,exit", "Watches may not include fields or actions")]
    [InlineData("-w /x -p rwxar", "permission rwxar is too long")]
    public void What_auditctl_refuses_is_refused_in_its_words(string text, string error) =>
        Assert.Equal(error, RuleTexts.ErrorOf(text));

    [Fact]
    public void Keys_share_256_bytes_with_their_separators()
    {
        string half = new('k', 128);

        Assert.Null(RuleTexts.ErrorOf($"-w /x -k {half} -k {half[1..]}"));
        Assert.Equal("key option exceeds size limit", RuleTexts.ErrorOf($"-w /x -k {half} -k {half}"));
    }

    [Fact]
    public void A_rule_has_room_for_64_fields()
    {
        string full = "-a always,exit -S open" + string.Concat(Enumerable.Repeat(" -F uid!=7", 64));

        Assert.Equal(64, RuleTexts.Parse(full).Conditions.Count);
        Assert.Equal("Too many fields in rule: uid", RuleTexts.ErrorOf(full + " -F uid!=7"));
        Assert.Equal("Too many fields in rule: key", RuleTexts.ErrorOf(full + " -k x"));
    }

    [Fact]
    public void A_watch_of_a_directory_holds_for_the_tree_and_loses_its_slash()
    {
        Assert.Equal(RuleTexts.Parse("-a always,exit -F dir=/dir/a -F perm=wa"), RuleTexts.Parse("-w /dir/a/ -p wa"));
        Assert.Equal(RuleTexts.Parse("-a always,exit -F path=/file -F perm=rwxa"), RuleTexts.Parse("-w /file"));
    }
}
