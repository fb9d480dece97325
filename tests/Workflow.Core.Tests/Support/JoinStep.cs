namespace Workflow.Core.Tests.Support;

/// <summary>The activity of a branch is done.</summary>
/// <param name="Run">The run of the split, counted from 1.</param>
/// <param name="Branch">The branch.</param>
/// <param name="Ends">Whether it leads nowhere.</param>
internal readonly record struct JoinStep(int Run, int Branch, bool Ends)
{
    public override string ToString() => $"{Run}:{Branch}{(Ends ? " ends" : "")}";
}
