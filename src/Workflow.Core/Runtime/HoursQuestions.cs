using Microsoft.Extensions.Logging;
using Workflow.Core.Calendars;
using Workflow.Core.Definitions;

namespace Workflow.Core.Runtime;

/// <summary>Asks the code of the host for working hours that definitions name and the table does not have (statement 5.5e). It is asked outside of turns, so
/// that nobody waits for it who wants something of an instance that counts in no such hours.</summary>
internal sealed class HoursQuestions(WorkflowOptions options, HostCode host, ILogger logger, CancellationToken shutdown)
{
    /// <summary>Whether something is to be asked before an instance of a definition is moved.</summary>
    public bool AreDue(ProcessDefinition definition) => options.WorkingHoursSource is not null && definition.Calendars.Any(IsDue);

    /// <summary>Asks for the working hours that a definition needs. Where the code fails, rules that count in them fail, and nothing else does.</summary>
    /// <exception cref="OperationCanceledException">The caller has given up.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public async ValueTask AskAsync(ProcessDefinition definition, CancellationToken cancellation)
    {
        if (options.WorkingHoursSource is not { } source)
        {
            return;
        }

        foreach (var name in definition.Calendars.Where(IsDue).Select(NameOf).Distinct(StringComparer.Ordinal))
        {
            await AskAsync(source, name!, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Asks again for the working hours of a name, however old the answer is. Where the host has put them into the table, or the name is that of
    /// a time zone, nobody is asked.</summary>
    /// <exception cref="CalendarException">The code of the host did not give them, or the name stands for nothing.</exception>
    /// <exception cref="OperationCanceledException">The caller has given up.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public async ValueTask AskAnewAsync(string name, CancellationToken cancellation)
    {
        var known = options.WorkingHours;
        var isAsked = !known.Has(name) && (known.AnswerFor(name) is not null || !known.IsTimeZone(name));
        if (isAsked && options.WorkingHoursSource is { } source && await AskAsync(source, name, cancellation).ConfigureAwait(false) is { } problem)
        {
            throw WorkingHoursTable.NotGiven(name, problem);
        }

        known.CalendarOf(name);
    }

    private string? NameOf(NeededCalendar needed) => needed.Name ?? options.WorkingHours.Default;

    /// <summary>An answer without working hours is asked for again each time, so that the repetition of a command can succeed.</summary>
    private bool IsDue(NeededCalendar needed) => NameOf(needed) is { } name && !options.WorkingHours.Has(name)
        && (options.WorkingHours.AnswerFor(name) is { } answer
            ? answer.Hours is null || options.Clock.GetUtcNow() - answer.AskedAt >= options.WorkingHoursInterval
            : needed.IsHours || !options.WorkingHours.IsTimeZone(name));

    /// <returns>Why the code of the host gave none; null when it answered. Those that it gave before stay.</returns>
    private async ValueTask<string?> AskAsync(
        Func<string, CancellationToken, ValueTask<WorkingHours?>> source, string name, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(shutdown, cancellation);
        var answer = await host.CallAsync(new Question(source, name), options.ResolverTimeout, either.Token).ConfigureAwait(false);
        if (answer.End is HostEnd.Interrupted)
        {
            cancellation.ThrowIfCancellationRequested();
            throw ActiveTurns.Stopped();
        }

        var problem = ProblemOf(answer, name);
        var before = problem is null ? null : options.WorkingHours.AnswerFor(name)?.Hours;
        if (before is not null)
        {
            CodeLog.HoursNotGiven(logger, name, problem!, answer.Exception);
        }

        var taken = before is null ? new HoursAnswer(problem is null ? answer.Value : null, problem, options.Clock.GetUtcNow())
            : new HoursAnswer(before, Problem: null, options.Clock.GetUtcNow());
        options.WorkingHours.Take(name, taken);
        return problem;
    }

    private string? ProblemOf(HostAnswer<WorkingHours?> answer, string name) => answer.End switch
    {
        HostEnd.Returned when answer.Value is { } hours && !string.Equals(hours.Name, name, StringComparison.Ordinal) =>
            $"It gave the working hours '{Names.Printable(hours.Name)}'. Give those of the name that is asked for, or null.",
        HostEnd.Returned => null,
        HostEnd.Threw => $"It threw: {ErrorText.Of(answer.Exception!)} Make it answer.",
        HostEnd.TookTooLong => $"It has not answered within {options.ResolverTimeout}. Make it faster, or raise WorkflowOptions.ResolverTimeout.",
        _ => $"It was not called: {answer.Abandoned.Invariant()} of its earlier calls took too long and have not ended yet. Make it observe its "
            + "cancellation token.",
    };

    /// <summary>One question.</summary>
    private sealed class Question(Func<string, CancellationToken, ValueTask<WorkingHours?>> source, string name) : HostCall<WorkingHours?>
    {
        public override object Element => source;

        public override string Name => $"the source of working hours, which was asked for '{name}'";

        protected override ValueTask<WorkingHours?> BeginAsync(CancellationToken cancellation) => source(name, cancellation);
    }
}
