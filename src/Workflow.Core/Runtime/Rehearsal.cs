using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Does on a copy of an instance what a turn would do for a command (statement 13.9). It decides and asks as the turn does, and ends at the first call
/// of code. The store is only read, and the instance that the engine may have in memory is left alone.</summary>
internal readonly struct Rehearsal
{
    private readonly EngineServices _services;
    private readonly ResidentInstance _copy;
    private readonly Rehearsed? _rehearsed;

    private Rehearsal(EngineServices services, ResidentInstance copy, Rehearsed? rehearsed)
    {
        _services = services;
        _copy = copy;
        _rehearsed = rehearsed;
    }

    /// <summary>Rehearses a command on what is stored.</summary>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="ProcessInstanceTooLargeException">The command would leave more than can be stored.</exception>
    public static async ValueTask<Rehearsed> RunAsync(EngineServices services, Command command)
    {
        var reader = new ProcessReader(services.Options.Store, services.Deployments, services.Unreadable);
        var (before, after, definition) = await reader.ReadTwiceAsync(command.Instance, CancellationToken.None).ConfigureAwait(false)
            ?? throw new ProcessInstanceNotFoundException(command.Instance);
        var rehearsed = new Rehearsed(definition, before, after)
        {
            Running = before.NextPlannedCall() is { Status: CallStatus.Calling } running ? running : default,
        };
        var copy = new ResidentInstance(command.Instance, services) { IsCopy = true };
        copy.Take(after, definition);
        try
        {
            await new Rehearsal(services, copy, rehearsed).RunAsync(command, rehearsed).ConfigureAwait(false);
            return rehearsed;
        }
        finally
        {
            copy.CloseTurn();
        }
    }

    /// <summary>Decides a command on a copy, and goes no further. Code of an escalation that has fired would be called first; it is not foreseen how that
    /// ends.</summary>
    /// <returns>The result; null when the whole instance is needed, and nothing that was worked out holds.</returns>
    public static async ValueTask<CommandResult?> TryDecideAsync(EngineServices services, ResidentInstance copy, Command command)
    {
        await new Rehearsal(services, copy, rehearsed: null).AskFirstAsync(command).ConfigureAwait(false);
        if (!copy.TryDecide(command, out var refusal))
        {
            return null;
        }

        if (refusal is not null)
        {
            return new CommandResult(CommandEffect.Applied, refusal);
        }

        var effect = copy.Episode.Effect;
        copy.Rehearse(rehearsed: null);
        command.TakeView(copy);
        return new CommandResult(effect, Refusal: null);
    }

    private async ValueTask RunAsync(Command command, Rehearsed rehearsed)
    {
        await AskFirstAsync(command).ConfigureAwait(false);
        if (!rehearsed.FirstCode.IsNone)
        {
            return;
        }

        var isDecided = _copy.TryDecide(command, out var refusal);
        Invariant.Holds(isDecided);
        rehearsed.Refusal = refusal;
        if (refusal is null)
        {
            rehearsed.DefinitionAfter = _copy.Episode.Definition;
            await AskAllAsync(onlyFirings: false).ConfigureAwait(false);
            _copy.Rehearse(rehearsed);
        }
    }

    /// <summary>A firing that is stored is done before the command (statement 6.6b), unless a transaction of the host leaves it to an engine.</summary>
    private async ValueTask AskFirstAsync(Command command)
    {
        if (!command.ComesBetweenCalls && !_services.LeavesCalls)
        {
            await AskAllAsync(onlyFirings: true).ConfigureAwait(false);
            _copy.Rehearse(_rehearsed);
        }
    }

    /// <summary>Asks the resolver until code is to be called, or nothing is planned any more.</summary>
    private async ValueTask AskAllAsync(bool onlyFirings)
    {
        while (_copy.Process is { StoredStatus: ProcessInstanceStatus.Active } process
            && process.NextPlannedCall() is { IsNone: false } call
            && !(onlyFirings && !Escalations.IsCallOpen(process)))
        {
            var way = _services.WayOf(call.Kind);
            if (way.WhyNot(call) is { } fault)
            {
                _copy.ApplyOwn(way.Failed(call, fault));
                continue;
            }

            _copy.BeginCall(call);
            if (way.HasEffects)
            {
                if (_rehearsed is not null)
                {
                    _rehearsed.FirstCode = call;
                }

                return;
            }

            if (_copy.Episode.Operations > InstanceCalls.OperationsPerCommit)
            {
                _copy.Rehearse(_rehearsed);
            }

            await AskAsync(way, call).ConfigureAwait(false);
        }
    }

    /// <summary>Asks the resolver, and takes its answer into the copy.</summary>
    /// <exception cref="ObjectDisposedException">The engine stops.</exception>
    private async ValueTask AskAsync(CallWay way, PlannedCall call)
    {
        var frame = CallFrame.Of(_copy.Id, _copy.Episode, _services);
        var context = way.Open(_copy, call, frame);
        CallResult result;
        try
        {
            CallFrame.Enter(context);
            ServerEventCall? spare = null;
            result = await way.CallAsync(_copy, call, context, context, ref spare).ConfigureAwait(false);
        }
        finally
        {
            context.Close();
            frame.End();
        }

        if (result.IsInterrupted)
        {
            throw ActiveTurns.Stopped();
        }

        way.End(_copy, call, context, result.Input, _copy.Now);
    }
}
