using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Finds out whether another process may be started, and all that its start needs: the version, the Start right, the values of its fields, and its
/// start rule (statements 7.8, 7.9 and 7.13). The sub-process gets its number here. So it is started once, however often its start is delivered.</summary>
internal sealed class SubProcessStarts(EngineServices services) : CallWay
{
    /// <summary>Everything may be asked again when the answer is lost. A number is lost with it, and gaps are allowed.</summary>
    public override bool HasEffects => false;

    /// <summary>The values are read from the instance, which nobody may change meanwhile.</summary>
    public override bool LetsOthersIn => false;

    public override bool IsPure(ResidentInstance instance, in PlannedCall call) => false;

    public override ICallContext Open(ResidentInstance instance, in PlannedCall call, CallFrame frame)
    {
        var destination = call.Destination;
        var definition = (IpcEventDefinition)instance.Episode.DefinitionOf(destination);
        var activity = instance.Episode.DefinitionOf(destination.Activity);
        var process = instance.Process;
        var parent = new ParentProcess(destination.Serial, activity.Name, definition.Name, (process.Parent?.Depth ?? 0) + 1)
        {
            EventInstance = destination.Event!.Id,
            Waits = definition.WaitsForChild,
            EndsWithIt = definition.EndsWithParent,
            Returned =
            [
                .. definition.Received.Select(received => received.Field).Distinct(StringComparer.Ordinal).Select(field => new ReturnedField(field, field)),
            ],
        };
        try
        {
            var folio = definition.Folio is null ? null : Question.OfSubProcess("folio", definition, activity, destination)
                .ReadAnew(definition.Folio, static (text, in scope) => text.Read(scope, out var shown) ? shown : null);
            var values = definition.Sent.Select(sent => new FieldChange(
                sent.Field,
                Question.OfSubProcess($"value of '{sent.Field}'", definition, activity, destination)
                    .ReadAnew(sent, static (sent, in scope) => sent.Read(scope))));
            return new Context(frame, destination, definition, parent, definition.Identity.UserFor(process.Originator), folio ?? "", [.. values], null);
        }
        catch (RuleFailure failure)
        {
            var fault = Fault.OfRule(failure.InnerException!);
            return new Context(
                frame, destination, definition, parent, "", "", [], fault with { Message = $"The {failure.Element} cannot be read: {fault.Message}" });
        }
    }

    public override ValueTask<CallResult> CallAsync(
        ResidentInstance instance, in PlannedCall call, ICallContext context, ICallMark mark, ref ServerEventCall? spare) =>
        AskAsync((Context)context, instance.IsCopy);

    public override void End(ResidentInstance instance, in PlannedCall call, ICallContext context, Input? result, DateTimeOffset now) =>
        instance.ApplyOwn(result!, now);

    public override Input Failed(in PlannedCall call, Fault fault) => new Input.ServerEventThrew(call.Destination, fault);

    /// <param name="context">The start.</param>
    /// <param name="isPreviewed">Whether the start is only previewed. Then it uses up no number (statement 13.9).</param>
    private async ValueTask<CallResult> AskAsync(Context context, bool isPreviewed)
    {
        if (context.Fault is { } fault)
        {
            return new CallResult(IsInterrupted: false, new Input.ServerEventThrew(context.Destination, fault));
        }

        try
        {
            var (definition, dueAt) = await CheckAsync(context).ConfigureAwait(false);
            var id = isPreviewed ? default : await services.Options.Store.ReserveAsync(services.Shutdown).ConfigureAwait(false);
            var start = new SubProcessStart(
                definition.Name, definition.Version, context.Folio, context.User, dueAt, context.Values, context.Parent)
            {
                AttachedText = context.AttachedText,
            };
            return new CallResult(IsInterrupted: false, new Input.SubProcessReady(context.Destination, id, start));
        }
        catch (WorkflowException exception) when (IsRefusal(exception))
        {
            return new CallResult(
                IsInterrupted: false,
                new Input.ServerEventThrew(context.Destination, Fault.OfCode(exception, $"{ErrorText.Of(exception)} {Failure.ThenRetry}")));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException && services.Shutdown.IsCancellationRequested)
        {
            return CallResult.Interrupted;
        }
    }

