using System.Runtime.CompilerServices;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>The calls that one user can make. Each call is made in the user's name, and is refused when the user lacks the right to it (statement
/// 14.7).</summary>
/// <remarks>While nothing of the command is stored, an exception of a store reaches the caller unchanged. A part that was stored before a call of code remains
/// in effect. Then the caller gets a <see cref="CommandPartlyStoredException"/>, and the engine continues from there (statement 14.7d). To repeat a command
/// safely, give it an idempotency key with
/// <see cref="Once"/>.</remarks>
public sealed partial class WorkflowConnection
{
    /// <summary>The most that one page may hold.</summary>
    private const int PageLimit = 500;

    /// <summary>How many numbers a start tries that turn out to be in use.</summary>
    private const int MostTakenNumbers = 10;

    private readonly ProcessHost _host;
    private readonly WorkflowPrincipal _principal;
    internal WorkflowConnection(ProcessHost host, WorkflowPrincipal principal)
    {
        _host = host;
        _principal = principal;
    }

    /// <summary>The name of the user.</summary>
    public string User => _principal.Name;

    /// <summary>The tasks of the user.</summary>
    public Worklist Worklist => new(Items);

    /// <summary>Whether the user is out of office, and who takes over their tasks then (statement 9.4).</summary>
    public OutOfOfficeSettings OutOfOffice => new(Items, User);

    internal ItemCommands Items => new(_host, _principal);

    internal DefinitionCommands Definitions => new(_host, _principal);

    internal ManagementCommands Management => new(_host, _principal);

    private ServerItemCommands ServerItems => new(_host, _principal);

    private AccessCheck Access => new(_host, _principal);

