using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Contexts;

/// <summary>A write to a data field that has been found and fits.</summary>
internal readonly record struct FieldWrite(FieldScope Scope, int Ordinal, FieldValue Value)
{
    /// <summary>Finds the fields that a caller named: the destination's first, then the activity's, then the process's.</summary>
    /// <exception cref="DataFieldException">A field does not exist, or the value has another type (statements 11.1, 11.6).</exception>
    public static FieldWrite[] Resolve(ActivityInstanceDestination destination, IReadOnlyList<FieldChange> changes)
    {
        if (changes.Count == 0)
        {
            return [];
        }

        var writes = new FieldWrite[changes.Count];
        for (var index = 0; index < writes.Length; index++)
        {
            writes[index] = Resolve(destination, changes[index]);
        }

        return writes;
    }

    /// <summary>Finds the field that a caller named: the destination's first, then the activity's, then the process's.</summary>
    /// <exception cref="DataFieldException">The field does not exist, or the value has another type (statements 11.1, 11.6).</exception>
    public static FieldWrite Resolve(ActivityInstanceDestination destination, in FieldChange change) =>
        Resolve(destination.Activity.Process, destination.Activity, destination, change);

    /// <summary>Finds the field that code named, which may have no destination or no activity.</summary>
    /// <exception cref="DataFieldException">The field does not exist, or the value has another type (statements 11.1, 11.6).</exception>
    public static FieldWrite Resolve(
        ProcessInstance process, ActivityInstance? activity, ActivityInstanceDestination? destination, in FieldChange change) =>
        (destination is null ? null : TryResolve(destination.Fields.Table, FieldScope.Destination, change))
        ?? (activity is null ? null : TryResolve(activity.Fields.Table, FieldScope.Activity, change))
        ?? TryResolve(process.Fields.Table, FieldScope.Process, change)
        ?? throw Unknown(process, activity, destination, change.Name);

    /// <summary>Makes sure that a value fits an activity of which nothing may be active yet.</summary>
    /// <exception cref="DataFieldException">The field does not exist, or the value has another type (statements 11.1, 11.6).</exception>
    public static void Check(FieldTable own, FieldTable shared, FieldTable all, in FieldChange change)
    {
        _ = TryResolve(own, FieldScope.Destination, change)
            ?? TryResolve(shared, FieldScope.Activity, change)
            ?? TryResolve(all, FieldScope.Process, change)
            ?? throw DataFieldException.Unknown(change.Name, $"{shared.Owner} or {all.Owner}", [.. own.Names, .. shared.Names, .. all.Names]);
    }

    /// <summary>Finds a process field that a caller named.</summary>
    /// <exception cref="DataFieldException">The field does not exist, or the value has another type (statements 11.1, 11.6).</exception>
    public static FieldWrite Resolve(FieldTable processFields, in FieldChange change) =>
        TryResolve(processFields, FieldScope.Process, change) ?? throw DataFieldException.Unknown(change.Name, processFields);

    /// <exception cref="DataFieldException">The value is too large for a data field.</exception>
    public static void RefuseSize(string field, in FieldValue value)
    {
        if (FieldSize.IsTooLarge(value))
        {
            throw DataFieldException.TooLarge(field);
        }
    }

    private static DataFieldException Unknown(
        ProcessInstance process, ActivityInstance? activity, ActivityInstanceDestination? destination, string name)
    {
        var (own, shared, all) = (destination?.Fields.Table, activity?.Fields.Table, process.Fields.Table);
        return DataFieldException.Unknown(
            name, shared is null ? all.Owner : $"{shared.Owner} or {all.Owner}", [.. own?.Names ?? [], .. shared?.Names ?? [], .. all.Names]);
    }

    private static FieldWrite? TryResolve(FieldTable table, FieldScope scope, in FieldChange change)
    {
        var ordinal = table.OrdinalOf(change.Name);
        if (ordinal < 0)
        {
            return null;
        }

        RefuseSize(change.Name, change.Value);
        return change.Value.Fits(table.Shapes[ordinal])
            ? new FieldWrite(scope, ordinal, change.Value)
            : throw DataFieldException.WrongType(
                change.Name, table.Shapes[ordinal].ToString(), new FieldShape(change.Value.Type, change.Value.IsList).ToString());
    }
}
