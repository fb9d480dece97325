using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>Finds, opens and finishes server items for one user.</summary>
internal sealed class ServerItemCommands
{
    private readonly ProcessHost _host;
    private readonly WorkflowPrincipal _principal;

    public ServerItemCommands(ProcessHost host, WorkflowPrincipal principal)
    {
        _host = host;
        _principal = principal;
    }

    private AccessCheck Access => new(_host, _principal);

    public async ValueTask<ServerItem> OpenAsync(SerialNumber serial, CancellationToken cancellation)
    {
        var process = await ReadAsync(serial, cancellation).ConfigureAwait(false) ?? throw new ServerItemNotFoundException(serial);
        await Access.RequireAsync(Operation.OpenServerItem, process.Definition, cancellation).ConfigureAwait(false);
        var destination = process.FindDestination(serial.Destination);
        if (destination?.Event is null or { StartsProcess: true } or { Status: EventInstanceStatus.Returned or EventInstanceStatus.Stalled }
            || destination.WorklistHeader is { IsOpen: true })
        {
            throw await EndedAsync(serial, cancellation).ConfigureAwait(false);
        }

        return process.StoredStatus.IsHalted()
            ? throw new ProcessInstanceHaltedException(process.Id, process.Error)
            : new ServerItem(this, destination, AnswersOf(destination));
    }

    public async ValueTask<FinishReceipt> FinishAsync(
        SerialNumber serial, string? answer, IReadOnlyList<FieldChange> changes, CancellationToken cancellation)
    {
        // Keys are stored, so a finish without an answer has the key that it always had.
        var once = answer is null ? _principal.Once("finish", serial, changes) : _principal.Once("finish", serial, changes, answer);
        var command = new FinishCommand(Access, serial, _principal.Name, changes, answer) { Once = once };
        await Access.RefreshAsync(cancellation).ConfigureAwait(false);
        CommandResult result;
        try
        {
            result = await _host.Turns.SendAsync(command, cancellation).ConfigureAwait(false);
        }
        catch (ProcessInstanceNotFoundException)
        {
            throw new ServerItemNotFoundException(serial);
        }
        catch (ProcessDefinitionNotFoundException exception)
        {
            await Access.RequireAsync(Operation.FinishServerItem, exception.Definition, cancellation).ConfigureAwait(false);
            throw;
        }

        if (result.Refusal is null)
        {
            return result.Effect is CommandEffect.StoredForLater ? FinishReceipt.Stored : FinishReceipt.Applied;
        }

        throw result.Refusal switch
        {
            { Exception: { } exception } => exception,
            { Kind: RefusalKind.Halted } halted => new ProcessInstanceHaltedException(serial.ProcessInstance, halted.Error),
            { Kind: RefusalKind.Answer } refused => new ServerItemAnswerException(serial, answer, refused.Answers, refused.Message!),
            { Stored: { } stored } => new ServerItemFinishedException(serial, stored.User, stored.At),
            _ => await EndedAsync(serial, cancellation).ConfigureAwait(false),
        };
    }

    private IReadOnlyList<string> AnswersOf(ActivityInstanceDestination destination)
    {
        var (activity, current) = (destination.Activity, destination.Event!);
        var definition = _host.Deployments.FindOrNull(activity.Process.Definition, activity.Process.DefinitionVersion);
        return definition?.ActivityArray[activity.Ordinal].EventArray[current.Position].FinalAnswers ?? [];
    }

    public async ValueTask<IReadOnlyList<ServerItemRecord>> FindAsync(ServerItemQuery query, CancellationToken cancellation)
    {
        // The store is asked only for the items that the user may see.
        var visible = await Access.VisibleAsync(Operation.FindServerItems, query.Definition, query.Definitions, cancellation).ConfigureAwait(false);
        return visible is { Count: 0 } ? [] : await _host.Store.FindServerItemsAsync(query with { Definitions = visible }, cancellation).ConfigureAwait(false);
    }

    /// <summary>A caller who lacks the right learns no more than that, also of an instance whose definition is not deployed.</summary>
    private async ValueTask<ProcessInstance?> ReadAsync(SerialNumber serial, CancellationToken cancellation)
    {
        try
        {
            return await _host.Reader.ReadAsync(serial.ProcessInstance, cancellation).ConfigureAwait(false);
        }
        catch (ProcessDefinitionNotFoundException exception)
        {
            await Access.RequireAsync(Operation.OpenServerItem, exception.Definition, cancellation).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The message about an item that is not open. Its record says how it ended.</summary>
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
