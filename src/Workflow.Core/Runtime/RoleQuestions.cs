using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Asks whether the resolver knows the roles and groups that are destinations themselves. The answer is kept for the role interval (statement
/// 4.12).</summary>
internal sealed class RoleQuestions(EngineServices services, ResolverCalls resolver) : BackgroundQuestions<(ProcessInstanceId Id, NamedRole Named)>(services)
{
    private readonly Dictionary<Destination, (bool IsKnown, DateTimeOffset At)> _answers = [];

    /// <summary>Notes roles and groups that tasks are for, once that is stored. What is known of them is not asked again.</summary>
    public void Ask(ProcessInstanceId id, List<NamedRole> roles)
    {
        if (PostAsync is null)
        {
            return;
        }

        var isOpen = false;
        lock (Guard)
        {
            foreach (var named in roles)
            {
                isOpen |= Known(named.Role) is not true && Note((id, named));
            }
        }

        if (isOpen)
        {
            BeginIfWorking();
        }
    }

    protected override async Task AnswerAsync(List<(ProcessInstanceId Id, NamedRole Named)> waiting)
    {
        if (!await TryAskAsync(Open(waiting)).ConfigureAwait(false))
        {
            return;
        }

        foreach (var ofInstance in Unknown(waiting).GroupBy(item => item.Id))
        {
            await TellAsync(ofInstance.Key, new ReportCommand(new Input.RolesUnknown([.. ofInstance.Select(item => item.Named)]))).ConfigureAwait(false);
        }
    }

    private List<(ProcessInstanceId Id, NamedRole Named)> Unknown(List<(ProcessInstanceId Id, NamedRole Named)> waiting)
    {
        lock (Guard)
        {
            return waiting.FindAll(item => Known(item.Named.Role) is false);
        }
    }

    private List<Destination> Open(List<(ProcessInstanceId Id, NamedRole Named)> waiting)
    {
        lock (Guard)
        {
            return [.. waiting.Select(item => item.Named.Role).Distinct().Where(role => Known(role) is null)];
        }
    }

    /// <returns>False when the resolver has not answered.</returns>
    private async Task<bool> TryAskAsync(List<Destination> roles)
    {
        if (roles.Count == 0)
        {
            return true;
        }

        var answer = await resolver.AskAsync(
            async (asked, token) => await asked.ResolveAsync(roles, token).ConfigureAwait(false) is { } known ? roles.ConvertAll(known.ContainsKey) : null,
            "whether it knows roles and groups",
            Services.Stopping).ConfigureAwait(false);
        if (answer is not { End: HostEnd.Returned, Value: { } areKnown })
        {
            Failed(answer.Exception?.Message ?? answer.End.ToString());
            return false;
        }

        Keep(roles, areKnown);
        return true;
    }

    private void Keep(List<Destination> roles, List<bool> areKnown)
    {
        lock (Guard)
        {
            if (_answers.Count + roles.Count > Most)
            {
                _answers.Clear();
            }

            var now = Services.Options.Clock.GetUtcNow();
            for (var index = 0; index < roles.Count; index++)
            {
                _answers[roles[index]] = (areKnown[index], now);
            }
        }
    }

    /// <summary>Whether a role or group is known, as the resolver said within the role interval; null when nobody has asked since.</summary>
    private bool? Known(in Destination role) =>
        _answers.TryGetValue(role, out var answer) && IsFresh(answer.At) ? answer.IsKnown : null;

    private sealed class ReportCommand(Input.RolesUnknown input) : Command
    {
        public override Admittance Prepare(ProcessInstance process, ProcessDefinition definition) => input;
    }
}
