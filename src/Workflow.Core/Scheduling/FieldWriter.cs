using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Scheduling;

/// <summary>Writes data fields and records what the definition wants audited (statement 11.3).</summary>
internal static class FieldWriter
{
    /// <summary>Applies the writes of an event's code.</summary>
    public static void Write(Episode episode, ServerEventContext context)
    {
        for (var index = 0; index < context.WriteCount; index++)
        {
            Write(episode, context.Destination, context.WriteAt(index));
        }
    }

    public static void Write(Episode episode, ActivityInstanceDestination? destination, ReadOnlySpan<FieldWrite> writes)
    {
        foreach (ref readonly var write in writes)
        {
            Write(episode, destination, write);
        }
    }

    private static void Write(Episode episode, ActivityInstanceDestination? destination, in FieldWrite write)
    {
        var definition = Apply(episode, destination, write);
        if (!definition.KeepAudit)
        {
            return;
        }

        episode.Journal.AddFieldChange(
            episode.Now,
            write.Scope is FieldScope.Process ? 0 : destination!.Activity.Id,
            write.Scope is FieldScope.Destination ? destination!.Id : 0,
            definition.Name,
            write.Value);
    }

    private static DataFieldDefinition Apply(Episode episode, ActivityInstanceDestination? destination, in FieldWrite write)
    {
        if (write.Scope is FieldScope.Process)
        {
            var field = episode.Definition.FieldArray[write.Ordinal];
            episode.Process.Set(write.Ordinal, write.Value, field.IsSearchable);
            return field;
        }

        var activity = episode.DefinitionOf(destination!.Activity);
        if (write.Scope is FieldScope.Activity)
        {
            destination.Activity.Set(write.Ordinal, write.Value);
            return activity.SharedFields[write.Ordinal];
        }

        destination.Set(write.Ordinal, write.Value);
        return activity.OwnFields[write.Ordinal];
    }
}
