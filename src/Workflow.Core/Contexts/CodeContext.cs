using System.Globalization;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Contexts;

/// <summary>The part of a process instance that code of a definition can see, and what it can ask for. The engine applies the writes when the code returns.
/// Code that throws leaves none of them behind (statement 8.1).</summary>
/// <remarks>It is for one call, and refuses every use after the code has returned. The engine refuses code that waits for another instance whose code waits for
/// this one. On another engine such code waits until its time is over. Let instances wait for each other with
/// <see cref="ServerEventContext.WaitUntilFinished()"/>, and not in code.</remarks>
public abstract class CodeContext : ICallContext
{
    private readonly CallingTurn? _turn;
    private FieldWrite _firstWrite;
    private FieldWrite[]? _moreWrites;
    private CodeRequests? _requests;
    private volatile bool _isClosed;

    /// <param name="turn">The turn that calls; null where code is called without an engine.</param>
    private protected CodeContext(CallingTurn? turn) => _turn = turn;

    /// <summary>The same for every call for this event instance or firing, after a crash as well (statement 14.4). Give it to the outside system, so that it
    /// can recognize a repeated call. It begins with a random part that belongs to the store. So no other store makes the same key, and neither does this one
    /// after a restore (statement 14.7c).</summary>
    public string IdempotencyKey => _turn is not { KeyPart.Length: > 0 }
        ? string.Create(CultureInfo.InvariantCulture, $"{ProcessInstance.Value}-{CallNumber}")
        : string.Create(CultureInfo.InvariantCulture, $"{_turn.KeyPart}-{ProcessInstance.Value}-{CallNumber}");

    /// <summary>Which call for this event instance or firing it is; 1 for the first.</summary>
    public abstract int Attempt { get; }

    /// <summary>The process instance.</summary>
    public ProcessInstanceId ProcessInstance => Process.Id;

    /// <summary>The name of the process definition.</summary>
    public string Definition => Process.Definition;

    /// <summary>The folio of the process instance, as this call may have set it; may be empty.</summary>
    public string Folio => NewFolio ?? Process.Folio;

    /// <summary>The text that the caller who started the process instance has attached, for example a tenant; null for none (statement 13.13).</summary>
    public string? AttachedText => Process.AttachedText;

    /// <summary>The user who started the process instance.</summary>
    public string Originator => Process.Originator;

    CallingTurn ICallMark.Turn => _turn!;

    bool ICallMark.IsCalling => !_isClosed;

    int ICallMark.Call => 0;

    /// <summary>The values that the code has written so far, in order.</summary>
    public IReadOnlyList<FieldChange> Changes =>
        [.. Enumerable.Range(0, WriteCount).Select(index => Change(WriteAt(index)))];

    /// <summary>The goto that the code has asked for so far; null for none (statement 7.6).</summary>
    public GotoRequest? Goto => (Asked as CodeRequest.GoTo)?.Request;

    /// <summary>Whether the code has asked for the end of its activity (statement 7.5).</summary>
    public bool ExpiresActivity => Asked is CodeRequest.ExpireActivity;

    /// <summary>The element whose code it is, in words: for example <c>server event 'Pay' of 'Payment'</c>.</summary>
    public abstract string Element { get; }

    internal abstract ProcessInstance Process { get; }

    /// <summary>The destination whose fields the code may use; null for none.</summary>
    internal abstract ActivityInstanceDestination? OwnDestination { get; }

    /// <summary>The activity instance whose fields the code may use; null for none.</summary>
    internal abstract ActivityInstance? OwnActivity { get; }

    internal int WriteCount { get; private set; }

    /// <summary>The folio that the code has set; null for none.</summary>
    internal string? NewFolio => _requests?.Folio;

    /// <summary>The one thing that the code has asked for; null for nothing.</summary>
    private protected CodeRequest? Asked
    {
        get => _requests?.Other;
        set => Requests.Other = value;
    }

    /// <summary>Made when it is needed: most code asks for nothing.</summary>
    private CodeRequests Requests => _requests ??= new CodeRequests();

