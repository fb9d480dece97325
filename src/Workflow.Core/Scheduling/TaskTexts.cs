using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Rules;

namespace Workflow.Core.Scheduling;

/// <summary>The texts that a task shows, fixed when it opens (statement 1.1).</summary>
internal static class TaskTexts
{
    /// <summary>The data that a task shows besides its actions; null for none.</summary>
    /// <exception cref="RuleFailure">They cannot be read.</exception>
    public static string? Data(ClientEventDefinition task, ActivityDefinition activity, ActivityInstanceDestination destination) =>
        task.Data is { } data ? Read(Question.OfText("data", task, activity, destination), data) : null;

    /// <summary>Where a task is worked on; null when nothing has to be kept of it.</summary>
    /// <exception cref="RuleFailure">It cannot be read, or is too long.</exception>
    public static string? Url(ClientEventDefinition task, ActivityDefinition activity, ActivityInstanceDestination destination)
    {
        if (task is not { KeepsUrl: true, UrlText: { } text })
        {
            return null;
        }

        var question = Question.OfText("URL", task, activity, destination);
        var url = Read(question, text);
        return url is { Length: > Limits.TextLength }
            ? throw question.Failure(new InvalidOperationException(
                $"It has {url.Length.Invariant()} characters, and {Limits.TextLength.Invariant()} are the most. "
                + "Set shorter values, or pass them as Data(...)."))
            : url;
    }

    private static string? Read(in Question question, Operand<string> text) =>
        question.Read(text, static (text, in scope) => text.Read(scope, out var shown) ? shown : null);
}
