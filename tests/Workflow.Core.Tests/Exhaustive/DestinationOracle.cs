using Workflow.Core.Definitions;

namespace Workflow.Core.Tests.Exhaustive;

/// <summary>Which succeeding rule an activity has.</summary>
internal enum AskedRule
{
    None,
    AllSlotsCompleted,
    AtLeastGood,
}

/// <summary>One activity to be planned: for how many people, with how many slots (null is one for each), under which rule.</summary>
internal sealed record PlannedCase(PlanOption Plan, int People, int? Slots, AskedRule Rule, int Wanted);

/// <summary>The documents' answer for an activity whose only event waits: told by hand, with nothing of the engine.</summary>
internal sealed class DestinationOracle
{
    private readonly PlannedCase _case;
    private readonly List<char> _letters = [];
    private int _good;

    public DestinationOracle(PlannedCase planned)
    {
        _case = planned;
        Slots = planned.Slots ?? planned.People;
        IsError = planned.People == 0 && IsPerPerson;
        if (IsError || Slots == 0)
        {
            IsCompleted = !IsError;
            return;
        }

        // 4.5: one; one for each person; one at a time; one for each slot.
        var count = planned.Plan switch
        {
            PlanOption.PerDestination => planned.People,
            PlanOption.PerSlot => Slots,
            _ => 1,
        };
        _letters.AddRange(Enumerable.Repeat('A', count));
    }

    /// <summary>How many slots there are over all (4.4).</summary>
    public int Slots { get; }

    /// <summary>How many of them are completed (3.7).</summary>
    public int CompletedSlots { get; private set; }

    /// <summary>Whether nobody was found (4.12).</summary>
    public bool IsError { get; }

    /// <summary>Whether the activity has completed.</summary>
    public bool IsCompleted { get; private set; }

    /// <summary>Where each destination stands: Active, Completed, Expired.</summary>
    public string Letters => string.Concat(_letters);

    /// <summary>How many destinations there may come to be: the finishes that can be ordered.</summary>
    public int Finishes => IsInTurn ? Math.Min(Slots, _case.People) : _letters.Count;

    /// <summary>Whether each can only be finished in its turn.</summary>
    public bool IsInTurn => _case.Plan is PlanOption.PerDestinationInTurn;

    private bool IsPerPerson => _case.Plan is PlanOption.PerDestination or PlanOption.PerDestinationInTurn;

    public void Finish(int place, bool isGood)
    {
        _letters[place] = 'C';

        // 3.7: it completes its slots, all of them in plan just once, while any are left, and its fields are their values.
        var own = Math.Min(_case.Plan is PlanOption.JustOnce ? Slots : 1, Slots - CompletedSlots);
        CompletedSlots += own;
        _good += isGood ? own : 0;

        // 3.2 and 4.6: in turn the next begins, and the rule waits until nobody is left or no slot.
        if (IsInTurn && _letters.Count < _case.People && CompletedSlots < Slots)
        {
            _letters.Add('A');
            return;
        }

        // 3.1: true ends the activity and expires the others; 0.3 b: so does the last one, whatever the rule says.
        if (IsRuleTrue() || !_letters.Contains('A'))
        {
            IsCompleted = true;
            for (var other = 0; other < _letters.Count; other++)
            {
                _letters[other] = _letters[other] == 'A' ? 'E' : _letters[other];
            }
        }
    }

    private bool IsRuleTrue() => _case.Rule switch
    {
        AskedRule.None => true,
        AskedRule.AllSlotsCompleted => CompletedSlots == Slots,
        _ => _good >= _case.Wanted,
    };
}
