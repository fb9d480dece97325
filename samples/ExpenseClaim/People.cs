using Workflow.Core;
using Workflow.Core.Destinations;

namespace Expenses;

/// <summary>The people who work here. Everything else reads the names from here. Add a name to a list, and its owner gets tasks, is asked at the terminal, and
/// is mentioned.</summary>
public sealed record People
{
    /// <summary>Two of them have to approve a claim.</summary>
    public IReadOnlyList<string> Managers { get; init; } = ["ann", "bob", "cy"];

    /// <summary>The first of them to act checks claims of less than 3,000.</summary>
    public IReadOnlyList<string> Administration { get; init; } = ["fay"];

    /// <summary>The first of them to act checks the rest.</summary>
    public IReadOnlyList<string> Management { get; init; } = ["max"];

    /// <summary>The people who make claims.</summary>
    public string Claimant { get; init; } = "dora";

    /// <summary>Everybody once, in the order in which they look at their worklists.</summary>
    public IReadOnlyList<string> Everybody =>
        [.. Managers.Concat(Administration).Concat(Management).Append(Claimant).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The roles of the process, and who is in them.</summary>
    public IDestinationResolver Roles => new StaticDestinations
    {
        { Destination.Role("Managers"), Managers },
        { Destination.Role("Financial administration"), Administration },
        { Destination.Role("Financial management"), Management },
    };
}
