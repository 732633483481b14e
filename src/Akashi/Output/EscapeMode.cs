namespace Akashi.Output;

/// <summary>How bytes that could move a terminal or break a shell line are printed: ausearch's --escape.</summary>
public enum EscapeMode
{
    /// <summary>As they are.</summary>
    Raw,

    /// <summary>Bytes below 0x20, and 0x7F, as a backslash and three octal digits.</summary>
    Terminal,

    /// <summary>As Terminal, and a backslash before <c>"'`$\!()|</c> and blanks.</summary>
    Shell,

    /// <summary>As Shell, and a backslash before <c>;#&amp;*?[]&lt;&gt;{}</c>.</summary>
    ShellQuote,
}
