using System.Globalization;
using Workflow.Core.Definitions;

namespace Workflow.Core.Tests.Escalations;

/// <summary>Works out when escalations fire, from a plan and from what users and hosts do. It knows nothing of the library but the arithmetic of
/// calendars.</summary>
internal sealed class EscalationOracle(ProcessPlan plan)
{
    private static readonly TimeSpan _grace = TimeSpan.FromMinutes(1);

    private readonly List<Run> _runs = [];
    private readonly List<Clock> _clocks = [];
    private readonly List<string> _firings = [];
    private readonly List<string> _notArmed = [];
    private int _lastOrder;
    private int _lastTask;

    /// <summary>Each firing: the instant, the escalation, and what the history says about it.</summary>
    public IReadOnlyList<string> Firings => _firings;

    /// <summary>The escalations that had no date when they were to be armed.</summary>
    public IReadOnlyList<string> NotArmed => _notArmed;

    /// <summary>The escalations that are armed: the name, the next due instant, and its number.</summary>
    public IEnumerable<string> Armed => _clocks.Where(clock => clock.Escalation is not null).Select(Text).Order(StringComparer.Ordinal);

    /// <summary>How many timers there are, those of start rules included.</summary>
    public int TimerCount => _clocks.Count;

    public bool IsCompleted { get; private set; }

    /// <summary>How many tasks are open.</summary>
    public int OpenTasks => _runs.Count(run => run.Task > 0);

    public DateTimeOffset Now { get; private set; }

    public void Begin()
    {
        Now = plan.BeginsAt;
        Arm(plan.Escalations, null);
        Arrive(0);
    }

    /// <summary>A host runs until an instant.</summary>
    public void Advance(DateTimeOffset end)
    {
        while (_clocks.Where(clock => clock.Due <= end).OrderBy(clock => clock.Due).ThenBy(clock => clock.Order).FirstOrDefault() is { } next)
        {
            Now = next.Due > Now ? next.Due : Now;
            Ring(next);
        }

        Now = end;
    }

    /// <summary>The clock goes on, and no host runs.</summary>
    public void Pass(DateTimeOffset end) => Now = end;

    /// <summary>The user finishes one of the open tasks, which are in the order of their beginning.</summary>
    public void Finish(int index) => GoOn(_runs.Where(run => run.Task > 0).OrderBy(run => run.Task).ElementAt(index));

