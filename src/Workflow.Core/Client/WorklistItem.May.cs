using Workflow.Core.Definitions;

namespace Workflow.Core.Client;

/// <content>A form of the task: the fields of its actions, and the question whether the user may do something with the task.</content>
public sealed partial class WorklistItem
{
    /// <summary>Asks whether the user may do something with this task now, without doing it (statement 14.7e). See
    /// <see cref="WorkflowConnection.MayAsync(Func{WorkflowConnection, ValueTask})"/>.</summary>
    /// <param name="call">The call, on the task that it is given.</param>
    /// <returns>Whether the call would be admitted; otherwise the exception that it would throw.</returns>
    /// <inheritdoc cref="WorkflowConnection.MayAsync(Func{WorkflowConnection, ValueTask})" path="/exception"/>
    /// <example><code>var may = await task.MayAsync(it => it.ExecuteAsync("Approve"));</code></example>
    [OperationRight(Operation.AskWhetherAllowed)]
    public ValueTask<Permission> MayAsync(Func<WorklistItem, ValueTask> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var asked = new WorklistItem(_commands.Rehearsing(), _view);
        return Permission.OfAsync(() => call(asked));
    }

    /// <summary>Asks whether the user may do something with this task that returns a result, without doing it (statement 14.7e).</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="call">The call, on the task that it is given.</param>
    /// <returns>Whether the call would be admitted; otherwise the exception that it would throw.</returns>
    /// <inheritdoc cref="WorkflowConnection.MayAsync(Func{WorkflowConnection, ValueTask})" path="/exception"/>
    [OperationRight(Operation.AskWhetherAllowed)]
    public ValueTask<Permission> MayAsync<T>(Func<WorklistItem, ValueTask<T>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var asked = new WorklistItem(_commands.Rehearsing(), _view);
        return Permission.OfAsync(() => call(asked));
    }

    private IReadOnlyList<ActionField> FieldsOf(ActionDefinition action) =>
        [.. action.AskedFields.Select(field => new ActionField(field.Name, field.Scope, field.Shape, _view.FieldsOf(field.Scope)[field.Name]))];
}
