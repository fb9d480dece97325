using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Client;

/// <summary>A server item that an outside system has opened. It can read the fields of the process, set fields, and finish the event (statement 7.3).</summary>
public sealed class ServerItem
{
    private readonly ServerItemCommands _commands;
    private readonly ActivityInstanceDestination _destination;
    private readonly FieldChanges _changes = new();

    internal ServerItem(ServerItemCommands commands, ActivityInstanceDestination destination, IReadOnlyList<string> answers)
    {
        _commands = commands;
        _destination = destination;
        Answers = answers;
    }

    /// <summary>The serial number.</summary>
    public SerialNumber Serial => _destination.Serial;

    /// <summary>The number of the process instance.</summary>
    public ProcessInstanceId ProcessInstance => _destination.Activity.Process.Id;

    /// <summary>The name of the process definition.</summary>
    public string Definition => _destination.Activity.Process.Definition;

    /// <summary>The folio of the process instance; may be empty.</summary>
    public string Folio => _destination.Activity.Process.Folio;

    /// <summary>The name of the activity.</summary>
    public string Activity => _destination.Activity.Name;

    /// <summary>The name of the event.</summary>
    public string Event => _destination.Event!.Name;

    /// <summary>The answers with one of which the item is finished, in the order of the definition; empty where it is finished without one (statement
    /// 7.3b).</summary>
    public IReadOnlyList<string> Answers { get; }

    /// <summary>The key under which the event's code said that an outside system knows the item; null for none (statement 7.2).</summary>
    public string? CorrelationKey => _destination.Event!.CorrelationKey;

    /// <summary>The value that the initialization list of plan per slot holds for this slot; null without one (statement 4.7).</summary>
    public FieldValue InstanceData => _destination.InstanceData;

    /// <summary>Reads a data field as it was when the item was opened.</summary>
    /// <typeparam name="T">The field's type.</typeparam>
    /// <param name="field">A field of the process, of the activity or of its destinations.</param>
    /// <returns>The value.</returns>
    /// <exception cref="DataFieldException">The field is not one of this process or activity, or it has no value (statement 11.1).</exception>
    public T Get<T>(Field<T> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Scope switch
        {
            FieldScope.Process => _destination.Activity.Process.Fields.Get<T>(field.Name),
            FieldScope.Activity => _destination.Activity.Fields.Get<T>(field.Name),
            _ => _destination.Fields.Get<T>(field.Name),
        };
    }

    /// <summary>Sets a data field, when the item is finished.</summary>
    /// <typeparam name="T">The field's type.</typeparam>
    /// <param name="field">A field of the process, of the activity or of its destinations.</param>
    /// <param name="value">The new value.</param>
    /// <returns>This item.</returns>
    public ServerItem Set<T>(Field<T> field, T value)
    {
        _changes.Set(field, value);
        return this;
    }

    /// <summary>Sets a data field by its name, when the item is finished. A name means the destination's field first, then the activity's, then the
    /// process's.</summary>
    /// <param name="field">The field's name; case counts.</param>
    /// <param name="value">Its value, of the field's own type.</param>
    /// <returns>This item.</returns>
    public ServerItem Set(string field, FieldValue value)
    {
        _changes.Set(field, value);
        return this;
    }

    /// <summary>Finishes the item with the fields that were set. The process continues (statement 7.3).</summary>
    /// <param name="cancellation">Stops waiting. An admitted finish continues all the same.</param>
    /// <returns>The result of the finish.</returns>
    /// <inheritdoc cref="WorkflowConnection.FinishAsync(SerialNumber, Action{ServerItemFinish}, CancellationToken)" path="/exception"/>
    [OperationRight(Operation.FinishServerItem)]
    public ValueTask<FinishReceipt> FinishAsync(CancellationToken cancellation = default) =>
        _commands.FinishAsync(Serial, answer: null, _changes.List, cancellation);

    /// <summary>Finishes the item with an answer and with the fields that were set. The process continues on the line of the answer (statement 7.3b).</summary>
    /// <param name="answer">One of <see cref="Answers"/>; case counts.</param>
    /// <param name="cancellation">Stops waiting. An admitted finish continues all the same.</param>
    /// <returns>The result of the finish.</returns>
    /// <inheritdoc cref="WorkflowConnection.FinishAsync(SerialNumber, Action{ServerItemFinish}, CancellationToken)" path="/exception"/>
    [OperationRight(Operation.FinishServerItem)]
    public ValueTask<FinishReceipt> FinishAsync(string answer, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return _commands.FinishAsync(Serial, answer, _changes.List, cancellation);
    }
}
