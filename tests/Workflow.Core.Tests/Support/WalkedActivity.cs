using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Support;

/// <summary>An activity of a <see cref="WalkedDefinition"/>.</summary>
/// <param name="drawn">Draws.</param>
/// <param name="code">The code and the rules.</param>
/// <param name="place">The activity.</param>
/// <param name="sum">The field of the process that its code counts in; null for none.</param>
internal sealed class WalkedActivity(WalkedDefinition drawn, WalkedCode code, WalkedDefinition.Place place, ProcessField<int>? sum)
{
    private static readonly string[] _users = ["ann", "bob", "cy"];

    private readonly string _key = place.Key;
    private DestinationField<int>? _own;

    /// <summary>Whether people have a task in it. Both versions agree.</summary>
    private bool HasTask => drawn.Drawn($"{_key} kind", 3) == 2;

    /// <summary>Whether it starts a sub-process.</summary>
    private bool HasCall => drawn.Has($"{_key}Call", 45);

    /// <summary>Whether the activity that was filled keeps the rest.</summary>
    public bool KeepsRest { get; private set; }

    public void Fill(ActivityBuilder activity)
    {
        Rules(activity);
        WalkedGroups.AddTo(drawn, activity, _key, sum);
        _own = drawn.Has($"{_key}Own", 40) ? new DestinationField<int>(Field("Own"), 0) : null;
        var shared = drawn.Has($"{_key}Shared", 40) ? new ActivityField<string>(Field("Shared"), "all") : null;
        activity.Fields([.. drawn.Ordered($"{_key} fields", new Field?[] { _own, shared }).OfType<Field>()]);
        if (HasTask)
        {
            People(activity);
        }
        else if (HasCall && drawn.Chance($"{_key} slots", 40))
        {
            activity.PlanPerSlot(Slots.Number(2 + drawn.Next($"{_key} number of slots", 2)));
            _ = drawn.Chance($"{_key} all slots", 60) ? activity.SucceedingRule(Answers.AllGiven) : activity;
        }

        foreach (var add in drawn.Ordered($"{_key} events", Events().ToList()))
        {
            add(activity);
        }

        if (HasTask && drawn.Has($"{_key}outcomes", 25) && drawn.Has($"{_key}Task", 100))
        {
            activity.OutcomesFromActions();
        }
        else if (HasTask && drawn.Chance($"{_key} succeeds", 30))
        {
            activity.SucceedingRule(drawn.Sometimes($"{place.Olds[^1]} succeeds"));
            KeepRest(activity);
        }

        foreach (var add in drawn.Ordered($"{_key} escalations", Escalations().ToList()))
        {
            add(activity);
        }
    }

    private void Rules(ActivityBuilder activity)
    {
        if (drawn.Chance($"{_key} exception rule", 20))
        {
            activity.ExceptionRule(code.Decide);
        }

        if (drawn.Chance($"{_key} starts later", 20))
        {
            activity.StartRule(DueTime.After(drawn.Wait(_key)));
        }

        if (drawn.Chance($"{_key} precedes", 20))
        {
            activity.PrecedingRule(drawn.Sometimes($"{place.Olds[^1]} precedes"));
        }

        if (drawn.Chance($"{_key} unresolved", 10))
        {
            activity.WhenUnresolved(WhenUnresolved.Fail);
        }
    }

    private void People(ActivityBuilder activity)
    {
        activity.Destinations(to => _ = drawn.Next($"{_key} people", 6) switch
        {
            0 => to.Role("Staff"),
            1 => to.Role("Staff").ResolvedToUsers(),
            2 => to.Question("Workers"),
            3 => to.Question("Workers").ResolvedToUsers(),
            _ => to.Users([.. _users.Take(1 + drawn.Next($"{_key} users", 3))]),
        });
        _ = drawn.Next($"{_key} plan", 3) switch
        {
            0 => activity.PlanPerDestination(),
            1 => activity.PlanPerDestinationInTurn(),
            _ => activity.PlanJustOnce(),
        };
    }

    /// <summary>Only a plan with several destinations at once has a rest.</summary>
    private void KeepRest(ActivityBuilder activity)
    {
        if (drawn.Next($"{_key} plan", 3) == 0 && drawn.Chance($"{_key} keeps the rest", 60))
        {
            activity.KeepRest();
            KeepsRest = true;
        }
    }

