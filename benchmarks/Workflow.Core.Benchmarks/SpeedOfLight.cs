using System.Collections.Concurrent;
using Workflow.Core.Instances;

namespace Workflow.Core.Benchmarks;

/// <summary>The baseline called raw: <see cref="TenSteps"/> as a bare loop that calls the same code and keeps the same data, without an engine. No engine can
/// be faster.</summary>
/// <remarks>
/// <para>It keeps the instance with its name, version, folio, originator, status and times, and the values of its fields. It keeps the record of the running
/// activity while it runs. It keeps every fact that the engine's history has, with its time, numbers, names and results, in order, and the written values. It
/// keeps the finished instance by its number, in a dictionary that many callers may use at once. It reads the clock as often as something begins or ends, and
/// awaits the code, which might wait.</para>
/// <para>It does not ask for a right, find the definition by its name, or decide anything by a definition. It does not hold back what the code writes until the
/// code has returned, or guard against code that throws or calls back. It does not turn anything into bytes, give an instance to one caller at a time, or
/// survive the end of the host. It could not resume an instance half way.</para>
/// </remarks>
internal sealed class SpeedOfLight
{
    /// <summary>How many facts one run leaves behind: eight of each activity, and start and end.</summary>
    public const int FactCount = (TenSteps.Count * 8) + 2;

    private readonly ConcurrentDictionary<long, RawInstance> _finished = new();
    private readonly TimeProvider _clock = TimeProvider.System;
    private long _lastId;

    /// <summary>The names of the fields, by position.</summary>
    public static string[] FieldNames { get; } = [TenSteps.Step.Name];

    private static RawCode[] Codes { get; } = [.. Enumerable.Range(1, TenSteps.Count).Select(CodeOf)];

    private static string[] Lines { get; } = [.. TenSteps.Pure.Lines.Select(line => line.Name)];

    public RawInstance this[long id] => _finished[id];

    /// <summary>Runs one instance from its start to its end.</summary>
    public async ValueTask<(long Id, ProcessInstanceStatus Status)> StartAsync()
    {
        var now = _clock.GetUtcNow();
        var instance = new RawInstance
        {
            Id = Interlocked.Increment(ref _lastId),
            Definition = TenSteps.Name,
            Version = 1,
            Folio = "",
            Originator = TenSteps.Originator,
            StartedAt = now,
            Now = now,
        };
        var context = new RawContext(instance);
        instance.Add(JournalKind.ProcessStarted, name: instance.Definition);
        for (var number = 1; number <= TenSteps.Count; number++)
        {
            var name = TenSteps.Activities[number - 1];
            var activity = new RawActivity(name, instance.Now);
            instance.Running = activity;
            instance.Add(JournalKind.LineEvaluated, number - 1, name: Lines[number - 1], result: true);
            instance.Add(JournalKind.ActivityStarted, number, name: name);
            instance.Add(JournalKind.DestinationCreated, number, number, name: name);
            instance.Add(JournalKind.EventStarted, number, number, number, TenSteps.Event);

            await Codes[number - 1](context, CancellationToken.None).ConfigureAwait(false);

            instance.Now = _clock.GetUtcNow();
            instance.Add(JournalKind.EventCompleted, number, number, number, TenSteps.Event);
            instance.Add(JournalKind.DestinationCompleted, number, number, name: name);
            instance.Add(JournalKind.ActivityCompleted, number, name: name);
            activity.EndedAt = instance.Now;
            instance.Running = null;
        }

        instance.Add(JournalKind.ProcessCompleted, name: instance.Definition);
        instance.EndedAt = instance.Now;
        instance.Status = ProcessInstanceStatus.Completed;
        _finished[instance.Id] = instance;
        return (instance.Id, instance.Status);
    }

    private static RawCode CodeOf(int number) => (context, _) =>
    {
        context.Set(0, number);
        return ValueTask.CompletedTask;
    };
}
