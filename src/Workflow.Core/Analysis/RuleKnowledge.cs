using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Analysis;

/// <summary>The facts known while a rule is asked before there is any instance: which fields have a value, and whether there are answers.</summary>
internal sealed class RuleKnowledge(ProcessDefinition process, ActivityDefinition activity, RulePlace place)
{
    /// <summary>Whether the value of a field is known. None is unless set.</summary>
    public Predicate<Field> Knows { get; init; } = _ => false;

    /// <summary>Whether it is known which slots are completed. Not unless set.</summary>
    public bool KnowsAnswers { get; init; }

    /// <summary>Whether it is also known which destinations have not answered. Not unless set.</summary>
    public bool KnowsDestinations { get; init; }

    /// <summary>The things that the rule looks at.</summary>
    public RuleReads ReadsOf(Rule rule)
    {
        var binder = new RuleBinder(place, process.ProcessFields, activity.ActivityFields, activity.DestinationFields);
        rule.Rebuild(binder);
        return binder.Reads;
    }

    /// <summary>Why the rule cannot be evaluated; null when everything that it reads is known.</summary>
    public string? WhyUnknown(Rule rule)
    {
        var reads = ReadsOf(rule);
        if (reads.Code is { } code)
        {
            return $"'{code}' is code";
        }

        if (reads.Fields.FirstOrDefault(field => !Knows(field)) is { } field)
        {
            return $"it reads the {RuleBinder.Word(field.Scope)} field '{field.Name}'";
        }

        if (reads.Status)
        {
            return "it reads the status of a destination or of the activity";
        }

        if (reads.EveryDestination && !KnowsDestinations)
        {
            return "it asks every destination, and how many there are is not known";
        }

        return reads.Answers && !KnowsAnswers ? "it reads answers" : null;
    }
}