    /// <summary>Carries the next command out under an idempotency key (statement 13.7). The same command under the same key again changes nothing, and gets the
    /// first answer. For callers that repeat a command when its answer was lost.</summary>
    /// <param name="key">The key, one for each command; 1 to 200 characters, case counts. Several tasks in one call get keys of their
    /// own, made of it and their serial numbers.</param>
    /// <returns>A connection of the same user for that command.</returns>
    /// <exception cref="ArgumentException">The key is blank, too long, or has control characters.</exception>
    /// <example><code>await engine.As("dora").Once(message.Id).StartAsync("Expense claim");</code></example>
    public WorkflowConnection Once(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, 200, nameof(key));
        return Names.Problem(key) is { } problem
            ? throw new ArgumentException($"'{Names.Printable(key)}' cannot be an idempotency key: {problem}.", nameof(key))
            : new WorkflowConnection(_host, _principal with { Key = key });
    }

    /// <summary>Whether another user is out of office: for that user's manager, as the resolver says, and for the host (statement 9.4).</summary>
    /// <param name="user">The name of the other user.</param>
    /// <returns>The settings.</returns>
    [OperationRight(Operation.SetOutOfOffice)]
    public OutOfOfficeSettings OutOfOfficeOf(string user) => new(Items, Destination.User(user).Name);

    /// <summary>Starts a process instance on the default version (statement 8.7b), and returns when it rests: it waits, has completed, or is in Error
    /// (statement 2.11).</summary>
    /// <param name="definition">The name of the process definition.</param>
    /// <param name="begin">Sets the folio, the data fields, and a text of the host.</param>
    /// <param name="cancellation">Stops waiting. An admitted start continues all the same.</param>
    /// <returns>The instance.</returns>
    /// <exception cref="ProcessDefinitionNotFoundException">No such definition is deployed, or its default version is not deployed on this host.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Start right (statement 9.2).</exception>
    /// <exception cref="DataFieldException">A field does not exist, has another type, or is required and missing. Nothing was started.</exception>
    /// <exception cref="ProcessNotStartedException">The start rule of the process is false, or has no answer. Nothing was started (statement 5.4).</exception>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    [OperationRight(Operation.StartProcess)]
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StartedProcess> StartAsync(
        string definition, Action<ProcessStart>? begin = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _host.RefuseWhenStopped();
        await _host.Deployments.RefreshAsync(cancellation).ConfigureAwait(false);
        var process = _host.Deployments.GetDefault(definition);
        if (Access.Has(ProcessRight.Start, definition, memberships: null) is not true)
        {
            await Access.RequireAsync(Operation.StartProcess, definition, cancellation).ConfigureAwait(false);
        }

        var folio = "";
        string? attached = null;
        IReadOnlyList<FieldChange> changes = [];
        if (begin is not null)
        {
            var start = new ProcessStart();
            begin(start);
            (folio, attached) = (start.FolioText, start.AttachedText);
            changes = start.ChangeList;
        }

        var once = _principal.Key is null ? null
            : attached is null ? _principal.Once("start", definition, folio, FieldChanges.Text(changes))
            : _principal.Once("start", definition, folio, FieldChanges.Text(changes), attached);
        for (var attempt = 1; ; attempt++)
        {
            var fields = StartFields.Of(process, changes);
            try
            {
                var (id, status) = await _host.StartAsync(process, folio, attached, _principal.Name, fields, once, cancellation).ConfigureAwait(false);
                return new StartedProcess(id, status);
            }
            catch (ConcurrencyException exception) when (exception is { Expected: 0, Actual: > 0 } && attempt < MostTakenNumbers)
            {
                // A store that was restored gives numbers out again that are in use since. Nothing was stored, and the next number is taken (statement 14.7c).
            }
        }
    }

    /// <summary>Reads a process instance as it is stored now.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>A copy, which does not change.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user does not have the View right. For an instance that they started, the View Participate right is
    /// enough, and they do not have it either (statement 9.1).</exception>
    /// <exception cref="ProcessDefinitionNotFoundException">The definition it runs on is not deployed.</exception>
    [OperationRight(Operation.ReadInstance)]
    public async ValueTask<ProcessInstance> ReadAsync(ProcessInstanceId processInstance, CancellationToken cancellation = default)
    {
        try
        {
            var process = await _host.Reader.ReadAsync(processInstance, cancellation).ConfigureAwait(false)
                ?? throw new ProcessInstanceNotFoundException(processInstance);
            await Access.RequireViewAsync(process, cancellation).ConfigureAwait(false);
            return process;
        }
        catch (ProcessDefinitionNotFoundException exception)
        {
            await Access.RequireAsync(Operation.ReadInstance, exception.Definition, cancellation).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads the history of a process instance, oldest first (statement 12.6).</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="after">The number of the last entry of the page before; zero to begin.</param>
    /// <param name="limit">How many entries to return at most; 1 to 500.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page; empty when there are no more.</returns>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    [OperationRight(Operation.ReadInstance)]
    public async ValueTask<IReadOnlyList<JournalEntry>> ReadHistoryAsync(
        ProcessInstanceId processInstance, long after = 0, int limit = 100, CancellationToken cancellation = default)
    {
        RefusePage(limit, nameof(limit));
        await ReadAsync(processInstance, cancellation).ConfigureAwait(false);
        return await _host.Reader.ReadHistoryAsync(processInstance, after, limit, cancellation).ConfigureAwait(false);
    }

    /// <summary>Opens the server item that waits under a serial number, or whose event's code is just being called (statement 7.1).</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The item, to be read and finished.</returns>
    /// <exception cref="ServerItemNotFoundException">There never was such an item.</exception>
    /// <exception cref="ServerItemFinishedException">It has been finished.</exception>
    /// <exception cref="ServerItemExpiredException">The item has expired.</exception>
    /// <exception cref="ProcessInstanceHaltedException">Its process instance is in Error or Stopped.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Server Event right (statement 7.3).</exception>
    [OperationRight(Operation.OpenServerItem)]
    public ValueTask<ServerItem> OpenServerItemAsync(SerialNumber serial, CancellationToken cancellation = default) =>
        ServerItems.OpenAsync(serial, cancellation);

    /// <summary>Finishes the server item that waits under a serial number (statement 7.3). A finish that comes while the event's code is still running is
    /// stored, and applied when the code has said that it waits (statement 7.1).</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="result">Sets fields.</param>
    /// <param name="cancellation">Stops waiting. An admitted finish continues all the same.</param>
    /// <returns>The result of the finish.</returns>
    /// <exception cref="ServerItemNotFoundException">There never was such an item.</exception>
    /// <exception cref="ServerItemFinishedException">It has been finished.</exception>
    /// <exception cref="ServerItemExpiredException">The item has expired.</exception>
    /// <exception cref="ProcessInstanceHaltedException">Its process instance is in Error or Stopped.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Server Event right (statement 7.3).</exception>
    /// <exception cref="ServerItemAnswerException">The event takes other answers, wants one, or takes none (statement 7.3b).</exception>
    /// <exception cref="DataFieldException">A field does not exist or has another type.</exception>
    /// <exception cref="WorkflowReentrancyException">The caller is code of the same instance.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    [OperationRight(Operation.FinishServerItem)]
    public ValueTask<FinishReceipt> FinishAsync(
        SerialNumber serial, Action<ServerItemFinish>? result = null, CancellationToken cancellation = default)
    {
        var finish = new ServerItemFinish();
        result?.Invoke(finish);
        return ServerItems.FinishAsync(serial, answer: null, finish.ChangeList, cancellation);
    }

    /// <summary>Finishes the server item that waits under a serial number with an answer, as a task is finished by an action (statement 7.3b).</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="answer">One of the answers that the event takes; case counts.</param>
    /// <param name="result">Sets fields.</param>
    /// <param name="cancellation">Stops waiting. An admitted finish continues all the same.</param>
    /// <returns>The result of the finish.</returns>
    /// <inheritdoc cref="FinishAsync(SerialNumber, Action{ServerItemFinish}, CancellationToken)" path="/exception"/>
    [OperationRight(Operation.FinishServerItem)]
    public ValueTask<FinishReceipt> FinishAsync(
        SerialNumber serial, string answer, Action<ServerItemFinish>? result = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var finish = new ServerItemFinish();
        result?.Invoke(finish);
        return ServerItems.FinishAsync(serial, answer, finish.ChangeList, cancellation);
    }

    /// <summary>Finds server items of processes on which the user has the Server Event right, in the order of their serial numbers (statement 7.2).</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page. It is shorter than the limit only when there are no more.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The query names a process on which the user lacks the Server Event right.</exception>
    [OperationRight(Operation.FindServerItems)]
    public ValueTask<IReadOnlyList<ServerItemRecord>> FindServerItemsAsync(ServerItemQuery query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        RefusePage(query.Limit, nameof(query));
        return ServerItems.FindAsync(query, cancellation);
    }

    /// <summary>Finds what is due next: timers of processes on which the user has the Admin right, in the order in which they are due. A timer says for which
    /// element it is armed, and what it does (statement 13.10).</summary>
    /// <param name="query">Which ones; null for the first hundred.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page. It is shorter than the limit only when there are no more.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The query names a process on which the user lacks the Admin right.</exception>
    /// <example><code>await engine.As("boss").FindTimersAsync(new() { Definition = "Expense claim" });</code></example>
    [OperationRight(Operation.FindTimers)]
    public async ValueTask<IReadOnlyList<ProcessTimer>> FindTimersAsync(TimerQuery? query = null, CancellationToken cancellation = default)
    {
        query ??= new TimerQuery();
        RefusePage(query.Limit, nameof(query));
        var visible = await Access.VisibleAsync(Operation.FindTimers, query.Definition, query.Definitions, cancellation).ConfigureAwait(false);
        return visible is { Count: 0 }
            ? []
            : await _host.Store.FindTimersAsync(query with { Definitions = visible }, cancellation).ConfigureAwait(false);
    }

    /// <summary>Finds process instances that the user may see, in the order of their numbers (statement 13.10).</summary>
    /// <param name="query">Which ones; null for the first hundred.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page. It is shorter than the limit only when there are no more.</returns>
    /// <exception cref="ArgumentException">The query has a limit or a text that is not possible.</exception>
    /// <example><code>await engine.As("boss").FindProcessesAsync(new() { Status = ProcessInstanceStatus.Error, NewestFirst = true });</code></example>
    [OperationRight(Operation.ReadInstance)]
    public async ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery? query = null, CancellationToken cancellation = default)
    {
        query ??= new ProcessQuery();
        RefusePage(query.Limit, nameof(query));
        RefuseQuery(query, nameof(query));
        var found = await new VisibleProcesses(_host, _principal).FindAsync(query, cancellation).ConfigureAwait(false);
        foreach (var record in found)
        {
            if (record.Problem is { } problem)
            {
                _host.Unreadable.ReportFields(record.Id, problem);
            }
        }

        return found;
    }

    internal static void RefusePage(int limit, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, PageLimit, parameter);
    }
}
