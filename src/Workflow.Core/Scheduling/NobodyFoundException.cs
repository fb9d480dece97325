namespace Workflow.Core.Scheduling;

/// <summary>Why an instance is in Error whose destination rule found nobody (statement 4.12).</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "Becomes the stored error of the instance, never thrown at a caller.")]
internal sealed class NobodyFoundException : Exception
{
    public NobodyFoundException(string activity)
        : base($"No destination set of '{activity}' came to anybody (statement 4.12). Add a set that always applies, or choose another policy with WhenNobody.")
    {
    }
}
