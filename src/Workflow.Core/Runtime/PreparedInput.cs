using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>The result of a command once the instance is at hand. It is an input, the reason why its sender may not send it, or something to find out about its
/// sender first.</summary>
internal readonly record struct PreparedInput(Input? Input, Refusal? Refusal)
{
    /// <summary>The command wants to ask something (<see cref="Command.AskAsync"/>): nobody is kept waiting for it, so the turn is given back.</summary>
    public static PreparedInput AskFirst { get; } = new(Input: null, new Refusal(RefusalKind.AskFirst));

    public static implicit operator PreparedInput(Input input) => new(input, Refusal: null);

    public static implicit operator PreparedInput(Refusal refusal) => new(Input: null, refusal);
}
