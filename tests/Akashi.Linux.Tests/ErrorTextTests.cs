namespace Akashi.Linux.Tests;

public class ErrorTextTests
{
    [Theory]
    [InlineData(1, "Operation not permitted")]
    [InlineData(2, "No such file or directory")]
    [InlineData(17, "File exists")]
    [InlineData(9999, "Unknown error 9999")]
    public void Error_numbers_have_the_words_of_the_C_library(int errno, string words)
    {
        Assert.Equal(words, ErrorText.Of(errno));
    }
}
