using System.Globalization;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Rules;

namespace Workflow.Core.Scheduling;

/// <summary>Asks the rules: gives each what it may see, and turns what a rule throws into a <see cref="RuleFailure"/> that names it (statement 8.1).</summary>
internal static class Ask
{
    public static bool Line(Episode episode, LineDefinition line, ActivityInstance? from)
    {
        try
        {
            return from is null
                ? line.Rule!.Evaluate(RuleScope.OfProcess(episode.Process))
                : line.Rule!.Evaluate(RuleScope.OfLine(from, episode.DefinitionOf(from).DestinationFields.InitialFields));
        }
        catch (Exception exception) when (exception is not WorkflowInvariantException)
        {
            throw new RuleFailure($"line rule of '{line.Name}'", exception);
        }
    }

    public static bool Preceding(Episode episode, ActivityDefinition activity)
    {
        try
        {
            return activity.PrecedingRule!.Evaluate(RuleScope.OfArrival(episode.Process, activity.ActivityFields.InitialFields));
        }
        catch (Exception exception) when (exception is not WorkflowInvariantException)
        {
            throw new RuleFailure($"preceding rule of '{activity.Name}'", exception);
        }
    }

    public static List<WantedDestination> Wanted(Episode episode, ActivityDefinition definition, ActivityInstance activity)
    {
        try
        {
            return DestinationSets.Collect(definition.DestinationRule, RuleScope.OfArrival(episode.Process, activity.Fields));
        }
        catch (Exception exception) when (exception is not WorkflowInvariantException)
        {
            throw OfDestinationRule(definition, exception);
        }
    }

    /// <summary>Those whom the destination rule leaves out as the data are now (statement 4.10); null where it leaves out nobody.</summary>
    public static List<LeftOut>? LeftOut(Episode episode, ActivityDefinition definition, ActivityInstance activity)
    {
        if (!definition.DestinationRule.LeavesOut)
        {
            return null;
        }

        try
        {
            return DestinationSets.LeftOut(definition.DestinationRule, RuleScope.OfArrival(episode.Process, activity.Fields));
        }
        catch (Exception exception) when (exception is not WorkflowInvariantException)
        {
            throw OfDestinationRule(definition, exception);
        }
    }

    public static DestinationPlan Plan(
        Episode episode, ActivityDefinition definition, ActivityInstance activity, IReadOnlyList<Destination> destinations)
    {
        try
        {
            var plan = DestinationPlanner.Plan(definition.DestinationRule, destinations, episode.Limits.Slots, RuleScope.OfArrival(episode.Process, activity.Fields));
            RefuseTooMany(episode, plan.ActiveAtOnce);
            return plan;
        }
        catch (Exception exception) when (exception is not WorkflowInvariantException)
        {
            throw OfDestinationRule(definition, exception);
        }
    }

    /// <summary>Whether there is room for the destinations that come by following the roles of an activity (statement 4.9).</summary>
    /// <exception cref="RuleFailure">More would be active at once than may be.</exception>
    public static void Room(Episode episode, ActivityDefinition definition, int added)
    {
        try
        {
            RefuseTooMany(episode, added);
        }
        catch (InvalidOperationException exception)
        {
            throw OfDestinationRule(definition, exception);
        }
    }

    public static bool EventSucceeding(EventDefinition definition, ActivityInstanceDestination destination)
    {
        try
        {
            return definition.SucceedingRule!.Evaluate(RuleScope.OfEvent(destination));
        }
        catch (Exception exception) when (exception is not WorkflowInvariantException)
        {
            throw new RuleFailure($"succeeding rule of event '{definition.Name}' of '{destination.Activity.Name}'", exception);
        }
    }

    public static bool ActivitySucceeding(ActivityDefinition definition, ActivityInstanceDestination completed)
    {
        try
        {
            return definition.SucceedingRule!.Evaluate(RuleScope.OfActivity(completed));
        }
        catch (Exception exception) when (exception is not WorkflowInvariantException)
        {
            throw new RuleFailure($"succeeding rule of '{definition.Name}'", exception);
        }
    }

    /// <summary>The first outcome whose rule is true (statement 2.6); null for none.</summary>
    public static OutcomeDefinition? Outcome(ActivityDefinition definition, ActivityInstanceDestination destination, bool isOfEvent)
    {
        foreach (var outcome in definition.OutcomeArray)
        {
            try
            {
                var scope = isOfEvent ? RuleScope.OfEvent(destination) : RuleScope.OfActivity(destination);
                if (outcome.Rule is null || outcome.Rule.Evaluate(scope))
                {
                    return outcome;
                }
            }
            catch (Exception exception) when (exception is not WorkflowInvariantException)
            {
                throw new RuleFailure($"outcome '{outcome.Name}' of '{definition.Name}'", exception);
            }
        }

        return null;
    }

    /// <summary>The data that a task shows besides its actions (statement 1.1).</summary>
    public static string? Data(ClientEventDefinition task, ActivityInstanceDestination destination) => Text("data", task, task.Data, destination);

    /// <summary>Where a task is worked on, as far as that has to be kept (statement 1.1).</summary>
    public static string? Url(ClientEventDefinition task, ActivityInstanceDestination destination)
    {
        var url = task.KeepsUrl ? Text("URL", task, task.UrlText, destination) : null;
        if (url is { Length: > Limits.TextLength })
        {
            var cause = new InvalidOperationException(
                $"It has {url.Length.Invariant()} characters, and {Limits.TextLength.Invariant()} are the most (statement 1.1). "
                + "Set shorter values, or pass them as Data(...).");
            throw new RuleFailure($"URL of task '{task.Name}' of '{destination.Activity.Name}'", cause);
        }

        return url;
    }

    private static string? Text(string kind, ClientEventDefinition task, Operand<string>? text, ActivityInstanceDestination destination)
    {
        try
        {
            return text is not null && text.Read(RuleScope.OfTask(destination), out var shown) ? shown : null;
        }
        catch (Exception exception) when (exception is not WorkflowInvariantException)
        {
            throw new RuleFailure($"{kind} of task '{task.Name}' of '{destination.Activity.Name}'", exception);
        }
    }

    private static void RefuseTooMany(Episode episode, int added)
    {
        var active = episode.Process.ActiveDestinations + added;
        if (added > 0 && active > episode.Limits.Destinations)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"With it, {active} destinations would be active at once in this process instance, and the limit is {episode.Limits.Destinations} (statement 4.4). Divide the work, or raise WorkflowOptions.DestinationLimit."));
        }
    }

    private static RuleFailure OfDestinationRule(ActivityDefinition definition, Exception exception) =>
        new($"destination rule of '{definition.Name}'", exception);

    public static bool Finish(Episode episode, FinishRule rule)
    {
        try
        {
            return rule.Rule.Evaluate(RuleScope.OfProcess(episode.Process));
        }
        catch (Exception exception) when (exception is not WorkflowInvariantException)
        {
            throw new RuleFailure("finish rule", exception);
        }
    }
}
