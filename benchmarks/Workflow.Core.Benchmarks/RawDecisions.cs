using System.Collections.Concurrent;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Benchmarks;

/// <summary>The baselines of <see cref="DecisionProcess"/>, called raw and raw + snapshot: a bare loop that keeps the same data, without an engine.</summary>
/// <remarks>
/// <para>Raw keeps the instance with its name, version, folio, originator, status and times. It keeps each task with its user, its times and the action that
/// was taken. It keeps the serial numbers of the open tasks of each user. It keeps every fact that the engine's history has, with its time, numbers, names,
/// users and results, in order, and the written values. It keeps the instance by its number, while it waits and when it has ended, in a dictionary that many
/// callers may use at once. It reads the clock once for each command.</para>
/// <para>It does not ask for a right, decide anything by a definition, check who acts, or refuse anything. It does not turn anything into bytes, give an
/// instance to one caller at a time, or survive the end of the host.</para>
/// <para>Raw + snapshot is raw, and at every wait writes a JSON document of 2 KB, which the next command reads first. That is the cost of the simplest honest
/// dehydration. It keeps the history beside the document, and writes nothing when the instance ends.</para>
/// </remarks>
internal sealed class RawDecisions
{
    private readonly ConcurrentDictionary<long, RawDecision> _instances = new();
    private readonly Dictionary<string, HashSet<SerialNumber>> _worklists = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly bool _takesSnapshots;
    private readonly string _definition;
    private readonly string _outcome;
    private readonly string[] _users;
    private readonly string[] _shown;
    private readonly string _startLine;
    private readonly string[] _lines;
    private readonly int _factCount;
    private readonly int _writeCount;
    private long _lastId;

    public RawDecisions(DecisionProcess process, bool takesSnapshots)
    {
        _takesSnapshots = takesSnapshots;
        _definition = process.Definition.Name;
        _outcome = process.Outcome;
        _users = [.. process.Users];
        _shown = [.. process.Users.Select(user => Destination.User(user).ToString())];
        _startLine = process.Definition.Lines[0].Name;
        _lines = [.. process.Definition.Lines.Skip(1).Select(line => line.Name)];
        _factCount = FactCount(process);
        _writeCount = WriteCount(process);
    }

    public RawDecision this[long id] => _instances[id];

    /// <summary>How many facts one run leaves behind.</summary>
    public static int FactCount(DecisionProcess process) => 9 + (7 * process.Users.Count) + process.Definition.Lines.Count;

    /// <summary>How many values of fields it writes: the action of each answer, and the outcome.</summary>
    public static int WriteCount(DecisionProcess process) => process.Users.Count + 1;

    public int OpenTasksOf(string user)
    {
        lock (_worklists)
        {
            return _worklists.TryGetValue(user, out var open) ? open.Count : 0;
        }
    }

    /// <summary>Runs one instance from its start until it waits for people.</summary>
    public long Start()
    {
        var now = _clock.GetUtcNow();
        var instance = new RawDecision(_factCount, _writeCount)
        {
            Id = Interlocked.Increment(ref _lastId),
            Definition = _definition,
            Version = 1,
            Folio = "",
            Originator = DecisionProcess.Originator,
            StartedAt = now,
            Now = now,
            Tasks = new RawTask[_users.Length],
            Running = new RawActivity(DecisionProcess.Activity, now),
        };
        instance.Add(JournalKind.ProcessStarted, name: _definition, detail: instance.Folio, user: instance.Originator);
        instance.Add(JournalKind.LineEvaluated, name: _startLine, result: true);
        instance.Add(JournalKind.ActivityStarted, activity: 1, name: DecisionProcess.Activity);
        for (var number = 1; number <= _users.Length; number++)
        {
            instance.Add(JournalKind.DestinationCreated, 1, number, name: DecisionProcess.Activity, detail: _shown[number - 1]);
        }

        for (var number = 1; number <= _users.Length; number++)
        {
            instance.Tasks[number - 1] = new RawTask(_users[number - 1], DecisionProcess.Event, now);
            instance.Add(JournalKind.EventStarted, 1, number, number, DecisionProcess.Event);
            Open(instance.Id, number);
        }

        Wait(instance);
        _instances[instance.Id] = instance;
        return instance.Id;
    }

    /// <summary>Takes the one answer of a task, and runs the instance until it waits again or has ended.</summary>
    public ProcessInstanceStatus Execute(SerialNumber serial, string action)
    {
        var instance = _instances[serial.ProcessInstance.Value];
        GoOn(instance);
        instance.Now = _clock.GetUtcNow();
        var number = serial.Destination;
        var task = instance.Tasks[number - 1];
        task.Action = action;
        task.Status = SlotStatus.Completed;
        task.EndedAt = instance.Now;
        Close(task.User, serial);
        instance.Add(JournalKind.SlotOpened, 1, number, number, DecisionProcess.Event, user: task.User);
        instance.Write(ActionResult.Name, action, activity: 1, number);
        instance.Add(JournalKind.SlotCompleted, 1, number, number, action, user: task.User);
        instance.Add(JournalKind.EventCompleted, 1, number, number, DecisionProcess.Event);
        instance.Add(JournalKind.DestinationCompleted, 1, number, name: DecisionProcess.Activity);
        if (HaveAllApproved(instance.Tasks))
        {
            End(instance);
        }
        else
        {
            Wait(instance);
        }

        return instance.Status;
    }

    private static bool HaveAllApproved(RawTask[] tasks)
    {
        foreach (var task in tasks)
        {
            if (task.Status is not SlotStatus.Completed || !string.Equals(task.Action, DecisionProcess.Action, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private void End(RawDecision instance)
    {
        instance.Outcome = _outcome;
        instance.Write(Outcome.Name, _outcome, activity: 1);
        instance.Add(JournalKind.ActivityCompleted, 1, name: DecisionProcess.Activity);
        for (var line = 0; line < _lines.Length; line++)
        {
            instance.Add(JournalKind.LineEvaluated, 1, name: _lines[line], result: line == 0);
        }

        var target = _users.Length + 1;
        instance.Running = new RawActivity(DecisionProcess.Target, instance.Now);
        instance.Add(JournalKind.ActivityStarted, 2, name: DecisionProcess.Target);
        instance.Add(JournalKind.DestinationCreated, 2, target, name: DecisionProcess.Target);
        instance.Add(JournalKind.DestinationCompleted, 2, target, name: DecisionProcess.Target);
        instance.Add(JournalKind.ActivityCompleted, 2, name: DecisionProcess.Target);
        instance.Running = null;
        instance.Add(JournalKind.ProcessCompleted, name: _definition);
        instance.EndedAt = instance.Now;
        instance.Status = ProcessInstanceStatus.Completed;
    }

    private void Wait(RawDecision instance)
    {
        if (_takesSnapshots)
        {
            instance.Snapshot = SnapshotDocument.Write(instance);
        }
    }

    private static void GoOn(RawDecision instance)
    {
        if (instance.Snapshot is { } snapshot)
        {
            instance.Status = SnapshotDocument.Read(snapshot).Status;
            instance.Snapshot = null;
        }
    }

    private void Open(long id, int number)
    {
        var user = _users[number - 1];
        lock (_worklists)
        {
            if (!_worklists.TryGetValue(user, out var open))
            {
                _worklists.Add(user, open = []);
            }

            open.Add(new SerialNumber(new ProcessInstanceId(id), number));
        }
    }

    private void Close(string user, SerialNumber serial)
    {
        lock (_worklists)
        {
            _worklists[user].Remove(serial);
        }
    }
}
