using System.Globalization;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Contexts;

/// <summary>The context of a server event: everything that its code can see and ask for. The engine applies the writes when the code returns. Code that throws
/// leaves none of them behind (statement 8.1).</summary>
/// <remarks>It is for one call, and refuses every use after the code has returned. The engine refuses code that waits for another instance whose code waits for
/// this one. On another engine such code waits until its time is over. Let instances wait for each other with <see cref="WaitUntilFinished()"/>, and not in
/// code.</remarks>
public sealed class ServerEventContext : ICallContext
{
    private readonly EventInstance _event;
    private readonly bool _isPure;
    private readonly bool _isForOne;
    private readonly CallingTurn? _turn;
    private FieldWrite _firstWrite;
    private FieldWrite[]? _moreWrites;
    private volatile bool _isClosed;

    /// <param name="destination">The destination whose event is called.</param>
    /// <param name="isPure">Whether the event is marked pure.</param>
    /// <param name="isForOne">Whether the plan gives each destination an activity instance destination of its own.</param>
    /// <param name="turn">The turn that calls; null where code is called without an engine.</param>
    internal ServerEventContext(ActivityInstanceDestination destination, bool isPure, bool isForOne, CallingTurn? turn = null)
    {
        _turn = turn;
        _isForOne = isForOne;
        Destination = destination;
        _event = destination.Event!;
        _isPure = isPure;
    }

    /// <summary>The serial number under which an outside system finishes this event, once the code has called <see cref="WaitUntilFinished()"/>
    /// (statements 1.2 and 7.1). The code may pass it on at once.</summary>
    public SerialNumber Serial => Destination.Serial;

    /// <summary>The same for every call of this event instance, after a crash as well: give it to the outside system, so that it can
    /// recognize a repeated call (statement 14.4). It begins with a random part that belongs to the store. So no other store makes the same key, and neither
    /// does this one after a restore (statement 14.7c).</summary>
    public string IdempotencyKey => _turn is not { KeyPart.Length: > 0 }
        ? string.Create(CultureInfo.InvariantCulture, $"{ProcessInstance.Value}-{_event.Id}")
        : string.Create(CultureInfo.InvariantCulture, $"{_turn.KeyPart}-{ProcessInstance.Value}-{_event.Id}");

    /// <summary>Which call of this event instance it is; 1 for the first.</summary>
    public int Attempt => _event.Attempts;

    /// <summary>The process instance.</summary>
    public ProcessInstanceId ProcessInstance => Process.Id;

    /// <summary>The name of the process definition.</summary>
    public string Definition => Process.Definition;

    /// <summary>The name of the activity.</summary>
    public string Activity => Destination.Activity.Name;

    /// <summary>The name of the event.</summary>
    public string Event => _event.Name;

    /// <summary>The folio of the process instance; may be empty.</summary>
    public string Folio => Process.Folio;

    /// <summary>The user who started the process instance.</summary>
    public string Originator => Process.Originator;

    /// <summary>The users, groups and roles that the activity instance destination is for: one in the plans per destination, everybody in plan just once
    /// (statement 4.5).</summary>
    public IReadOnlyList<Destination> Destinations => Destination.People;

    /// <summary>The user of the activity instance destination; null in plan just once and plan per slot, and for a role or group (statement 4.3).</summary>
    public string? User => _isForOne && Destination.People[0] is { Kind: DestinationKind.User } user ? user.Name : null;

    /// <summary>The value that the initialization list of plan per slot holds for this slot; null without a list or when the list is shorter (statement
    /// 4.7).</summary>
    public FieldValue InstanceData => Destination.InstanceData;

    CallingTurn ICallMark.Turn => _turn!;

    bool ICallMark.IsCalling => !_isClosed;

    int ICallMark.Call => 0;

    internal ActivityInstanceDestination Destination { get; }

    /// <summary>Whether the code has called <see cref="WaitUntilFinished()"/>.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>The key given to <see cref="WaitUntilFinished(string)"/>; null for none.</summary>
    public string? CorrelationKey { get; private set; }

    /// <summary>The values that the code has written so far, in order.</summary>
    public IReadOnlyList<FieldChange> Changes =>
        [.. Enumerable.Range(0, WriteCount).Select(index => Change(WriteAt(index)))];

    internal int WriteCount { get; private set; }

    private ProcessInstance Process => Destination.Activity.Process;

    /// <summary>Reads a data field, what this call has written included.</summary>
    /// <typeparam name="T">The field's type.</typeparam>
    /// <param name="field">A field of the process, of this activity or of its destinations.</param>
    /// <returns>The value.</returns>
    /// <exception cref="DataFieldException">The field is not one of this process or activity, or it has no value (statement 11.1).</exception>
    public T Get<T>(Field<T> field)
    {
        var value = Read(field);
        return value.TryGet<T>(out var result) ? result : throw DataFields.ReadFailure<T>(field.Name, value);
    }

