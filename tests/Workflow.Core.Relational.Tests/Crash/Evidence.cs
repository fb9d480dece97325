using System.Globalization;
using Workflow.Core.CrashChild;
using Workflow.Core.Instances;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>The knowledge of a database so far, and so what has to be in it. Everything that was acknowledged must be there, and an event whose completion was
/// once seen stored must not run again.</summary>
internal sealed class Evidence
{
    private const int KeyPartLength = 16;

    private readonly List<Acknowledgement> _acknowledged = [];
    private readonly ReminderEvidence _reminders = new();
    private readonly Dictionary<string, int> _runsOfCompleted = new(StringComparer.Ordinal);

    public void Add(IEnumerable<Acknowledgement> said) => _acknowledged.AddRange(said);

    public void Check(Findings findings)
    {
        foreach (var instance in findings.Instances)
        {
            instance.CheckInvariants();
        }

        CheckAcknowledged(findings);
        CheckRuns(findings);
        _reminders.Check(findings);
    }

    private void CheckAcknowledged(Findings findings)
    {
        var instances = findings.Instances.ToDictionary(instance => instance.Record.Id);
        foreach (var (what, which) in _acknowledged)
        {
            switch (what)
            {
                case Acknowledgements.Started:
                    instances.ShouldContainKey(ProcessInstanceId.Parse(which));
                    break;
                case Acknowledgements.Acted:
                    ShouldHaveOne(JournalKind.SlotCompleted, SerialNumber.Parse(which));
                    break;
                case Acknowledgements.Finished:
                    ShouldHaveOne(JournalKind.ServerItemFinished, SerialNumber.Parse(which));
                    break;
                default:
                    break;
            }
        }

        void ShouldHaveOne(JournalKind kind, SerialNumber serial) =>
            instances[serial.ProcessInstance].Count(kind, serial.Destination).ShouldBe(1, $"{kind} of {serial}");
    }

    private void CheckRuns(Findings findings)
    {
        // Every host gives the keys of one store the same part in front.
        findings.Ledger.Select(line => line.Key[..KeyPartLength]).Distinct(StringComparer.Ordinal).Count().ShouldBeLessThanOrEqualTo(1);
        var runs = findings.Ledger.Where(line => line.Reminder == 0).ToLookup(line => line.Key[(KeyPartLength + 1)..], StringComparer.Ordinal);
        var begun = findings.Instances.SelectMany(instance => KeysOf(instance, JournalKind.EventStarted)).ToHashSet(StringComparer.Ordinal);
        foreach (var run in runs)
        {
            // No code runs before it is stored that it does, and none runs twice unless its host has died in between.
            begun.ShouldContain(run.Key);
            run.Select(line => line.Incarnation).ShouldBeUnique(run.Key);
            run.Select(line => line.Attempt).ShouldBeInOrder(SortDirection.Ascending, run.Key);
        }

        foreach (var key in findings.Instances.SelectMany(CompletedKeys))
        {
            var count = runs[key].Count();
            count.ShouldBeGreaterThan(0, $"{key} is completed, and never ran");
            if (!_runsOfCompleted.TryAdd(key, count))
            {
                count.ShouldBe(_runsOfCompleted[key], $"{key} ran again after it was completed");
            }
        }
    }

    /// <summary>The server events whose code has returned, and which is stored.</summary>
    private static IEnumerable<string> CompletedKeys(InstanceFinding instance)
    {
        var people = KeysOf(instance, JournalKind.SlotCompleted).ToHashSet(StringComparer.Ordinal);
        return KeysOf(instance, JournalKind.EventCompleted)
            .Concat(KeysOf(instance, JournalKind.ServerItemCreated)).Where(key => !people.Contains(key)).Distinct();
    }

    private static IEnumerable<string> KeysOf(InstanceFinding instance, JournalKind kind) =>
        instance.History.Where(entry => entry.Kind == kind)
            .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{instance.Record.Id}-{entry.Event}"));
}
