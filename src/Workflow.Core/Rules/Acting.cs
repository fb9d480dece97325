namespace Workflow.Core.Rules;

/// <summary>The user who takes an action, and the instant: operands for the values that an action sets (statement 2.1). They have a value only while an action
/// is taken, so the builder refuses them anywhere else.</summary>
/// <example><code>task.Action("Approve", action => action.Sets(ApprovedBy, Acting.User).Sets(ApprovedAt, Acting.Now))</code></example>
public static class Acting
{
    /// <summary>The name of the user who takes the action.</summary>
    public static Operand<string> User { get; } = new ActingOperand<string>("acting user", taking => (true, taking.User));

    /// <summary>The name of the user on whose behalf the action is taken; null when its user acts for themselves (statements 1.12 and 9.4).</summary>
    public static Operand<string> OnBehalfOf { get; } =
        new ActingOperand<string>("represented user", taking => (taking.OnBehalfOf is not null, taking.OnBehalfOf!));

    /// <summary>The instant at which the action is taken.</summary>
    public static Operand<DateTimeOffset> Now { get; } = new ActingOperand<DateTimeOffset>("now", taking => (true, taking.Now));
}
