using System.Globalization;
using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Load;
using Workflow.Core.Instances;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>The reminders of a database so far. None is lost, none fires twice, and the code of one runs again only under the same key, and only when its host
/// died before the result was stored.</summary>
internal sealed class ReminderEvidence
{
    private readonly Dictionary<(ProcessInstanceId ProcessInstance, int Number), int> _runsOfDone = [];

    public void Check(Findings findings)
    {
        var runs = findings.Ledger.Where(line => line.Reminder > 0).ToLookup(line => (line.ProcessInstance, line.Reminder));
        var fired = findings.Instances.ToDictionary(instance => instance.Record.Id, CheckFired);
        foreach (var run in runs)
        {
            run.Key.Reminder.ShouldBeLessThanOrEqualTo(fired[run.Key.ProcessInstance], $"reminder {run.Key} ran and is not stored as fired");
            run.Select(line => line.Key).Distinct(StringComparer.Ordinal).Count().ShouldBe(1, $"reminder {run.Key} ran under several keys");
            run.Select(line => line.Incarnation).ShouldBeUnique($"reminder {run.Key} ran twice in one host");
            run.Select(line => line.Attempt).ShouldBeInOrder(SortDirection.Ascending, $"reminder {run.Key}");
        }

        findings.Ledger.Where(line => line.Reminder > 0).GroupBy(line => line.Key, StringComparer.Ordinal)
            .ShouldAllBe(key => key.Select(line => line.Reminder).Distinct().Count() == 1);
        foreach (var instance in findings.Instances.Where(instance => instance.Record.Definition == Processes.Chase))
        {
            CheckDone(instance, fired[instance.Record.Id], runs);
        }
    }

    /// <summary>Each reminder that has fired is in the history once, in order. Nobody gives up before all have.</summary>
    /// <returns>How many have fired.</returns>
    private static int CheckFired(InstanceFinding instance)
    {
        var name = $"process instance {instance.Record.Id}";
        var reminders = instance.History.Where(entry => entry is { Kind: JournalKind.EscalationFired, Name: Processes.Remind }).ToList();
        reminders.Select(entry => entry.Detail![..entry.Detail!.IndexOf(',', StringComparison.Ordinal)]).ShouldBe(
            Enumerable.Range(1, reminders.Count).Select(number => string.Create(
                CultureInfo.InvariantCulture, $"firing {number} of {Processes.Reminders}")), name);
        var givenUp = instance.History.Where(entry => entry is { Kind: JournalKind.EscalationFired, Name: Processes.GiveUp }).ToList();
        givenUp.Count.ShouldBeLessThanOrEqualTo(1, name);
        instance.History.ShouldNotContain(entry => entry.Kind == JournalKind.EscalationPassedOver, name);
        if (givenUp.Count > 0)
        {
            reminders.Count.ShouldBe(Processes.Reminders, $"{name} gave up before");
        }

        if (instance.IsCompleted && instance.Record.Definition == Processes.Chase)
        {
            var answered = instance.History.Any(entry => entry.Kind == JournalKind.SlotCompleted);
            givenUp.Count.ShouldBe(answered ? 0 : 1, $"{name} is completed, and nobody has answered or given up");
        }

        return reminders.Count;
    }

    /// <summary>The result of a reminder is stored when something came after it that waits for its turn.</summary>
    private void CheckDone(InstanceFinding instance, int fired, ILookup<(ProcessInstanceId, int), LedgerLine> runs)
    {
        var done = instance.IsCompleted ? fired : fired - 1;
        for (var number = 1; number <= done; number++)
        {
            var key = (instance.Record.Id, number);
            var count = runs[key].Count();
            count.ShouldBeGreaterThan(0, $"reminder {key} has fired and its code never ran");
            if (!_runsOfDone.TryAdd(key, count))
            {
                count.ShouldBe(_runsOfDone[key], $"reminder {key} ran again after it was done");
            }
        }
    }
}
