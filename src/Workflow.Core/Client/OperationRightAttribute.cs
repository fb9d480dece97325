namespace Workflow.Core.Client;

/// <summary>Says which line of <see cref="OperationRights"/> a public method stands under. A method without one fails the build's tests
/// (statement 14.7).</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OperationRightAttribute(Operation operation) : Attribute
{
    public Operation Operation { get; } = operation;
}
