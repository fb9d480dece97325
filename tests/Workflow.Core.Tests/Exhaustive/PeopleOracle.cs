using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Exhaustive;

/// <summary>The documents' answer for an activity whose only event is a task for people: told by hand, with nothing of the engine.</summary>
internal sealed class PeopleOracle
{
    private readonly PeopleCase _asked;
    private readonly List<(IReadOnlyList<string> Who, bool IsRole)> _destinations;
    private List<char> _letters = [];
    private readonly List<(int Place, string User, string? Action)> _slots = [];

    public PeopleOracle(PeopleCase asked)
    {
        _asked = asked;

        // 4.8: a role resolved to users is its members, another is a destination itself. 4.11: a user who is named twice counts once, except for their turns.
        _destinations = [.. asked.Users.Concat(asked.IsRoleResolved ? asked.Role! : []).Select(user => ((IReadOnlyList<string>)[user], false))];
        _destinations = IsInTurn ? _destinations : [.. _destinations.DistinctBy(one => one.Who[0], StringComparer.OrdinalIgnoreCase)];
        _destinations.AddRange(asked.IsRoleResolved || asked.Role is null ? [] : [(asked.Role, true)]);

        // 4.4, 4.5: slots over all; one for everybody, one for each, or the first in turn. 4.12: nobody at all; an empty role is somebody.
        Slots = asked.Slots ?? _destinations.Count;
        _letters.AddRange(Enumerable.Repeat('A', asked.Plan is PlanOption.PerDestination ? _destinations.Count : Math.Min(1, _destinations.Count)));
        if (_destinations.Count == 0 && asked.Nobody is not NoDestinations.WaitForRole)
        {
            Status = asked.Nobody is NoDestinations.Error ? "Error" : "Nothing";
        }
    }

    /// <summary>Work while it is active, Error, Expired; otherwise it has completed, with this outcome or with Nothing.</summary>
    public string Status { get; private set; } = "Work";

    public bool IsStalled { get; private set; }
    public int Slots { get; }
    public int CompletedSlots => _slots.Count(slot => slot.Action is not null);

    /// <summary>Where each activity instance destination stands: Active, Completed, Expired.</summary>
    public string Letters => string.Concat(_letters);

    private bool IsForAll => _asked.Plan is PlanOption.JustOnce;

    private bool IsInTurn => _asked.Plan is PlanOption.PerDestinationInTurn;

    private bool IsNobodyLeft => _destinations.TrueForAll(one => !one.IsRole && _slots.Exists(slot => slot.Action is not null && IsFor(one, slot.User)));

    /// <summary>The status that a user sees of the task of a place (1.4). Completed is not there (1.5, 2.11). Null for a user for whom it is not meant
    /// (1.15).</summary>
    public WorklistItemStatus? Look(int place, string user) => (_letters[place], _slots.FindIndex(slot => slot.Place == place && slot.User == user)) switch
    {
        _ when !_destinations.Where((one, index) => IsFor(one, user) && (IsForAll || index == place)).Any() => null,
        ('A', < 0) => IsFree(place) ? WorklistItemStatus.Available : WorklistItemStatus.Allocated,
        ('A', var own) when _slots[own].Action is null => WorklistItemStatus.Open,
        _ => WorklistItemStatus.Completed, // 1.14: nobody takes part twice
    };

    /// <summary>The result when a user acts: done, or the number of the refusal, with the reason if it has one (1.8).</summary>
    public string Attempt(int place, string user) => place >= _letters.Count ? "26030 Unknown" : (Look(place, user), _letters[place]) switch
    {
        (WorklistItemStatus.Available or WorklistItemStatus.Open, _) => "done",
        (null, _) => "24411",
        (WorklistItemStatus.Allocated, _) => "26030 NoSlotLeft",
        (_, 'C') => "26030 Completed",
        (_, 'E') => "26030 Expired",
        _ => "26030 PartDone",
    };

    public void Do(PeopleStep step)
    {
        // 1.6, 1.9, 1.13: a slot is taken, given back, or taken and completed at once.
        _slots.RemoveAll(slot => slot.Place == step.Place && slot.User == step.User);
        _slots.AddRange(step.Verb is "Release" ? [] : [(step.Place, step.User, step.Verb is "Open" ? null : step.Verb)]);
        if (step.Verb is "Open" or "Release")
        {
            return;
        }

        // 2.6: the first true outcome wins; 0.2: without a rule, plan just once waits for all slots, per destination it is true at once.
        var outcome = _asked.Function is not null ? Array.Find(["Approve", "Reject"], IsTrue) : !IsForAll || CompletedSlots == Slots ? "Nothing" : null;
        _letters[step.Place] = IsForAll && outcome is null ? 'A' : 'C'; // 2.7
        if (IsInTurn && _letters.Count < _destinations.Count && CompletedSlots < Slots)
        {
            _letters.Add('A'); // 3.2, 4.6
        }
        else if (outcome is not null || !_letters.Contains('A'))
        {
            End(outcome ?? (_asked.Unresolved is WhenUnresolved.ByPlan ? "Nothing" : null)); // 3.1; 0.3 b
        }
        else if (CompletedSlots == Slots || (IsForAll && IsNobodyLeft))
        {
            End(null); // 0.3 a and c, 4.14
        }
    }

    private static bool IsFor((IReadOnlyList<string> Who, bool IsRole) one, string user) => one.Who.Contains(user, StringComparer.OrdinalIgnoreCase);

    private void End(string? outcome)
    {
        Status = outcome ?? new[] { "Work", "Work", "Nothing", "Expired", "Error" }[(int)_asked.Unresolved]; // ByPlan, Wait, Complete, Expire, Fail
        IsStalled = Status is "Work";
        _letters = Status is "Work" or "Error" ? _letters : [.. _letters.Select(letter => letter == 'A' ? 'E' : letter)];
    }

    /// <summary>4.6, 1.7: in plan just once a slot of all; otherwise the one of the destination, as long as there are any over all.</summary>
    private bool IsFree(int place) => _slots.Count < Slots && (IsForAll || !_slots.Exists(slot => slot.Place == place));

    /// <summary>3.7 of the completed slots, 0.1 of the destinations: one without a slot has the initial value, which is not the action.</summary>
    private bool IsTrue(string action) => _asked.Function switch
    {
        AskedFunction.All => _destinations.Select((one, place) => _slots.Where(slot => IsForAll ? IsFor(one, slot.User) : slot.Place == place))
            .All(slots => slots.Any() && slots.All(slot => slot.Action == action)),
        AskedFunction.AllSlots => Count(action) == Slots,
        AskedFunction.AllCompleted => Count(action) == CompletedSlots,
        AskedFunction.AtLeast => Count(action) >= _asked.Wanted,
        AskedFunction.AtMost => Count(action) <= _asked.Wanted,
        _ => Count(action) == 0,
    };

    private int Count(string action) => _slots.Count(slot => slot.Action == action);
}
