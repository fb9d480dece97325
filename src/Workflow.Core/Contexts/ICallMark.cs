namespace Workflow.Core.Contexts;

/// <summary>Marks a flow as part of a call of the host's code.</summary>
internal interface ICallMark
{
    /// <summary>The turn that calls.</summary>
    CallingTurn Turn { get; }

    /// <summary>Whether the code runs now. A flow that outlives its call sees its old mark, which then means nothing.</summary>
    bool IsCalling { get; }

    /// <summary>Which of the calls that share the mark it is: what an earlier one has left running counts for nothing in a later one.</summary>
    int Call { get; }
}
