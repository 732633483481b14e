namespace Akashi.Output;

/// <summary>The reader of the output went away: a closed pipe. The top of a tool answers it with success.</summary>
public sealed class OutputClosedException(Exception inner) : Exception("the output was closed", inner);
