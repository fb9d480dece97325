using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Questions to the resolver for which nobody waits: they are asked after the commit, beside the commands, and what fails changes nothing (statement
/// 4.8b). An
/// engine that takes up no work asks them when it is told to fire timers.</summary>
/// <typeparam name="T">What a question is about.</typeparam>
internal abstract class BackgroundQuestions<T>(EngineServices services)
{
    /// <summary>So many answers are kept, and so many questions wait.</summary>
    protected const int Most = 10_000;

    private readonly HashSet<T> _noted = [];
    private List<T> _waiting = [];
    private Task? _asking;

    /// <summary>Moves an instance; set by the host that has the instances. Inside a transaction of the host there is none, and nothing is asked.</summary>
    public Func<ProcessInstanceId, Command, CancellationToken, ValueTask<(bool IsStored, Refusal? Refusal)>>? PostAsync { get; set; }

    /// <summary>Whether the engine takes up work by itself; set by the host.</summary>
    public Func<bool>? IsWorking { get; set; }

    protected EngineServices Services => services;

    /// <summary>Guards what waits, and what answers are kept.</summary>
    protected Lock Guard { get; } = new();

    /// <summary>Asks what is to be asked, beside whoever says so.</summary>
    public void Begin()
    {
        lock (Guard)
        {
            if (_waiting.Count > 0 && _asking is null && !services.Stopping.IsCancellationRequested)
            {
                _asking = Background.Run(RunAsync);
            }
        }
    }

    /// <summary>Asks what is to be asked, and waits for it.</summary>
    public Task FinishAsync()
    {
        Begin();
        return StopAsync();
    }

    /// <summary>Waits for what is under way.</summary>
    public Task StopAsync()
    {
        lock (Guard)
        {
            return _asking ?? Task.CompletedTask;
        }
    }

    /// <summary>Asks the resolver, and tells the instances concerned.</summary>
    protected abstract Task AnswerAsync(List<T> waiting);

    /// <summary>Notes a question; the guard is held.</summary>
    /// <returns>Whether there was room for it.</returns>
    protected bool Note(T question)
    {
        if (_waiting.Count >= Most || !_noted.Add(question))
        {
            return false;
        }

        _waiting.Add(question);
        return true;
    }

    /// <summary>Whether an answer is still believed: for the role interval.</summary>
    protected bool IsFresh(DateTimeOffset answeredAt) =>
        services.Options.Clock.GetUtcNow() - answeredAt is { Ticks: >= 0 } age && age < services.Options.RoleInterval;

    /// <summary>Asks soon, where the engine takes up work.</summary>
    protected void BeginIfWorking()
    {
        if (IsWorking!())
        {
            Begin();
        }
    }

    /// <summary>Tells an instance what came of it.</summary>
    protected async Task TellAsync(ProcessInstanceId id, Command command)
    {
        try
        {
            await PostAsync!(id, command, services.Stopping).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Nobody waits for it, and what fails changes nothing.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Failed(exception.Message);
        }
    }

    /// <summary>Notes that nothing came of it.</summary>
    protected void Failed(string why)
    {
        if (!services.Stopping.IsCancellationRequested)
        {
            WorkLog.RolesNotAsked(services.Logger, why);
        }
    }

    private async Task RunAsync()
    {
        while (Take() is { } waiting)
        {
            await AnswerAsync(waiting).ConfigureAwait(false);
        }
    }

    private List<T>? Take()
    {
        lock (Guard)
        {
            var taken = _waiting;
            _waiting = [];
            _noted.Clear();
            if (taken.Count > 0 && !services.Stopping.IsCancellationRequested)
            {
                return taken;
            }

            _asking = null;
            return null;
        }
    }
}
