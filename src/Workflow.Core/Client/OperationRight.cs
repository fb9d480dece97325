using Workflow.Core.Definitions;

namespace Workflow.Core.Client;

/// <summary>The right that an operation needs.</summary>
/// <param name="Right">The right to the process; None where a standing decides.</param>
/// <param name="InsteadWhenTakingPart">The right that is enough for a user who takes or took part in the instance; None for no such exception.</param>
/// <param name="What">The operation, in words that go on after "may not"; or whose standing decides.</param>
internal sealed record OperationRight(ProcessRight Right, ProcessRight InsteadWhenTakingPart, string What)
{
    public static OperationRight Of(ProcessRight right, string what, ProcessRight insteadWhenTakingPart = ProcessRight.None) =>
        new(right, insteadWhenTakingPart, what);

    /// <summary>No right is needed, but a standing that a statement gives.</summary>
    public static OperationRight Standing(string whose) => new(ProcessRight.None, ProcessRight.None, whose);
}