    public static string Firing(DateTimeOffset at, string? name, string? detail) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} {name}: {detail}");

    public static string Text(string name, DateTimeOffset due, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} {due.UtcDateTime:yyyy-MM-dd HH:mm:ss} {number}");

    private static string Text(Clock clock) => Text(clock.Escalation!.Name, clock.Due, clock.Number);

    private void Arrive(int activity)
    {
        var run = new Run(activity);
        _runs.Add(run);
        if (plan.Activities[activity].Start?.First(Now, plan.Dates) is { } start && start > Now)
        {
            _clocks.Add(new Clock(run, null, start, ++_lastOrder));
        }
        else
        {
            Start(run);
        }
    }

    /// <param name="run">The instance of an activity.</param>
    /// <param name="from">The due instant of its start rule, from which its escalations count also when a host comes later; null for now.</param>
    private void Start(Run run, DateTimeOffset? from = null)
    {
        Arm(plan.Activities[run.Activity].Escalations, run, from);
        run.Task = ++_lastTask;
        Arm(plan.Activities[run.Activity].OfTask, run);
    }

    private void Arm(IReadOnlyList<EscalationPlan> escalations, Run? run, DateTimeOffset? from = null)
    {
        foreach (var escalation in escalations)
        {
            if (escalation.When.First(from ?? Now, plan.Dates) is { } due)
            {
                _clocks.Add(new Clock(run, escalation, due < Now ? Now : due, ++_lastOrder));
            }
            else
            {
                _notArmed.Add(escalation.Name);
            }
        }
    }

    private void Ring(Clock clock)
    {
        if (clock.Escalation is { } escalation)
        {
            Fire(clock, escalation);
        }
        else
        {
            _clocks.Remove(clock);
            Start(clock.Run!, clock.Due);
        }
    }

    private void Fire(Clock clock, EscalationPlan escalation)
    {
        var standsFor = 1;
        if (Now - clock.Due > _grace && escalation.Missed is Missed.Skip)
        {
            Next(clock, escalation);
            return;
        }

        if (Now - clock.Due > _grace && escalation.Missed is Missed.Once)
        {
            while (clock.Number <= escalation.Repeats && Now - escalation.After(clock.Due) > _grace)
            {
                Next(clock, escalation);
                standsFor++;
            }
        }

        var detail = string.Create(
            CultureInfo.InvariantCulture,
            $"firing {clock.Number} of {escalation.Repeats + 1}, due {clock.Due.UtcDateTime:u}{(standsFor == 1 ? "" : $", for {standsFor} due instants")}");
        _firings.Add(Firing(Now, escalation.Name, detail));
        Next(clock, escalation);
        Do(clock.Run, escalation);
    }

    /// <summary>The clock shows the next due instant, or is gone behind the last one.</summary>
    private void Next(Clock clock, EscalationPlan escalation)
    {
        if (clock.Number > escalation.Repeats)
        {
            _clocks.Remove(clock);
            return;
        }

        clock.Number++;
        clock.Due = escalation.After(clock.Due);
    }

    private void Do(Run? run, EscalationPlan escalation)
    {
        switch (escalation.Doing)
        {
            case Doing.ExpireActivity or Doing.ExpireEvent:
                GoOn(run!);
                break;

            case Doing.GoTo:
                GoTo(run, escalation.GoTo!);
                break;
        }
    }

    private void GoTo(Run? own, GoToPlan goTo)
    {
        bool Expires(Run run) => goTo.Scope switch
        {
            Scope.Everything => true,
            Scope.OwnActivity => run.Activity == own!.Activity,
            _ => plan.Activities[run.Activity].Name == goTo.Named,
        };

        var target = plan.Activities.Select(activity => activity.Name).ToList().IndexOf(goTo.Target);
        var isActive = _runs.Exists(run => !Expires(run) && run.Activity == target);
        if (isActive && goTo.IfActive is ActiveTarget.Refuse)
        {
            return;
        }

        foreach (var run in _runs.FindAll(Expires))
        {
            End(run);
        }

        if (!isActive || goTo.IfActive is ActiveTarget.Again)
        {
            Arrive(target);
        }
    }

    /// <summary>The activity ends, and its line is followed.</summary>
    private void GoOn(Run run)
    {
        End(run);
        if (run.Activity + 1 < plan.Activities.Count)
        {
            Arrive(run.Activity + 1);
        }
        else if (_runs.Count == 0)
        {
            IsCompleted = true;
            _clocks.Clear();
        }
    }

    private void End(Run run)
    {
        _runs.Remove(run);
        _clocks.RemoveAll(clock => clock.Run == run);
    }

    /// <summary>An instance of an activity.</summary>
    private sealed class Run(int activity)
    {
        public int Activity { get; } = activity;

        /// <summary>The number of its task; 0 before it begins.</summary>
        public int Task { get; set; }
    }

    /// <summary>A timer: of an escalation, or of a start rule.</summary>
    private sealed class Clock(Run? run, EscalationPlan? escalation, DateTimeOffset due, int order)
    {
        public Run? Run { get; } = run;

        public EscalationPlan? Escalation { get; } = escalation;

        public DateTimeOffset Due { get; set; } = due;

        /// <summary>The place in the order of arming.</summary>
        public int Order { get; } = order;

        /// <summary>The number of the next firing.</summary>
        public int Number { get; set; } = 1;
    }
}
