using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <content>The commands of administrators.</content>
internal sealed partial class ManagementWalk
{
    /// <summary>A command of an administrator, of which a preview is taken first.</summary>
    private async Task<(string Name, Func<Task> Step)> ManagementAsync(WorkflowTestBed bed, ProcessInstance process, int number)
    {
        var id = process.Id;
        var admin = bed.Engine.As(Boss).ManageProcesses();
        var tasks = bed.Engine.As(Boss).ManageWorklists();
        var error = Chance(50) ? process.Error : null;
        var entries = await tasks.ListAsync(new WorklistQuery { ProcessInstance = id, Limit = 500 });
        List<SerialNumber> serials = [.. entries.Select(task => task.Serial), .. await bed.ServerItemsAsync(id)];
        var serial = serials.Count > 0 ? serials[_random.Next(serials.Count)] : new SerialNumber(id, 1);
        var from = entries.Count > 0 && Chance(80) ? entries[_random.Next(entries.Count)].Destination : Destination.User(Pick(_users));
        var (target, user, keepOpen) = (Pick(_names), Pick(_users), Chance(50));
        var (expiring, ifActive) = (Chance(50) ? Expiring.Only(Pick(_names)) : null, (ActiveTarget)_random.Next(3));
        (string Name, Func<Task<ManagementEffects>> Preview, Func<ValueTask> Apply) drawn = number switch
        {
            0 => ("stop", () => admin.Preview.StopAsync(id).AsTask(), () => admin.StopAsync(id)),
            1 or 2 => ("resume", () => admin.Preview.ResumeAsync(id).AsTask(), () => admin.ResumeAsync(id)),
            3 or 4 => ("retry", () => admin.Preview.RetryAsync(id, error).AsTask(), () => admin.RetryAsync(id, error)),
            5 => ("skip", () => admin.Preview.SkipAsync(id, error).AsTask(), () => admin.SkipAsync(id, error)),
            6 => ("go to", () => admin.Preview.GoToAsync(id, target, expiring, ifActive).AsTask(), () => admin.GoToAsync(id, target, expiring, ifActive)),
            7 => ("expire activity", () => admin.Preview.ExpireActivityAsync(id, target).AsTask(), () => admin.ExpireActivityAsync(id, target)),
            8 => ("expire event", () => admin.Preview.ExpireEventAsync(serial).AsTask(), () => admin.ExpireEventAsync(serial)),
            9 => ("go to from", () => admin.Preview.GoToAsync(serial, target).AsTask(), () => admin.GoToAsync(serial, target)),
            10 or 11 when process.Definition == WalkedDefinition.Name => Migration(admin, process),
            12 when Chance(40) => Addition(admin, process),
            _ when Chance(50) && await MovesTimersAsync(admin, id) => ("recompute timers",
                () => admin.Preview.RecomputeTimersAsync(id, "Shift").AsTask(), async () => await admin.RecomputeTimersAsync(id, "Shift")),
            _ when Chance(20) => ("delete", () => admin.Preview.DeleteAsync(id).AsTask(), () => admin.DeleteAsync(id)),
            _ => ("redirect",
                () => tasks.Preview.RedirectAsync(serial, from, user, keepOpen).AsTask(), () => tasks.RedirectAsync(serial, from, user, keepOpen)),
        };
        var step = new PreviewedStep(bed, _store, id, Boss);
        return (drawn.Name, async () =>
        {
            await step.RunAsync(drawn.Preview, () => drawn.Apply().AsTask(), Again);
            Previews++;
        });
    }

    /// <summary>The hours change, and with them the due instant of some timer.</summary>
    private async Task<bool> MovesTimersAsync(ProcessManagement admin, ProcessInstanceId id)
    {
        _shift.Replace(_random.Next(5, 8), _random.Next(5, 8));
        try
        {
            return (await admin.Preview.RecomputeTimersAsync(id, "Shift")).RecomputedTimers.Any(timer => timer.IsMoved);
        }
        catch (ProcessInstanceRefusedException)
        {
            return false;
        }
    }

    /// <summary>Destinations, or slots, for an activity that most often is active.</summary>
    private (string Name, Func<Task<ManagementEffects>> Preview, Func<ValueTask> Apply) Addition(ProcessManagement admin, ProcessInstance process)
    {
        var id = process.Id;
        var activity = process.Activities.Count > 0 && Chance(90) ? process.Activities[_random.Next(process.Activities.Count)] : null;
        var (name, run) = (activity?.Name ?? Pick(_names), activity?.Id);
        Destination[] added = [Chance(80) ? Destination.User(Pick(_users)) : Destination.Role("Staff")];
        return Chance(70)
            ? ("add destinations",
                () => admin.Preview.AddDestinationsAsync(id, name, added, run).AsTask(), () => admin.AddDestinationsAsync(id, name, added, run))
            : ("add slots", () => admin.Preview.AddSlotsAsync(id, name, 1, activityInstance: run).AsTask(),
                () => admin.AddSlotsAsync(id, name, 1, activityInstance: run));
    }

    /// <summary>A change of the version. A preview of several instances tells the same.</summary>
    private (string Name, Func<Task<ManagementEffects>> Preview, Func<ValueTask> Apply) Migration(ProcessManagement admin, ProcessInstance process)
    {
        var (id, from) = (process.Id, process.DefinitionVersion);
        var (to, renames) = Other(from);
        return ($"migrate to version {to.Invariant()}", PreviewAsync, async () => Moves += await admin.MigrateAsync(id, to, renames) ? 1 : 0);

        async Task<ManagementEffects> PreviewAsync()
        {
            var told = to == from || to > 2 ? null : (await admin.Migration(WalkedDefinition.Name, from, to, renames).PreviewAsync([id])).Single();
            try
            {
                var effects = await admin.Preview.MigrateAsync(id, to, renames);
                told?.Outcome.ShouldBe(MigrationOutcome.Migrated);
                return effects;
            }
            catch (ProcessInstanceRefusedException refusal) when (told is not null)
            {
                (told.Outcome, told.Refusal?.Message).ShouldBe((MigrationOutcome.Refused, refusal.Message));
                throw;
            }
        }
    }

    private (string Name, Func<Task> Step) Repair(WorkflowTestBed bed, ProcessInstance process)
    {
        var (version, renames) = Other(process.DefinitionVersion);
        var admin = bed.Engine.As(Boss).ManageProcesses();
        return ($"retry on version {version.Invariant()}", () => admin.RetryAsync(process.Id, version, process.Error, renames).AsTask());
    }

    /// <summary>Most often the other version, with the names that have changed.</summary>
    private (int Version, Renames? Renames) Other(int version)
    {
        var drawn = Chance(80) ? 3 - version : _random.Next(1, 4);
        return (drawn, Chance(10) ? null : drawn == 1 ? _definition.Back : _definition.Forth);
    }
}