    private IEnumerable<Action<ActivityBuilder>> Events()
    {
        if (drawn.Has($"{_key}Before", 50))
        {
            yield return Server("Before");
        }

        if (drawn.Has($"{_key}Signal", 20))
        {
            var signal = Event("Signal").Name;
            yield return activity => activity.Signal(signal, "Go");
        }

        if (drawn.Has($"{_key}{PreviewedStep.Pure}", 15))
        {
            yield return activity => activity.PureServer(PreviewedStep.Pure, code.MayFail);
        }

        var main = drawn.Drawn($"{_key} kind", 3) switch
        {
            0 => "Code",
            1 => "Wait",
            _ => "Task",
        };
        if (drawn.Has($"{_key}{main}", 100))
        {
            yield return main == "Task" ? Task() : Server(main, waits: main == "Wait");
        }

        if (HasCall)
        {
            yield return WalkedCalls.Event(drawn, code, Event("Call"), sum, _own);
        }

        if (drawn.Has($"{_key}After", 40))
        {
            yield return Server("After");
        }
    }

    private Action<ActivityBuilder> Server(string name, bool waits = false)
    {
        var (key, now) = ($"{_key}{name}", Event(name).Name);
        return activity => activity.Server(
            now,
            context =>
            {
                code.MayFail(context);
                if (sum is not null)
                {
                    context.Set(sum, context.Get(sum) + 1);
                }

                if (_own is not null)
                {
                    context.Set(_own, context.Get(_own) + 1);
                }

                if (waits)
                {
                    context.WaitUntilFinished();
                }
            },
            define: server =>
            {
                if (drawn.Chance($"{key} retry", 30))
                {
                    var wait = drawn.Chance($"{key} at once", 20) ? TimeSpan.Zero : drawn.HalfHours($"{key} retry");
                    server.Retry(2 + drawn.Next($"{key} attempts", 2), wait, jitter: 0.5);
                }

                if (drawn.Chance($"{key} exception rule", 20))
                {
                    server.ExceptionRule(code.Decide);
                }
            });
    }

    private Action<ActivityBuilder> Task()
    {
        var (key, named) = ($"{_key}Task", Event("Task"));
        string[] names = drawn.Has($"{key} Later", 20) ? ["Yes", "No", "Later"] : ["Yes", "No"];
        var actions = drawn.Ordered($"{key} actions", names).Select(name => Action(named, name)).ToList();
        var save = drawn.Has($"{key} Save", 20) ? Action(named, "Save") : null;
        var ask = drawn.Has($"{key} Ask again", 20)
            ? drawn.Named(named, "Ask again", (all, within, from, to) => all.Escalation(within[0], within[1], from, to)).Name
            : null;
        return activity => activity.Client(named.Name, task =>
        {
            actions.ForEach(action => task.Action(action));
            if (save is not null)
            {
                task.Update(save);
            }

            if (drawn.Chance($"{key} sends back", 50))
            {
                task.AllowSendBack();
            }

            if (ask is not null)
            {
                task.Escalation(ask, drawn.HalfHours($"{key} ask"), then => then.ExpireEvent());
            }
        });
    }

    private IEnumerable<Action<ActivityBuilder>> Escalations()
    {
        if (drawn.Has($"{_key}Remind", 30))
        {
            var (name, repeat) = (Escalation("Remind"), Repeat.Times(drawn.Next($"{_key} reminds", 4)).WhenMissed((Missed)drawn.Next($"{_key} missed", 3)));
            yield return activity => activity.Escalation(
                name,
                drawn.Wait($"{_key} remind"),
                then =>
                {
                    if (HasTask && drawn.Chance($"{_key} remind hands over", 10))
                    {
                        then.RedirectTo("ann");
                    }
                    else
                    {
                        then.Run("Remind", code.MayFail);
                    }
                },
                repeat);
        }

        if (HasTask && drawn.Has($"{_key}Hand over", 50))
        {
            var name = Escalation("Hand over");
            yield return activity => activity.Escalation(name, drawn.HalfHours($"{_key} hand over"), then =>
            {
                if (drawn.Chance($"{_key} to manager", 50))
                {
                    then.RedirectToManager();
                }
                else
                {
                    then.RedirectTo(_users[drawn.Next($"{_key} to", _users.Length)]);
                }
            });
        }

        if (drawn.Has($"{_key}Give up", 20))
        {
            var (name, after) = (Escalation("Give up"), drawn.HalfHours($"{_key} give up") + TimeSpan.FromHours(3));
            yield return activity => activity.Escalation(name, after, then => then.ExpireActivity());
        }
    }

    private string Field(string name) => drawn.Named(place, name, (all, within, from, to) => all.Field(within[0], from, to)).Name;

    private string Escalation(string name) => drawn.Named(place, name, (all, within, from, to) => all.Escalation(within[0], from, to)).Name;

    private WalkedDefinition.Place Event(string name) => drawn.Named(place, name, (all, within, from, to) => all.Event(within[0], from, to));

    private string Action(WalkedDefinition.Place task, string name) =>
        drawn.Named(task, name, (all, within, from, to) => all.Action(within[0], within[1], from, to)).Name;
}