    /// <summary>The number of the event instance or of the firing.</summary>
    private protected abstract int CallNumber { get; }

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
        Keep(FieldWrite.Resolve(Process, OwnActivity, OwnDestination, new FieldChange(field, value)));
    }

    /// <summary>Gives the process instance another folio, when the code returns (statement 13.11). The last one counts.</summary>
    /// <param name="folio">The name by which people call the instance; at most 256 characters.</param>
    /// <exception cref="ArgumentException">The folio is longer, or not well-formed text.</exception>
    /// <example><code>context.SetFolio($"Claim {context.Get(Number)}");</code></example>
    public void SetFolio(string folio)
    {
        Limits.RefuseLongText(folio);
        RefuseWhenClosed();
        Requests.Folio = folio;
    }

    /// <summary>Finds who moved the instance last: the user who started it, took the last action, finished the last server item, sent the last signal, or sent
    /// it elsewhere (statement 12.7). Where branches run at once, it can be somebody on another branch. The engine reads the end of the history for it, 1,000
    /// entries at most (statement 14.6).</summary>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The act; null when nobody has moved the instance in its last 1,000 entries, because it has long been at work by itself.</returns>
    public ValueTask<LastAct?> FindLastActAsync(CancellationToken cancellation = default)
    {
        RefuseWhenClosed();
        return _turn!.FindLastActAsync(Process, cancellation);
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

    /// <summary>Calls the class that is named in the place of the code.</summary>
    internal ValueTask CallAsync(CodeClass code, Func<object, ValueTask> call) => _turn!.CallAsync(code, call);

    void ICallContext.Close() => _isClosed = true;

    /// <summary>Notes a goto.</summary>
    /// <exception cref="ArgumentException">The definition has no such activity.</exception>
    /// <exception cref="InvalidOperationException">The code has asked for something else already (statement 10.10c).</exception>
    private protected void Request(GotoRequest request)
    {
        RefuseUnlessFirst();
        foreach (var activity in request.Activities)
        {
            if (_turn?.Activities.Has(activity) is false)
            {
                throw new ArgumentException(
                    $"The code of {Element} names the activity '{Names.Printable(activity)}', which '{Definition}' does not have. Correct the name.");
            }
        }

        Asked = new CodeRequest.GoTo(request);
    }

    /// <summary>Notes that the activity is to end.</summary>
    /// <exception cref="InvalidOperationException">The code has asked for something else already (statement 10.10c).</exception>
    private protected void RequestExpiry()
    {
        RefuseUnlessFirst();
        Asked = CodeRequest.ExpireActivity.Own;
    }

    private protected virtual void RefuseUnlessFirst()
    {
        RefuseWhenClosed();
        if (Asked is CodeRequest.GoTo or CodeRequest.ExpireActivity)
        {
            throw new InvalidOperationException(
                $"The code of {Element} has asked for a goto or for the end of its activity already. Ask for one of them, once.");
        }
    }

    private protected void RefuseWhenClosed()
    {
        if (_isClosed)
        {
            throw new InvalidOperationException(
                $"The {Element} has returned, so its context can no longer be used. Await everything that the code starts.");
        }
    }

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

        return FieldsOf(field.Scope)![ordinal];
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

    private FieldChange Change(in FieldWrite write) => new(FieldsOf(write.Scope)!.Names[write.Ordinal], write.Value);

    private int Locate<T>(Field<T> field)
    {
        var table = FieldsOf(field.Scope)?.Table ?? FieldTable.Empty;
        var ordinal = table.OrdinalOf(field.Name);
        if (ordinal < 0)
        {
            throw DataFieldException.Unknown(field.Name, table);
        }

        return table.Shapes[ordinal] == field.Shape
            ? ordinal
            : throw DataFieldException.WrongType(field.Name, table.Shapes[ordinal].ToString(), field.Shape.ToString());
    }

    private DataFields? FieldsOf(FieldScope scope) => scope switch
    {
        FieldScope.Process => Process.Fields,
        FieldScope.Activity => OwnActivity?.Fields,
        _ => OwnDestination?.Fields,
    };
}
