namespace Workflow.Core;

/// <summary>A defect of the library itself was noticed. The command that met it was abandoned before anything of it
/// was stored; please report the message.</summary>
public sealed class WorkflowInvariantException : WorkflowException
{
    internal WorkflowInvariantException(string member, string expression)
        : base($"Invariant broken in {member}: {expression}. This is a defect of the library; the command was abandoned and nothing of it was stored.")
    {
    }
}
