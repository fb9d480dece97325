using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Fires the timer of an instance that is due first. An instance with few timers says itself which one that is, so nobody asks the store.</summary>
/// <param name="instance">The instance.</param>
/// <param name="until">Up to which instant timers are due.</param>
/// <param name="stored">The instance as the store had it when it was claimed; null when it was not loaded.</param>
internal sealed class DueTimerCommand(ProcessInstanceId instance, DateTimeOffset until, StoredProcess? stored) : Command(instance)
{
    private StoredProcess? _stored = stored;

    /// <summary>Whether another timer is due after it; null when that is not known.</summary>
    public bool? IsMoreDue { get; private set; }

    public override PreparedInput Prepare(ProcessInstance process, ProcessDefinition definition) =>
        process.TimersOrNull is { } timers && timers.TryFindDue(until, out var first) && first is { } timer
            ? new Input.TimerDue(timer, until)
            : new Refusal(RefusalKind.NothingDue);

    public override StoredProcess? TakeStored()
    {
        var taken = _stored;
        _stored = null;
        return taken;
    }

    public override void TakeView(ResidentInstance instance)
    {
        ProcessTimer? first = null;
        IsMoreDue = instance.Process.TimersOrNull?.TryFindDue(until, out first) is false ? null : first is not null;
    }
}
