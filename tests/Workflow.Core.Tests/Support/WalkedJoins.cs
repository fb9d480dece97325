using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;

namespace Workflow.Core.Tests.Support;

/// <summary>Draws the joins of a definition, and the activities that end the process.</summary>
/// <param name="drawn">The definition.</param>
/// <param name="lines">Its lines, as the first names of the activities that they leave and lead to; the start has no name.</param>
internal sealed class WalkedJoins(WalkedDefinition drawn, IReadOnlyList<(string From, string To)> lines)
{
    /// <summary>Adds a join to an activity, or its end to the process, or nothing. One that keeps the rest cannot end the process.</summary>
    public void AddTo(ActivityBuilder activity, string name, bool keepsRest)
    {
        if (!keepsRest && lines.All(line => line.From != name) && drawn.Chance($"{name} ends", 30))
        {
            activity.EndsProcess();
        }

        var incoming = lines.Count(line => line.To == name);
        if (incoming > 0 && drawn.Chance($"{name} joins", 40))
        {
            activity.PrecedingRule(Join(name, incoming), drawn.Chance($"{name} asks more", 30) ? drawn.Sometimes($"{name} joins") : null);
        }
    }

    private Arrivals Join(string name, int incoming)
    {
        var split = lines.Select(line => line.From).Where(from => IsSplitBefore(from, name)).FirstOrDefault(from => drawn.Chance($"{name} of {from}", 60));
        var count = 1 + drawn.Next($"{name} counts", incoming);
        return drawn.Next($"{name} kind", 8) switch
        {
            0 => Arrivals.All,
            1 => Arrivals.First,
            2 => Arrivals.AtLeast(count),
            3 => Arrivals.AtLeast(count).KeepingLater(),
            4 => Arrivals.AllThatCanCome,
            5 => Arrivals.AlongOneLine(1),
            _ when split is null => Arrivals.All,
            6 => Arrivals.OfTakenBy(drawn.NameOf(split)),
            _ => Arrivals.First.Of(drawn.NameOf(split)).ThenExpireOthers(),
        };
    }

    private bool IsSplitBefore(string from, string name) => from.Length > 0 && lines.Count(line => line.From == from) > 1 && Leads(from, name);

    private bool Leads(string from, string to) => lines.Any(line => line.From == from && (line.To == to || Leads(line.To, to)));
}