    /// <summary>Whether it says that this sub-process cannot be started now. A store that cannot answer at present fails the turn instead.</summary>
    private static bool IsRefusal(WorkflowException exception) => exception is ProcessDefinitionNotFoundException or ProcessNotStartedException
        or DataFieldException or DestinationResolverException or SubProcessRefusedException or Calendars.CalendarException;

    /// <returns>The definition, and when the sub-process begins; null for at once.</returns>
    private async ValueTask<(ProcessDefinition Definition, DateTimeOffset? DueAt)> CheckAsync(Context context)
    {
        var limit = services.Options.SubProcessDepthLimit;
        if (context.Parent.Depth > limit)
        {
            throw SubProcessRefusedException.OfDepth(context.Definition.ChildProcess, limit);
        }

        await services.Deployments.RefreshAsync(services.Shutdown).ConfigureAwait(false);
        var wanted = context.Definition;
        var definition = wanted.ChildVersion is { } version
            ? services.Deployments.Get(wanted.ChildProcess, version)
            : services.Deployments.GetDefault(wanted.ChildProcess);
        if (!await MayStartAsync(context, definition).ConfigureAwait(false))
        {
            throw SubProcessRefusedException.OfRight(context.User, definition.Name);
        }

        if (context.Folio.Length > Limits.NameLength)
        {
            throw SubProcessRefusedException.OfFolio(definition.Name, context.Folio.Length);
        }

        var fields = StartFields.Of(definition, context.Values);
        StartFields.CheckReceived(definition, wanted.Received);
        if (services.Hours.AreDue(definition))
        {
            await services.Hours.AskAsync(definition, services.Shutdown).ConfigureAwait(false);
        }

        return definition.StartRule is null
            ? (definition, null)
            : (definition, StartQuestion.Ask(
                definition, context.Folio, context.AttachedText, context.User, fields, services.Options.Clock.GetUtcNow(),
                services.Options.WorkingHours).DueAt);
    }

    private async ValueTask<bool> MayStartAsync(Context context, ProcessDefinition definition)
    {
        // An instance that the host has started has the host as its originator.
        if (Names.Same(context.User, Names.OfHost))
        {
            return true;
        }

        if (services.Deployments.RightsOf(definition.Name) is not { } rights)
        {
            return false;
        }

        if (rights.Allow(Destination.Known(context.User), ProcessRight.Start))
        {
            return true;
        }

        if (!rights.HaveRoles(ProcessRight.Start))
        {
            return false;
        }

        var memberships = await services.Resolver.MembershipsAsync(context.User, services.Shutdown).ConfigureAwait(false);
        return rights.AllowAny(memberships, ProcessRight.Start);
    }

    /// <summary>A start, as it stood when it was asked about.</summary>
    /// <param name="Frame">The turn that asks.</param>
    /// <param name="Destination">The destination of the event.</param>
    /// <param name="Definition">The event.</param>
    /// <param name="Parent">The event, as the sub-process knows it.</param>
    /// <param name="User">The user in whose name it starts.</param>
    /// <param name="Folio">The name that people call it by.</param>
    /// <param name="Values">The values that it gets.</param>
    /// <param name="Fault">Why the values cannot be read; null when they can.</param>
    private sealed record Context(
        CallFrame Frame, ActivityInstanceDestination Destination, IpcEventDefinition Definition, ParentProcess Parent, string User, string Folio,
        IReadOnlyList<FieldChange> Values, Fault? Fault) : QuestionContext(Frame)
    {
        /// <summary>The text that is attached to the parent, which the sub-process takes over.</summary>
        public string? AttachedText => Destination.Activity.Process.AttachedText;
    }
}
