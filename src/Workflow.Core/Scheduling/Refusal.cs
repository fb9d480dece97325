using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Migration;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling;

/// <summary>Why an input was not admitted. Nothing has changed. The caller's side makes the exception of it that its users know.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Exception">The exception, where there is nothing to add to it.</param>
/// <param name="Error">Why the instance is in Error.</param>
/// <param name="Stored">The finish that is stored already.</param>
/// <param name="End">Why a task is not there for the user.</param>
/// <param name="Message">The message: what is wrong and what to do, where the kind does not say it.</param>
/// <param name="Statement">The number of the statement that the message rests on, where the kind does not say it.</param>
internal sealed record Refusal(
    RefusalKind Kind,
    WorkflowException? Exception = null,
    ProcessError? Error = null,
    ParkedFinish? Stored = null,
    WorklistItemEnd End = WorklistItemEnd.Unknown,
    string? Message = null,
    string? Statement = null)
{
    /// <summary>The exclusion that leaves somebody out; null where none does.</summary>
    public Exclusion? Exclusion { get; private init; }

    /// <summary>The definition whose working hours have to be asked for; null where something else has to be asked, or nothing.</summary>
    public ProcessDefinition? HoursOf { get; private init; }

    /// <summary>The answers that an event takes; empty where something else was wanted.</summary>
    public IReadOnlyList<string> Answers { get; private init; } = [];

    /// <summary>The reasons why an instance cannot go on in another version; empty where something else was wanted.</summary>
    public IReadOnlyList<DefinitionProblem> Obstacles { get; private init; } = [];

    /// <summary>The user has no standing on the task.</summary>
    public static Refusal NoStanding { get; } = new(RefusalKind.NoStanding);

    /// <summary>The working hours of a definition have to be asked for first (statement 5.5e).</summary>
    public static Refusal AskForHours(ProcessDefinition definition) => new(RefusalKind.AskFirst) { HoursOf = definition };

    /// <summary>The instance is in Error or Stopped.</summary>
    public static Refusal Halted(ProcessInstance process) => new(RefusalKind.Halted, Error: process.Error);

    /// <summary>The destination rule leaves somebody out (statement 4.10).</summary>
    public static Refusal Excluded(ActivityDefinition activity, Exclusion exclusion) =>
        new(RefusalKind.Excluded, Message: ExclusionCheck.Words(activity, exclusion)) { Exclusion = exclusion };

    /// <summary>The task has no such action.</summary>
    public static Refusal NotOffered(ClientEventDefinition task, string action)
    {
        var offered = task.Actions.Select(item => item.Name).ToList();
        var nearest = NearestName.Find(action, offered) is { } name ? $"; did you mean '{name}'?" : "";
        return Action($"there is no such action, the task offers {string.Join(", ", offered.Select(item => $"'{item}'"))}{nearest}");
    }

    /// <summary>The refusal of a finish whose answer the event does not take (statement 7.3b); null when it takes it.</summary>
    public static Refusal? OfAnswer(EventDefinition item, string? answer)
    {
        var answers = item.FinalAnswers;
        if (answer is null ? answers.Count == 0 : answers.Contains(answer, StringComparer.Ordinal))
        {
            return null;
        }

        var listed = string.Join(", ", answers.Select(one => $"'{one}'"));
        return new Refusal(RefusalKind.Answer, Message: (answer, answers.Count) switch
        {
            (null, _) => $"the event '{item.Name}' is finished with an answer. Name one of {listed}.",
            (_, 0) => $"the event '{item.Name}' takes no answer, and '{Names.Printable(answer)}' was given. Finish it without one.",
            _ => $"'{Names.Printable(answer)}' is not an answer of the event '{item.Name}', which takes {listed}. "
                + (NearestName.Find(answer, answers) is { } nearest ? $"Did you mean '{nearest}'?" : "Case counts."),
        })
        { Answers = answers };
    }

    /// <summary>The refusal of a name that no activity of a definition has; null when one has it.</summary>
    public static Refusal? NoActivity(ProcessDefinition definition, string name)
    {
        if (definition.Find(name) is not null)
        {
            return null;
        }

        var nearest = NearestName.Find(name, [.. definition.ActivityArray.Select(activity => activity.Name)]) is { } found ? $" Did you mean '{found}'?" : "";
        return State("8.9", $"its definition has no activity '{Names.Printable(name)}'.{nearest}");
    }

    public static Refusal Gone(WorklistItemEnd end) => new(RefusalKind.Gone, End: end);

    public static Refusal State(string statement, string message) => new(RefusalKind.State, Message: message, Statement: statement);

    /// <summary>The instance cannot go on in another version (statement 8.8).</summary>
    public static Refusal Migration(Succession succession)
    {
        var (obstacles, versions) = (succession.Obstacles, $"from version {succession.From.Version.Invariant()} to {succession.To.Version.Invariant()}");
        var count = obstacles.Count == 1 ? "1 obstacle" : $"{obstacles.Count.Invariant()} obstacles";
        var message = $"it cannot go {versions} of '{succession.To.Name}', {count}:{string.Concat(obstacles.Select(obstacle => $"\n  {obstacle}"))}";
        return State(obstacles[0].Statement, message) with { Obstacles = obstacles };
    }

    public static Refusal Action(string why) => new(RefusalKind.Action, Message: why);
}
