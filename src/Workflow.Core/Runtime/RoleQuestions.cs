using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Asks whether the resolver knows the roles and groups that are destinations themselves. The answer decides nothing, so it is asked after the commit, beside the
/// commands, and kept for the role interval; its failure changes nothing (statements 4.8b and 4.12). An engine that takes up no work asks when it is told to fire
/// timers.</summary>
internal sealed class RoleQuestions
{
    /// <summary>So many answers are kept, and so many questions wait.</summary>
    private const int Most = 10_000;

    private readonly EngineServices _services;
    private readonly ResolverCalls _resolver;
    private readonly Lock _lock = new();
    private readonly Dictionary<Destination, (bool IsKnown, DateTimeOffset At)> _answers = [];
    private List<(ProcessInstanceId Id, NamedRole Named)> _waiting = [];
    private Task? _asking;

    public RoleQuestions(EngineServices services, ResolverCalls resolver)
    {
        _services = services;
        _resolver = resolver;
    }

    /// <summary>Moves an instance; set by the host that has the instances.</summary>
    public Func<ProcessInstanceId, Command, CancellationToken, ValueTask<(bool IsStored, Refusal? Refusal)>>? PostAsync { get; set; }

    /// <summary>Whether the engine takes up work by itself; set by the host.</summary>
    public Func<bool>? IsWorking { get; set; }

    /// <summary>Notes roles and groups that tasks are for, once that is stored. What is known of them is not asked again.</summary>
    public void Ask(ProcessInstanceId id, List<NamedRole> roles)
    {
        if (PostAsync is null)
        {
            return;
        }

        var isOpen = false;
        lock (_lock)
        {
            foreach (var named in roles)
            {
                if (Known(named.Role) is not true && _waiting.Count < Most)
                {
                    _waiting.Add((id, named));
                    isOpen = true;
                }
            }
        }

        if (isOpen && IsWorking!())
        {
            Begin();
        }
    }

    /// <summary>Asks what is to be asked, beside whoever says so.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            if (_waiting.Count > 0 && _asking is null && !_services.Stopping.IsCancellationRequested)
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
        lock (_lock)
        {
            return _asking ?? Task.CompletedTask;
        }
    }

    private async Task RunAsync()
    {
        while (Take() is { } waiting)
        {
            if (await AnswerAsync(Open(waiting)).ConfigureAwait(false))
            {
                foreach (var ofInstance in Unknown(waiting).GroupBy(item => item.Id))
                {
                    await ReportAsync(ofInstance.Key, [.. ofInstance.Select(item => item.Named).Distinct()]).ConfigureAwait(false);
                }
            }
        }
    }

    private List<(ProcessInstanceId Id, NamedRole Named)>? Take()
    {
        lock (_lock)
        {
            var taken = _waiting;
            _waiting = [];
            if (taken.Count > 0 && !_services.Stopping.IsCancellationRequested)
            {
                return taken;
            }

            _asking = null;
            return null;
        }
    }

    private async Task ReportAsync(ProcessInstanceId id, List<NamedRole> unknown)
    {
        try
        {
            await PostAsync!(id, new ReportCommand(new Input.RolesUnknown(unknown)), _services.Stopping).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // It decides nothing, so that it fails changes nothing.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            WorkLog.RolesNotAsked(_services.Logger, exception.Message);
        }
    }

    private List<(ProcessInstanceId Id, NamedRole Named)> Unknown(List<(ProcessInstanceId Id, NamedRole Named)> waiting)
    {
        lock (_lock)
        {
            return waiting.FindAll(item => Known(item.Named.Role) is false);
        }
    }

    private IReadOnlyList<Destination> Open(List<(ProcessInstanceId Id, NamedRole Named)> waiting)
    {
        lock (_lock)
        {
            return [.. waiting.Select(item => item.Named.Role).Distinct().Where(role => Known(role) is null)];
        }
    }

    /// <returns>False when the resolver has not answered.</returns>
    private async Task<bool> AnswerAsync(IReadOnlyList<Destination> roles)
    {
        if (roles.Count == 0)
        {
            return true;
        }

        var answer = await _resolver.AskAsync(
            async (resolver, token) => await resolver.ResolveAsync(roles, token).ConfigureAwait(false) is { } known ? roles.Select(known.ContainsKey).ToList() : null,
            "whether it knows roles and groups",
            _services.Stopping).ConfigureAwait(false);
        if (answer is not { End: HostEnd.Returned, Value: { } areKnown })
        {
            if (answer.End is not HostEnd.Interrupted)
            {
                WorkLog.RolesNotAsked(_services.Logger, answer.Exception?.Message ?? answer.End.ToString());
            }

            return false;
        }

        Keep(roles, areKnown);
        return true;
    }

    private void Keep(IReadOnlyList<Destination> roles, List<bool> areKnown)
    {
        lock (_lock)
        {
            if (_answers.Count + roles.Count > Most)
            {
                _answers.Clear();
            }

            var now = _services.Options.Clock.GetUtcNow();
            for (var index = 0; index < roles.Count; index++)
            {
                _answers[roles[index]] = (areKnown[index], now);
            }
        }
    }

    /// <summary>Whether the resolver knows a role or group, as it said within the role interval; null when nobody has asked since.</summary>
    private bool? Known(in Destination role) =>
        _answers.TryGetValue(role, out var answer) && _services.Options.Clock.GetUtcNow() - answer.At is { Ticks: >= 0 } age && age < _services.Options.RoleInterval
            ? answer.IsKnown
            : null;

    private sealed class ReportCommand(Input.RolesUnknown input) : Command
    {
        public override Admittance Prepare(ProcessInstance process, ProcessDefinition definition) => input;
    }
}
