namespace Workflow.Core.Runtime;

/// <summary>The container of the host's classes was disposed of before a call of one could end. The call counts as interrupted: it is made again by the next
/// engine (statement 14.4).</summary>
/// <param name="cause">The exception of the container, or of what it has disposed of.</param>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "It never leaves the turn.")]
internal sealed class ServicesGoneException(ObjectDisposedException cause) : Exception(
    "The services of the engine have been disposed of, so the call could not be made or could not end. The next engine makes it.", cause);
