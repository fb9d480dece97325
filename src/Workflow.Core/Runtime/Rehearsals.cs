using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Decides commands on copies of their instances and carries nothing out, for the question whether somebody may do something (statement 14.7e). The
/// decision is that of a turn. A copy keeps what an admitted command has changed, since what a verb does may take several commands.</summary>
/// <param name="services">The services, with a store in which nothing is stored.</param>
internal sealed class Rehearsals(EngineServices services)
{
    private readonly Dictionary<ProcessInstanceId, ResidentInstance> _copies = [];

    /// <summary>Decides a command.</summary>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="ProcessInstanceTooLargeException">The command would leave more than can be stored.</exception>
    public async ValueTask<CommandResult> DecideAsync(Command command)
    {
        var copy = _copies.GetValueOrDefault(command.Instance) ?? await CopyAsync(command.Instance, command.Task).ConfigureAwait(false);
        if (command.Task is null && copy.Process.Unloaded is not null)
        {
            copy = await CopyAsync(command.Instance, task: null).ConfigureAwait(false);
        }

        while (true)
        {
            copy.OpenTurn();
            try
            {
                if (await Rehearsal.TryDecideAsync(services, copy, command).ConfigureAwait(false) is { } result)
                {
                    return result;
                }
            }
            catch
            {
                _copies.Remove(command.Instance);
                throw;
            }
            finally
            {
                copy.CloseTurn();
            }

            copy = await CopyAsync(command.Instance, task: null).ConfigureAwait(false);
        }
    }

    /// <summary>Starts an instance that has no number, and throws it away.</summary>
    /// <exception cref="ProcessInstanceTooLargeException">The start would leave more than can be stored.</exception>
    public ProcessInstanceStatus Start(
        ProcessDefinition definition, string folio, string? attached, string originator, DataFields fields, Input.ProcessStarted input,
        DateTimeOffset now)
    {
        var copy = new ResidentInstance(default, services) { IsCopy = true };
        copy.Take(new ProcessInstance(default, definition.Name, definition.Version, folio, originator, fields, now, attached), definition);
        try
        {
            copy.ApplyOwn(input, now);
            copy.Rehearse(rehearsed: null);
            return copy.Process.Status;
        }
        finally
        {
            copy.CloseTurn();
        }
    }

    private async ValueTask<ResidentInstance> CopyAsync(ProcessInstanceId id, SerialNumber? task)
    {
        var copy = new ResidentInstance(id, services) { IsCopy = true };
        await copy.LoadCopyAsync(task).ConfigureAwait(false);
        copy.CloseTurn();
        return _copies[id] = copy;
    }
}
