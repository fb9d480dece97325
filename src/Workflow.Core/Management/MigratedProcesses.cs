using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;
using Operation = Workflow.Core.Client.Operation;

namespace Workflow.Core.Management;

/// <summary>Moves many instances to another version of their definition, or tells what that would do.</summary>
/// <param name="commands">The commands, in the name of the administrator.</param>
/// <param name="definition">The name of the definition.</param>
/// <param name="from">The version on which the instances are.</param>
/// <param name="to">The version that they get.</param>
/// <param name="renames">The elements whose name has changed.</param>
internal sealed class MigratedProcesses(ManagementCommands commands, string definition, int from, int to, Renames renames)
{
    private readonly ManagementRequest.ToVersion _request = new(to, renames, (definition, from));

    public async ValueTask<IReadOnlyList<MigrationPreview>> PreviewAsync(IReadOnlyList<ProcessInstanceId>? instances, CancellationToken cancellation)
    {
        var target = await CheckAsync(cancellation).ConfigureAwait(false);
        var previews = new List<MigrationPreview>();
        foreach (var id in instances ?? await FindAsync(cancellation).ConfigureAwait(false))
        {
            previews.Add(await PreviewAsync(id, target, cancellation).ConfigureAwait(false));
        }

        return previews;
    }

    public async ValueTask<IReadOnlyList<MigrationResult>> ApplyAsync(
        IReadOnlyList<ProcessInstanceId>? instances, string? reason, IProgress<MigrationResult>? progress, CancellationToken cancellation)
    {
        await CheckAsync(cancellation).ConfigureAwait(false);
        return await OneByOne.RunAsync(
            instances ?? await FindAsync(cancellation).ConfigureAwait(false),
            async id =>
            {
                var result = await commands.SendAsync(id, _request, reason, cancellation, isOneOfMany: true).ConfigureAwait(false);
                return new MigrationResult(id, result.IsNothingToDo ? MigrationOutcome.NothingToDo : MigrationOutcome.Migrated, Refusal: null);
            },
            static (id, refusal) => new MigrationResult(
                id, refusal is WorkflowException ? MigrationOutcome.Refused : MigrationOutcome.Interrupted, refusal),
            progress,
            cancellation).ConfigureAwait(false);
    }

    /// <summary>A whole call is refused without the right, or without one of the versions.</summary>
    private async ValueTask<ProcessDefinition> CheckAsync(CancellationToken cancellation)
    {
        await commands.Access.RequireAsync(Operation.ManageInstance, definition, cancellation).ConfigureAwait(false);
        commands.Host.Deployments.Get(definition, from);
        return await commands.TargetAsync(definition, to, cancellation).ConfigureAwait(false);
    }

    /// <summary>The instances of the old version that have not ended, in the order of their numbers.</summary>
    private ValueTask<List<ProcessInstanceId>> FindAsync(CancellationToken cancellation) => InstancePages.AllAsync(
        commands.Host, new ProcessQuery { Definition = definition, DefinitionVersion = from, HasEnded = false }, cancellation);

    private async ValueTask<MigrationPreview> PreviewAsync(ProcessInstanceId id, ProcessDefinition target, CancellationToken cancellation)
    {
        try
        {
            // The right is checked before anything of the instance can be told.
            var reader = commands.Host.Reader;
            if (await reader.FindDefinitionAsync(id, cancellation).ConfigureAwait(false) is { } name)
            {
                await commands.Access.RequireAsync(Operation.ManageInstance, name, cancellation).ConfigureAwait(false);
            }

            var process = await reader.ReadAsync(id, cancellation).ConfigureAwait(false) ?? throw new ProcessInstanceNotFoundException(id);
            return Preview(process, target);
        }
        catch (WorkflowException problem)
        {
            return new MigrationPreview { ProcessInstance = id, Outcome = MigrationOutcome.Refused, Refusal = problem };
        }
    }

    private MigrationPreview Preview(ProcessInstance process, ProcessDefinition target)
    {
        var current = commands.Host.Deployments.Get(process.Definition, process.DefinitionVersion);
        return ManagementAdmission.WhyNotToVersion(process, current, target, _request, out var succession) switch
        {
            null => new MigrationPreview
            {
                ProcessInstance = process.Id,
                Outcome = MigrationOutcome.Migrated,
                NotArmed = NewEscalations.Of(process, succession!),
                JoinsChanged = JoinsInVersion.Changes(process, succession!),
                GroupsChanged = WaitsInVersion.Changes(process, succession!),
                RunAgain = EventsAgain.Of(process, succession!),
                ActorsNotKept = [.. succession!.ActivitiesThatKeepActorsNow],
            },
            { Kind: RefusalKind.NothingToDo } => new MigrationPreview { ProcessInstance = process.Id, Outcome = MigrationOutcome.NothingToDo },
            var refusal => new MigrationPreview
            {
                ProcessInstance = process.Id,
                Outcome = MigrationOutcome.Refused,
                Refusal = new ProcessInstanceRefusedException(process.Id, refusal.Statement, refusal.Message!) { Obstacles = refusal.Obstacles },
                Obstacles = refusal.Obstacles,
            },
        };
    }
}
