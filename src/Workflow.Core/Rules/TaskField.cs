namespace Workflow.Core.Rules;

/// <summary>Something that a task knows of itself, for its URL and its text (statement 1.1).</summary>
/// <example><code>task.Url($"https://claims.example/{TaskField.SerialNumber}?amount={Amount}")</code></example>
public sealed class TaskField
{
    private TaskField(string name) => Name = name;

    /// <summary>The serial number of the task, for example <c>8_10</c> (statement 1.2).</summary>
    public static TaskField SerialNumber { get; } = new("SerialNumber");

    /// <summary>The number of the process instance that the task belongs to.</summary>
    public static TaskField ProcessInstance { get; } = new("ProcessInstance");

    /// <summary>The name that a template writes in braces.</summary>
    public string Name { get; }

    internal static IReadOnlyList<TaskField> All { get; } = [SerialNumber, ProcessInstance];

    /// <summary>The name in braces.</summary>
    /// <returns>For example <c>{SerialNumber}</c>.</returns>
    public override string ToString() => $"{{{Name}}}";

    internal string Of(SerialNumber serial) => this == SerialNumber ? serial.ToString() : serial.ProcessInstance.Value.Invariant();
}
