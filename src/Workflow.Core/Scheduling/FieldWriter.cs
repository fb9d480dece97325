using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Scheduling;

/// <summary>Writes data fields and records what the definition wants audited (statement 11.3).</summary>
internal static class FieldWriter
{
    /// <summary>Applies the writes of the code of an event or an escalation.</summary>
    public static void Write(Episode episode, CodeContext context)
    {
        for (var index = 0; index < context.WriteCount; index++)
        {
            Write(episode, context.OwnActivity, context.OwnDestination, context.WriteAt(index));
        }
    }

    public static void Write(Episode episode, ActivityInstanceDestination? destination, ReadOnlySpan<FieldWrite> writes)
    {
        foreach (ref readonly var write in writes)
        {
            Write(episode, destination?.Activity, destination, write);
        }
    }

    /// <summary>Writes the answer of a user or of another system to <c>Action Result</c> (statements 2.2 and 7.3b).</summary>
    public static void WriteAnswer(Episode episode, ActivityInstanceDestination destination, string answer)
    {
        var result = episode.DefinitionOf(destination.Activity).ActionResultOrdinal;
        Write(episode, destination, [new FieldWrite(FieldScope.Destination, result, FieldValue.From(answer))]);
    }

    private static void Write(Episode episode, ActivityInstance? activity, ActivityInstanceDestination? destination, in FieldWrite write)
    {
        var definition = Apply(episode, activity, destination, write);
        if (!definition.KeepAudit)
        {
            return;
        }

        episode.Journal.AddFieldChange(
            episode.Now,
            write.Scope is FieldScope.Process ? 0 : activity!.Id,
            write.Scope is FieldScope.Destination ? destination!.Id : 0,
            definition.Name,
            write.Value);
    }

    private static DataFieldDefinition Apply(
        Episode episode, ActivityInstance? current, ActivityInstanceDestination? destination, in FieldWrite write)
    {
        if (write.Scope is FieldScope.Process)
        {
            var field = episode.Definition.FieldArray[write.Ordinal];
            episode.Process.Set(write.Ordinal, write.Value, field.IsSearchable);
            foreach (var reader in episode.Definition.Milestones?.ReadersOf(write.Ordinal) ?? [])
            {
                episode.Process.WaitsFor(episode.Definition.Groups).AskMilestone(reader);
            }

            return field;
        }

        var activity = episode.DefinitionOf(current!);
        if (write.Scope is FieldScope.Activity)
        {
            current!.Set(write.Ordinal, write.Value);
            if (episode.Definition.Milestones?.ReadsOwn(current.Ordinal, write.Ordinal) is true)
            {
                episode.Process.WaitsFor(episode.Definition.Groups).AskMilestone(current.Ordinal);
            }

            return activity.SharedFields[write.Ordinal];
        }

        destination!.Set(write.Ordinal, write.Value);
        return activity.OwnFields[write.Ordinal];
    }
}
