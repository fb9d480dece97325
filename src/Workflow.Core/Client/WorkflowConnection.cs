using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>What one user can do: every call is made in his name, and refused without the right to it (statement 14.7).</summary>
/// <remarks>What a store throws reaches the caller as it is. A command that ends so may be repeated: it was stored as a whole or not at all.</remarks>
public sealed class WorkflowConnection
{
    /// <summary>The most that one page may hold.</summary>
    private const int PageLimit = 500;

    private readonly ProcessHost _host;
    private readonly WorkflowPrincipal _principal;

    internal WorkflowConnection(ProcessHost host, WorkflowPrincipal principal)
    {
        _host = host;
        _principal = principal;
    }

    /// <summary>The name of the user.</summary>
    public string User => _principal.Name;

    /// <summary>Starts a process instance on the version deployed last, and returns when it rests: it waits, has completed, or is in Error
    /// (statement 2.11).</summary>
    /// <param name="definition">The name of the process definition.</param>
    /// <param name="begin">Sets folio and fields.</param>
    /// <param name="cancellation">Gives up waiting. A start that was admitted goes on all the same.</param>
    /// <returns>The instance.</returns>
    /// <exception cref="ProcessDefinitionNotFoundException">No such definition is deployed.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Start right (statement 9.2).</exception>
    /// <exception cref="DataFieldException">A field does not exist, has another type, or is required and missing. Nothing was started.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public async ValueTask<StartedProcess> StartAsync(
        string definition, Action<ProcessStart>? begin = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var process = _host.Deployments.GetLatest(definition);
        _principal.Require(ProcessRight.Start, process.Rights, definition, "start an instance");
        var fields = new DataFields(process.ProcessFields);
        var folio = "";
        if (begin is not null)
        {
            var start = new ProcessStart();
            begin(start);
            folio = start.FolioText;
            Apply(start.Changes, fields);
        }