    /// <summary>Reads a data field that may have no value, what this call has written included.</summary>
    /// <typeparam name="T">The field's type.</typeparam>
    /// <param name="field">A field of the process, of this activity or of its destinations.</param>
    /// <param name="value">The value, when there is one.</param>
    /// <returns>Whether the field has a value.</returns>
    /// <exception cref="DataFieldException">The field is not one of this process or activity (statement 11.1).</exception>
    public bool TryGet<T>(Field<T> field, out T value) => Read(field).TryGet(out value);

    /// <summary>Writes a data field, when the code returns (statement 11.4). The last write of a field counts.</summary>
    /// <typeparam name="T">The field's type.</typeparam>
    /// <param name="field">A field of the process, of this activity or of its destinations.</param>
    /// <param name="value">The new value; null takes the value away.</param>
    /// <exception cref="DataFieldException">The field is not one of this process or activity (statement 11.1).</exception>
    public void Set<T>(Field<T> field, T value)
    {
        ArgumentNullException.ThrowIfNull(field);
        RefuseWhenClosed();
        var ordinal = Locate(field);
        var write = new FieldWrite(field.Scope, ordinal, FieldValue.From(value));
        FieldWrite.RefuseSize(field.Name, write.Value);
        Keep(write);
    }

    /// <summary>Writes a data field by its name, when the code returns. A name means the destination's field first, then the activity's, then the
    /// process's.</summary>
    /// <param name="field">The field's name; case counts.</param>
    /// <param name="value">Its new value, of the field's own type.</param>
    /// <exception cref="DataFieldException">The field does not exist, or the value has another type (statements 11.1, 11.6).</exception>
    public void Set(string field, FieldValue value)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        RefuseWhenClosed();
        Keep(FieldWrite.Resolve(Destination, new FieldChange(field, value)));
    }

    /// <summary>Makes the event asynchronous: when the code has returned, a server item waits until it is finished by its serial number
    /// (statement 7.1).</summary>
    /// <exception cref="InvalidOperationException">The event is marked pure; handing out work is a side effect (statement 14.4).</exception>
    public void WaitUntilFinished()
    {
        RefuseWhenClosed();
        if (_isPure)
        {
            throw new InvalidOperationException(
                $"The server event '{Event}' of '{Activity}' is pure, so it cannot wait for an outside system. Declare it with Server instead of PureServer.");
        }

        IsWaiting = true;
    }

    /// <summary>Makes the event asynchronous and gives its server item a key under which it can be found, for instance the number the outside system uses
    /// (statement 7.2).</summary>
    /// <param name="correlationKey">The key; 1 to 256 characters.</param>
    /// <exception cref="InvalidOperationException">The event is marked pure (statement 14.4).</exception>
    public void WaitUntilFinished(string correlationKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(correlationKey);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(correlationKey.Length, Limits.NameLength, nameof(correlationKey));
        Utf16.ThrowIfMalformed(correlationKey, nameof(correlationKey));
        WaitUntilFinished();
        CorrelationKey = correlationKey;
    }

    /// <summary>One of the writes, in order.</summary>
    internal ref readonly FieldWrite WriteAt(int index)
    {
        if (index == 0)
        {
            return ref _firstWrite;
        }

        return ref _moreWrites![index - 1];
    }

    void ICallContext.Close() => _isClosed = true;

    private FieldValue Read<T>(Field<T> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        RefuseWhenClosed();
        var ordinal = Locate(field);
        for (var index = WriteCount - 1; index >= 0; index--)
        {
            ref readonly var write = ref WriteAt(index);
            if (write.Scope == field.Scope && write.Ordinal == ordinal)
            {
                return write.Value;
            }
        }

        return FieldsOf(field.Scope)[ordinal];
    }

    /// <summary>Most code writes one field, which needs no room of its own.</summary>
    private void Keep(in FieldWrite write)
    {
        if (WriteCount == 0)
        {
            _firstWrite = write;
        }
        else
        {
            if (_moreWrites is null || WriteCount > _moreWrites.Length)
            {
                Array.Resize(ref _moreWrites, WriteCount * 2);
            }

            _moreWrites[WriteCount - 1] = write;
        }

        WriteCount++;
    }

    private FieldChange Change(in FieldWrite write) => new(FieldsOf(write.Scope).Names[write.Ordinal], write.Value);

    private int Locate<T>(Field<T> field)
    {
        var table = FieldsOf(field.Scope).Table;
        var ordinal = table.OrdinalOf(field.Name);
        if (ordinal < 0)
        {
            throw DataFieldException.Unknown(field.Name, table);
        }

        return table.Shapes[ordinal] == field.Shape
            ? ordinal
            : throw DataFieldException.WrongType(field.Name, table.Shapes[ordinal].ToString(), field.Shape.ToString());
    }

    private DataFields FieldsOf(FieldScope scope) => scope switch
    {
        FieldScope.Process => Process.Fields,
        FieldScope.Activity => Destination.Activity.Fields,
        _ => Destination.Fields,
    };

    private void RefuseWhenClosed()
    {
        if (_isClosed)
        {
            throw new InvalidOperationException(
                $"The server event '{Event}' of '{Activity}' has returned, so its context can no longer be used. Await everything that the code starts.");
        }
    }
}
