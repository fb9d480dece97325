using System.Diagnostics;
using Workflow.Core.Contexts;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Scheduling.Operations;

namespace Workflow.Core.Scheduling;

/// <summary>The engine's decisions, as one synchronous function.</summary>
/// <remarks>
/// <para>The same instance and the same inputs at the same instants give the same instance, calls and facts, byte for byte (statement 14.1). Nothing here
/// waits, reads a clock, draws a number or follows the order of a hash table.</para>
/// <para>An input is admitted or refused as a whole. An admitted input plans operations, which plan further ones, first in, first out. So all parallel
/// activities exist before any of them can end the process (statement 15). Operations never call each other. An operation asks its rules first and changes the
/// instance afterwards. So a rule that throws stops the instance before the step that asked it, and a retry continues exactly there (statement 8.2).</para>
/// <para>Work for the outside stays in the instance, as planned events (statement 3.12). The shell makes the calls one at a time and brings each result back as
/// an input.</para> </remarks>
internal static class Scheduler
{
    /// <summary>Admits one input and runs the process instance to rest.</summary>
    /// <returns>Null when admitted; otherwise the reason, and nothing has changed.</returns>
    public static Refusal? Apply(Episode episode, Input input, DateTimeOffset now)
    {
        episode.Begin(now);
        if (Admission.Admit(episode, input) is { } refusal)
        {
            return refusal;
        }

        Run(episode);
        return null;
    }

    /// <summary>The code of a server event or an escalation has returned: what it asked for is done, and the process instance runs to rest.</summary>
    public static void Return(Episode episode, CodeContext context, DateTimeOffset now)
    {
        episode.Begin(now);
        CodeReturn.Admit(episode, context);
        Run(episode);
    }

    private static void Run(Episode episode)
    {
        Drain(episode);
        if (episode.Process is { Skipped.Count: > 0, StoredStatus: not ProcessInstanceStatus.Error })
        {
            episode.Process.EndSkips();
        }

        Escalations.RecordDropped(episode);
    }

    private static void Drain(Episode episode)
    {
        var process = episode.Process;
        while (process.StoredStatus is ProcessInstanceStatus.Active && TryNext(episode, out var operation))
        {
            if (operation.Verb is Verb.EnterActivity or Verb.GotoActivity or Verb.AskJoin && Failure.WhyNotFurther(episode) is { } limit)
            {
                Failure.OfLimit(episode, operation, limit);
                return;
            }

            if (episode.Operations == episode.OperationLimit)
            {
                Failure.OfOperationLimit(episode, operation);
                return;
            }

            episode.Operations++;
            while (!TryExecute(episode, operation))
            {
            }

            if (process.HasPassedOver)
            {
                process.EndSkips();
            }
        }
    }

    private static bool TryNext(Episode episode, out Operation operation)
    {
        if (episode.TryNext(out operation) || TurnsAtRest.TryNext(episode, out operation) || JoinsAtRest.TryNext(episode, out operation))
        {
            return true;
        }

        operation = new Operation(Verb.FinishProcess);
        return episode.Process is { ActivityCount: 0, StartsAt: null };
    }

    /// <summary>Takes a step.</summary>
    /// <returns>Whether it is not to be taken again: it is done, or the instance is in Error.</returns>
    private static bool TryExecute(Episode episode, in Operation operation)
    {
        try
        {
            Execute(episode, operation);
            return true;
        }
        catch (RuleFailure failure)
        {
            return !Failure.TryPass(episode, operation, failure);
        }
    }

    /// <summary>The table: the whole engine on one screen.</summary>
    private static void Execute(Episode episode, in Operation operation)
    {
        switch (operation.Verb)
        {
            case Verb.LeaveStart: LeaveActivity.FromStart(episode); break;
            case Verb.Leave: LeaveActivity.Run(episode, operation.Activity); break;
            case Verb.FollowLine: FollowLine.Run(episode, operation.Target as ActivityInstance, operation.Ordinal); break;
            case Verb.ForgetActivity: LeaveActivity.Forget(episode, operation.Activity); break;
            case Verb.EnterActivity: EnterActivity.AlongLine(episode, operation); break;
            case Verb.GotoActivity: EnterActivity.WithoutLine(episode, operation); break;
            case Verb.AskJoin: EnterActivity.OfKept(episode, operation); break;
            case Verb.AwaitStart: AwaitStart.Run(episode, operation.Activity); break;
            case Verb.BeginActivity: BeginActivity.Run(episode, operation.Activity); break;
            case Verb.AwaitTurn: AwaitTurn.Run(episode, operation.Activity); break;
            case Verb.AskMilestone: AskMilestone.Run(episode, operation.Activity); break;
            case Verb.TakeTurn: AwaitTurn.Take(episode, operation.Activity); break;
            case Verb.PlanDestinations: PlanDestinations.Run(episode, operation.Activity); break;
            case Verb.UseMembers: PlanDestinations.WithMembers(episode, operation.Activity); break;
            case Verb.StartEvent: StartEvent.Run(episode, operation.Destination); break;
            case Verb.ServerEventDone: ServerEventDone.Run(episode, operation.Destination); break;
            case Verb.SubProcessEnded: SubProcesses.Continue(episode, operation.Destination); break;
            case Verb.AnswerGiven: AnswerGiven.Run(episode, operation.Destination); break;
            case Verb.AskForRoles: SynchronizeRoles.PlanQuestion(episode, operation.Activity); break;
            case Verb.FollowRoles: SynchronizeRoles.Run(episode, operation.Activity); break;
            case Verb.CompleteDestination: CompleteDestination.Run(episode, operation.Destination); break;
            case Verb.SucceedActivity: SucceedActivity.Run(episode, operation.Destination); break;
            case Verb.FireEscalation: FireEscalation.Run(episode, operation.Firing); break;
            case Verb.RepeatEscalation: FireEscalation.Repeat(episode, operation.Firing); break;
            case Verb.FinishProcess: FinishProcess.Run(episode); break;
            default: throw new UnreachableException();
        }
    }
}