        RefuseMissing(process, fields);
        var (id, status) = await _host.StartAsync(process, folio, _principal.Name, fields, cancellation).ConfigureAwait(false);
        return new StartedProcess(id, status);
    }

    /// <summary>Reads a process instance as it is stored now.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>A copy, which does not change.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user has neither the View right nor, for an instance he started, the View Participate right
    /// (statement 9.1).</exception>
    /// <exception cref="ProcessDefinitionNotFoundException">The definition it runs on is not deployed.</exception>
    public async ValueTask<ProcessInstance> ReadAsync(ProcessInstanceId processInstance, CancellationToken cancellation = default)
    {
        try
        {
            var process = await _host.ReadAsync(processInstance, cancellation).ConfigureAwait(false)
                ?? throw new ProcessInstanceNotFoundException(processInstance);
            RequireView(process);
            return process;
        }
        catch (ProcessDefinitionNotFoundException exception)
        {
            _principal.Require(ProcessRight.View, _host.Deployments.RightsOf(exception.Definition), exception.Definition, $"see process instance {processInstance}");
            throw;
        }
    }

    /// <summary>Reads the history of a process instance, oldest first (statement 12.6).</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="after">The number of the last entry of the page before; zero to begin.</param>
    /// <param name="limit">How many entries to return at most; 1 to 500.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>One page; empty when there are no more.</returns>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    public async ValueTask<IReadOnlyList<JournalEntry>> ReadHistoryAsync(
        ProcessInstanceId processInstance, long after = 0, int limit = 100, CancellationToken cancellation = default)
    {
        RefusePage(limit, nameof(limit));
        await ReadAsync(processInstance, cancellation).ConfigureAwait(false);
        return await _host.ReadHistoryAsync(processInstance, after, limit, cancellation).ConfigureAwait(false);
    }

    /// <summary>Opens the server item that waits under a serial number, or whose event's code is just being called (statement 7.1).</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The item, to be read and finished.</returns>
    /// <exception cref="ServerItemNotFoundException">There never was such an item.</exception>
    /// <exception cref="ServerItemFinishedException">It has been finished.</exception>
    /// <exception cref="ServerItemExpiredException">It has expired.</exception>
    /// <exception cref="ProcessInstanceInErrorException">Its process instance is in Error.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Server Event right (statement 7.3).</exception>
    public async ValueTask<ServerItem> OpenServerItemAsync(SerialNumber serial, CancellationToken cancellation = default)
    {
        var process = await ReadForServerEventAsync(serial, cancellation).ConfigureAwait(false)
            ?? throw new ServerItemNotFoundException(serial);
        RequireServerEvent(process.Definition);
        var destination = process.FindDestination(serial.Destination);
        if (destination?.Event is null or { Status: EventInstanceStatus.Returned or EventInstanceStatus.Stalled })
        {
            throw await EndedAsync(serial, cancellation).ConfigureAwait(false);
        }

        return process.Status is ProcessInstanceStatus.Error
            ? throw new ProcessInstanceInErrorException(process.Id, process.Error!)
            : new ServerItem(this, destination);
    }

    /// <summary>Finishes the server item that waits under a serial number (statement 7.3). A finish that comes while the event's code is still running is
    /// stored, and applied when the code has said that it waits (statement 7.1).</summary>
    /// <param name="serial">The serial number.</param>
    /// <param name="result">Sets fields.</param>
    /// <param name="cancellation">Gives up waiting. A finish that was admitted goes on all the same.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ServerItemNotFoundException">There never was such an item.</exception>
    /// <exception cref="ServerItemFinishedException">It has been finished.</exception>
    /// <exception cref="ServerItemExpiredException">It has expired.</exception>
    /// <exception cref="ProcessInstanceInErrorException">Its process instance is in Error.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Server Event right (statement 7.3).</exception>
    /// <exception cref="DataFieldException">A field does not exist or has another type.</exception>
    /// <exception cref="WorkflowReentrancyException">The caller is code of the same instance.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public ValueTask<FinishReceipt> FinishAsync(
        SerialNumber serial, Action<ServerItemFinish>? result = null, CancellationToken cancellation = default)
    {
        var finish = new ServerItemFinish();
        result?.Invoke(finish);
        return FinishAsync(serial, finish.Changes, cancellation);
    }

    /// <summary>Finds server items of processes on which the user has the Server Event right, in the order of their serial numbers (statement 7.2).</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>One page; shorter than asked for only when there are no more.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The query names a process on which the user lacks the Server Event right.</exception>
    public async ValueTask<IReadOnlyList<ServerItemRecord>> FindServerItemsAsync(ServerItemQuery query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        RefusePage(query.Limit, nameof(query));
        if (query.Definition is { } definition)
        {
            RequireServerEvent(definition);
        }

        var found = new List<ServerItemRecord>();
        var page = query with { Limit = PageLimit };
        while (true)
        {
            var items = await _host.Store.FindServerItemsAsync(page, cancellation).ConfigureAwait(false);
            found.AddRange(items
                .Where(item => _principal.Has(ProcessRight.ServerEvent, _host.Deployments.RightsOf(item.Definition)))
                .Take(query.Limit - found.Count));
            if (found.Count == query.Limit || items.Count < PageLimit)
            {
                return found;
            }

            page = page with { After = items[^1].Serial };
        }
    }

    internal async ValueTask<FinishReceipt> FinishAsync(
        SerialNumber serial, IReadOnlyList<FieldChange> changes, CancellationToken cancellation)
    {
        bool isStored;
        Refusal? refusal;
        try
        {
            (isStored, refusal) = await _host.FinishAsync(serial, _principal.Name, changes, RefuseServerEvent, cancellation).ConfigureAwait(false);
        }
        catch (ProcessInstanceNotFoundException)
        {
            throw new ServerItemNotFoundException(serial);
        }
        catch (ProcessDefinitionNotFoundException exception)
        {
            RequireServerEvent(exception.Definition);
            throw;
        }

        if (refusal is null)
        {
            return isStored ? FinishReceipt.Stored : FinishReceipt.Applied;
        }

        throw refusal switch
        {
            { Exception: { } exception } => exception,
            { Error: { } error } => new ProcessInstanceInErrorException(serial.ProcessInstance, error),
            { Stored: { } stored } => new ServerItemFinishedException(serial, stored.User, stored.At),
            _ => await EndedAsync(serial, cancellation).ConfigureAwait(false),
        };
    }

    private static void RefusePage(int limit, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, PageLimit, parameter);
    }

    private static void Apply(IReadOnlyList<FieldChange> changes, DataFields fields)
    {
        foreach (var change in changes)
        {
            fields.Set(FieldWrite.Resolve(fields.Table, change).Ordinal, change.Value);
        }
    }

    private static void RefuseMissing(ProcessDefinition process, DataFields fields)
    {
        foreach (var ordinal in process.RequiredAtStart)
        {
            if (fields[ordinal].IsNull)
            {
                throw DataFieldException.MissingAtStart(process.ProcessFields.Names[ordinal], process.Name);
            }
        }
    }

    /// <summary>Whoever lacks the right learns no more than that, also of an instance whose definition is not deployed.</summary>
    private async ValueTask<ProcessInstance?> ReadForServerEventAsync(SerialNumber serial, CancellationToken cancellation)
    {
        try
        {
            return await _host.ReadAsync(serial.ProcessInstance, cancellation).ConfigureAwait(false);
        }
        catch (ProcessDefinitionNotFoundException exception)
        {
            RequireServerEvent(exception.Definition);
            throw;
        }
    }

    private void RequireServerEvent(string definition) =>
        _principal.Require(ProcessRight.ServerEvent, _host.Deployments.RightsOf(definition), definition, "find, open or finish a server item");

    private Refusal? RefuseServerEvent(ProcessInstance process)
    {
        try
        {
            RequireServerEvent(process.Definition);
            return null;
        }
        catch (WorkflowAccessDeniedException exception)
        {
            return new Refusal(RefusalKind.Denied, exception);
        }
    }

    private void RequireView(ProcessInstance process)
    {
        var rights = _host.Deployments.RightsOf(process.Definition);
        var isParticipant = string.Equals(process.Originator, _principal.Name, StringComparison.OrdinalIgnoreCase);
        if (!isParticipant || !_principal.Has(ProcessRight.ViewParticipate, rights))
        {
            _principal.Require(ProcessRight.View, rights, process.Definition, $"see process instance {process.Id}");
        }
    }

    /// <summary>What to say of an item that is not open: what its record says became of it.</summary>
    private async ValueTask<WorkflowException> EndedAsync(SerialNumber serial, CancellationToken cancellation)
    {
        var record = await _host.Store.FindServerItemAsync(serial, cancellation).ConfigureAwait(false);
        return record?.Status switch
        {
            ServerItemStatus.Finished => new ServerItemFinishedException(serial, record.EndedBy, record.EndedAt),
            ServerItemStatus.Expired => new ServerItemExpiredException(serial, record.EndedAt),
            _ => new ServerItemNotFoundException(serial),
        };
    }
}
