namespace Workflow.Core.Runtime;

/// <summary>A sub-process cannot be started. The event that wants to start it fails, and a retry asks anew (statement 7.13).</summary>
public sealed class SubProcessRefusedException : WorkflowException
{
    private SubProcessRefusedException(string statement, string message)
        : base(message) => Statement = statement;

    internal static SubProcessRefusedException OfDepth(string definition, int limit) => new(
        "7.12",
        limit == 0
            ? $"'{definition}' cannot be started: this engine starts no sub-processes. Raise WorkflowOptions.SubProcessDepthLimit."
            : $"'{definition}' cannot be started: there are {limit.Invariant()} sub-processes above it already, which is the limit. Give the processes that "
                + $"start each other an end, or raise WorkflowOptions.SubProcessDepthLimit.");

    internal static SubProcessRefusedException OfRight(string user, string definition) => new(
        "7.9",
        $"'{definition}' cannot be started in the name of '{Names.Printable(user)}', who lacks the Start right to it. Give them the right, or start it in "
            + $"another name.");

    internal static SubProcessRefusedException OfFolio(string definition, int length) => new(
        "7.8",
        $"'{definition}' cannot be started: its folio would have {length.Invariant()} characters, and {Limits.NameLength.Invariant()} are the most. Make "
            + $"it shorter.");

    internal static SubProcessRefusedException OfType(string definition, string field, FieldShape actual, FieldShape mapped) => new(
        "7.8",
        $"'{definition}' cannot be started: its field '{field}' holds {actual}, and the event maps it as {mapped}. Use the field of the other "
            + $"definition in the mapping.");
}
