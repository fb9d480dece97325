using System.Diagnostics;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Code of the definition has returned, which nothing can refuse: its writes are applied, and then what it asked for.</summary>
internal static class CodeReturn
{
    public static void Admit(Episode episode, CodeContext context)
    {
        Invariant.Holds(Gate.WhyClosed(episode.Process, InputKind.CallResult) is null);
        if (context.NewFolio is { } folio && folio != episode.Process.Folio)
        {
            episode.Record(JournalKind.FolioChanged, folio);
            episode.Process.SetFolio(folio);
        }

        switch (context)
        {
            case ServerEventContext code:
                OfServerEvent(episode, code);
                break;
            case EscalationContext code:
                OfEscalation(episode, code);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void OfServerEvent(Episode episode, ServerEventContext context)
    {
        var destination = context.Destination;
        var asksNothing = context.Goto is null && !context.ExpiresActivity;
        FieldWriter.Write(episode, context);
        if (context.IsWaiting || (asksNothing && episode.DefinitionOf(destination) is ServerEventDefinition { Waits: true }))
        {
            Wait(episode, context);
            return;
        }

        Expiry.OfParkedFinish(episode, destination, "The event's code returned without waiting.");
        destination.ReturnEvent();
        var isRefused = context.Goto is { } request && Gotos.IsRefused(episode, request, destination.Activity);
        if (isRefused)
        {
            Gotos.RecordRefused(episode, context.Goto!);
        }

        if (isRefused || asksNothing)
        {
            episode.Plan(Verb.ServerEventDone, destination);
            return;
        }

        // The event is done, and no later event of the activity runs (statements 7.5 and 7.6).
        episode.RecordEvent(JournalKind.EventCompleted, destination);
        destination.CompleteEvent();
        Leave(episode, context);
    }

    /// <summary>The lines of the event's own activity are followed, also when it goes elsewhere (statement 7.6).</summary>
    private static void Leave(Episode episode, ServerEventContext context)
    {
        var activity = context.Destination.Activity;
        if (context.Goto is not { } request)
        {
            Expiry.OfActivity(episode, activity, ExpiryReason.ServerEvent);
            ActivityEnd.Leave(episode, activity);
            return;
        }

        Gotos.Run(episode, request, activity, leaving: activity);
    }

    private static void Wait(Episode episode, ServerEventContext context)
    {
        var destination = context.Destination;
        destination.AwaitFinish(context.CorrelationKey);
        episode.RecordEvent(JournalKind.ServerItemCreated, destination, context.CorrelationKey);
        episode.ServerItems.Add(ServerItems.Waiting(episode, destination));
        if (destination.Event!.ParkedFinish is { } parked)
        {
            destination.DropParkedFinish();
            episode.Process.MovedFromOutside();
            Admission.Apply(episode, destination, parked);
        }
    }

    private static void OfEscalation(Episode episode, EscalationContext context)
    {
        var firing = context.Firing;
        FieldWriter.Write(episode, context);
        if (context.Goto is { } request)
        {
            EscalationActions.GoTo(episode, firing, request);
        }
        else if (context.ExpiresActivity)
        {
            EscalationActions.ExpireActivity(episode, firing);
        }
        else
        {
            episode.Process.Timers.End(firing);
        }
    }
}
