using System.Globalization;
using Workflow.Core.Client;
using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Load;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>The knowledge of a database with escalations so far, and so what has to be in it. Every escalation either is armed or has fired, each firing once.
/// The action of a firing is done with it. Code never runs again once its result is stored.</summary>
internal sealed class EscalationEvidence
{
    private readonly HashSet<ProcessInstanceId> _started = [];
    private readonly Dictionary<(ProcessInstanceId ProcessInstance, int Number), int> _runsOfDone = [];

    /// <summary>The start of an instance was acknowledged.</summary>
    public void Started(ProcessInstanceId id)
    {
        lock (_started)
        {
            _started.Add(id);
        }
    }

    /// <param name="opened">The database, on which nothing is done.</param>
    /// <param name="ledger">The code that has run so far.</param>
    /// <param name="isFinished">Whether all that was due has been done.</param>
    /// <param name="which">The name of the run, for a failure.</param>
    public async Task CheckAsync(OpenedDatabase opened, IReadOnlyList<LedgerLine> ledger, bool isFinished, string which)
    {
        var records = await opened.Engine.AsSystem().FindProcessesAsync(new ProcessQuery { Limit = 500 });
        records.Select(record => record.Id).ShouldBeUnique(which);
        _started.Except(records.Select(record => record.Id)).ShouldBeEmpty($"{which}: the start of these was acknowledged");
        var runs = ledger.Where(line => line.Reminder > 0).ToLookup(line => (line.ProcessInstance, line.Reminder));
        runs.Select(run => run.First().Key).ShouldBeUnique($"{which}: two firings have one key");
        var fired = new Dictionary<ProcessInstanceId, int>();
        foreach (var record in records)
        {
            fired.Add(record.Id, await CheckAsync(opened, record, isFinished, which));
            CheckDone(record, fired[record.Id], runs, which);
        }

        foreach (var run in runs)
        {
            var name = $"{which}: firing {run.Key.Reminder} of {run.Key.ProcessInstance}";
            run.Key.Reminder.ShouldBeLessThanOrEqualTo(fired[run.Key.ProcessInstance], $"{name} ran and is not stored as fired");
            run.Select(line => line.Key).Distinct(StringComparer.Ordinal).Count().ShouldBe(1, $"{name} ran under several keys");
            run.Select(line => line.Incarnation).ShouldBeUnique($"{name} ran twice in one host");
            run.Select(line => line.Attempt).Order().ShouldBeUnique(name);
        }
    }

    /// <returns>How often its escalation has fired.</returns>
    private static async Task<int> CheckAsync(OpenedDatabase opened, ProcessRecord record, bool isFinished, string which)
    {
        var name = $"{which}: {record.Definition} {record.Id}";
        var system = opened.Engine.AsSystem();
        record.SetAside.ShouldBeNull(name);
        record.Status.ShouldNotBe(ProcessInstanceStatus.Error, name);
        var history = await system.ReadHistoryAsync(record.Id, 0, 500);
        history.Select(entry => entry.Number).ShouldBe(Enumerable.Range(1, history.Count).Select(number => (long)number), name);
        var firings = history.Where(entry => entry.Kind is JournalKind.EscalationFired).ToList();
        firings.Select(entry => entry.Detail![..entry.Detail!.IndexOf(',', StringComparison.Ordinal)]).ShouldBe(
            Enumerable.Range(1, firings.Count).Select(number => string.Create(CultureInfo.InvariantCulture, $"firing {number} of {Escalating.Firings}")), name);
        JournalKind[] never = [JournalKind.EscalationPassedOver, JournalKind.EscalationFailed, JournalKind.EscalationNotArmed];
        history.ShouldNotContain(entry => never.Contains(entry.Kind), name);
        await CheckArmedAsync(opened, record, firings.Count, isFinished, name);
        await CheckActionAsync(system, record, history, firings.Count, name);
        return firings.Count;
    }

    /// <summary>An escalation that has not fired is armed, and nothing else is.</summary>
    private static async Task CheckArmedAsync(OpenedDatabase opened, ProcessRecord record, int fired, bool isFinished, string name)
    {
        var timers = await opened.Engine.FindTimersAsync(new TimerQuery { ProcessInstance = record.Id });
        var isArmed = record.Status is not ProcessInstanceStatus.Completed && fired < Escalating.Firings;
        timers.Select(timer => timer.Kind).ShouldBe(isArmed ? [ProcessTimerKind.Escalation] : [], name);
        if (isFinished)
        {
            timers.Where(timer => timer.DueAt <= new ShiftedClock(incarnation: 0).GetUtcNow()).ShouldBeEmpty(name);
            record.Status.ShouldNotBe(ProcessInstanceStatus.Running, name);
        }
    }

    /// <summary>Every action but code is done in the commit of its firing, once.</summary>
    private static async Task CheckActionAsync(WorkflowConnection system, ProcessRecord record, IReadOnlyList<JournalEntry> history, int fired, string name)
    {
        var tasks = await system.ManageWorklists().ListAsync(new WorklistQuery { ProcessInstance = record.Id });
        var redirected = history.Count(entry => entry.Kind is JournalKind.Redirected);
        var changedNothing = history.Count(entry => entry.Kind is JournalKind.EscalationChangedNothing);
        if (record.Definition.StartsWith(Escalating.Prefix + Escalating.Run, StringComparison.Ordinal))
        {
            tasks.Select(task => task.Destination.Name).ShouldBe([Escalating.Originator], name);
            return;
        }

        if (record.Definition.StartsWith(Escalating.Prefix + Escalating.Redirect, StringComparison.Ordinal))
        {
            tasks.Select(task => task.Destination.Name).ShouldBe([fired == 0 ? Escalating.Originator : Escalating.Boss], name);
            (redirected, changedNothing).ShouldBe((Math.Min(fired, 1), Math.Max(fired - 1, 0)), name);
            return;
        }

        fired.ShouldBeLessThanOrEqualTo(1, name);
        record.Status.ShouldBe(fired == 1 ? ProcessInstanceStatus.Completed : ProcessInstanceStatus.Active, name);
        tasks.Select(task => task.Destination.Name).ShouldBe(Enumerable.Repeat(Escalating.Originator, 1 - fired), name);
        history.Count(entry => entry.Kind is JournalKind.ActivityCompleted && entry.Name == Escalating.Close).ShouldBe(fired, name);
        history.Count(entry => entry.Kind is JournalKind.ProcessCompleted).ShouldBe(fired, name);
    }

    /// <summary>While an instance waits, no code of it is to be called: all its firings are done.</summary>
    private void CheckDone(ProcessRecord record, int fired, ILookup<(ProcessInstanceId, int), LedgerLine> runs, string which)
    {
        if (!record.Definition.StartsWith(Escalating.Prefix + Escalating.Run, StringComparison.Ordinal))
        {
            return;
        }

        var done = record.Status is ProcessInstanceStatus.Running ? fired - 1 : fired;
        for (var number = 1; number <= done; number++)
        {
            var key = (record.Id, number);
            var count = runs[key].Count();
            count.ShouldBeGreaterThan(0, $"{which}: firing {key} is done, and its code never ran");
            if (!_runsOfDone.TryAdd(key, count))
            {
                count.ShouldBe(_runsOfDone[key], $"{which}: firing {key} ran again after it was done");
            }
        }
    }
}
