using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;
using Workflow.Core.Snapshots;

namespace Workflow.Core.Tests.Support;

/// <summary>Drives one instance by hand, input by input. The test stands in for the code of server events, and says when the store is written.</summary>
internal sealed class Drive
{
    public static readonly ProcessInstanceId Id = new(8);

    private readonly TurnBuffers _buffers = new();

    public Drive(ProcessDefinition definition, Action<DataFields>? begin = null, int stepLimit = 10_000, int operationLimit = 20_000)
    {
        var fields = new DataFields(definition.ProcessFields);
        begin?.Invoke(fields);
        Definition = definition;
        Process = new ProcessInstance(Id, definition.Name, definition.Version, "Folio ß", "dora", fields, Now);
        Episode.Open(definition, Process, new EpisodeLimits(stepLimit, Slots: 1_000, Destinations: 2_000, History: 50_000), TimeSpan.FromMinutes(10), []);
        Episode.OperationLimit = operationLimit;
    }

    public ProcessDefinition Definition { get; }

    public ProcessInstance Process { get; private set; }

    public Episode Episode => _buffers.Episode;

    public InMemoryProcessStore Store { get; } = new();

    public DateTimeOffset Now { get; set; } = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The activity instance of a name that was made last.</summary>
    public ActivityInstance this[string activity] => Process.ActivityList.Last(instance => instance.Name == activity);

    public Refusal? Apply(Input input)
    {
        Now += TimeSpan.FromTicks(1);
        return Scheduler.Apply(Episode, input, Now);
    }

    public Drive Start()
    {
        Apply(new Input.ProcessStarted()).ShouldBeNull();
        return this;
    }

    /// <summary>Begins the next planned call.</summary>
    public ActivityInstanceDestination Call()
    {
        var destination = Process.NextEventCall().ShouldNotBeNull();
        destination.CallEvent();
        return destination;
    }

    /// <summary>The code of the next planned event does this.</summary>
    public Drive Return(Action<ServerEventContext>? code = null) => Return(Call(), code);

    /// <summary>The code of an event that is being called does this.</summary>
    public Drive Return(ActivityInstanceDestination destination, Action<ServerEventContext>? code = null)
    {
        var context = new ServerEventContext(destination, isPure: false, isForOne: false);
        code?.Invoke(context);
        Now += TimeSpan.FromTicks(1);
        Scheduler.Return(Episode, context, Now);
        return this;
    }

    /// <summary>The code of the next planned event waits for an outside system.</summary>
    public Drive Wait(string? key = null) => Return(context => Wait(context, key));

    public Drive Throw(string message = "no")
    {
        Apply(new Input.ServerEventThrew(Call(), new Fault(message, "InvalidOperationException"))).ShouldBeNull();
        return this;
    }

    public Drive Finish(int destination, params FieldChange[] changes)
    {
        Apply(new Input.FinishServerItem(destination, "bank", changes)).ShouldBeNull();
        return this;
    }

    /// <summary>Stores what changed, as the runtime does.</summary>
    public async Task<Drive> CommitAsync()
    {
        await Store.CommitAsync(CommitBuilder.Build(_buffers, default), CancellationToken.None);
        Process.MarkStored(Process.Version + 1, Process.JournalCount + Episode.Journal.Count);
        _buffers.Clear();
        return this;
    }

    /// <summary>The content of the store.</summary>
    public async Task<StoredProcess> StoredAsync() => (await Store.LoadAsync(Process.Id, CancellationToken.None)).ShouldNotBeNull();

    /// <summary>Throws the memory away and goes on with what is stored.</summary>
    public async Task ReloadAsync()
    {
        Process = Load(await StoredAsync(), Definition);
        Episode.Open(Definition, Process, Episode.Limits, TimeSpan.FromMinutes(10), []);
    }

    public static ProcessInstance Load(StoredProcess stored, params ReadOnlySpan<ProcessDefinition> definitions) =>
        InstanceLoader.Load(Id, stored, DeploymentsOf(definitions)).Process;

    /// <summary>Some definitions as an engine knows them.</summary>
    public static Deployments DeploymentsOf(params ReadOnlySpan<ProcessDefinition> definitions)
    {
        var deployments = new Deployments(slotLimit: 1_000, new DefaultVersions(new InMemoryProcessStore(), TimeProvider.System, TimeSpan.Zero));
        foreach (var definition in definitions)
        {
            deployments.TryAdd(definition);
            deployments.Keep(definition);
        }

        return deployments;
    }

    /// <summary>The whole instance as parts, whatever of it is stored already.</summary>
    public static StoredProcess PartsOf(ProcessInstance process, ProcessDefinition definition)
    {
        var buffers = new TurnBuffers();
        var parts = new List<StoredPart>();
        process.CountWork();
        if (process.Error is { Details.Length: > 0 })
        {
            parts.Add(new StoredPart(new PartKey(0, 0, DetailKind.ErrorDetails), Copy(buffers, ErrorWriter.Details(buffers.Writer, process))));
        }

        foreach (var activity in process.ActivityList)
        {
            if (activity.PlanningOrNull is { } planning && (planning.Question is not null
                || planning.Exclusions is not null || planning.Reported is not null || planning.Followed is not null))
            {
                parts.Add(new StoredPart(new PartKey(activity.Id, 0, DetailKind.Planning), Copy(buffers, PlanningWriter.Lists(buffers.Writer, activity))));
            }

            parts.Add(new StoredPart(new PartKey(activity.Id, 0), Copy(buffers, SnapshotWriter.Activity(buffers.Writer, activity))));
            foreach (var destination in activity.Destinations)
            {
                var events = definition.Find(activity.Name)!.Events;
                var next = destination.NextEvent < events.Count ? events[destination.NextEvent].Name : "";
                parts.Add(
                    new StoredPart(new PartKey(activity.Id, destination.Id), Copy(buffers, SnapshotWriter.Destination(buffers.Writer, destination, next))));
            }
        }

        parts.Add(new StoredPart(PartKey.Header, Copy(buffers, SnapshotWriter.Header(buffers.Writer, process, definition))));
        return new StoredProcess(process.Version, process.JournalCount, [.. parts.OrderBy(part => part.Key)]);
    }

    private static byte[] Copy(TurnBuffers buffers, Range piece) => buffers.Writer.Memory(piece).ToArray();

    private static void Wait(ServerEventContext context, string? key)
    {
        if (key is null)
        {
            context.WaitUntilFinished();
        }
        else
        {
            context.WaitUntilFinished(key);
        }
    }
}
