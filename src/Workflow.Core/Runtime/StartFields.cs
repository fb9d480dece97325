using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Runtime;

/// <summary>The process fields of an instance that starts (statements 7.8 and 11.2).</summary>
internal static class StartFields
{
    /// <summary>The fields with the values that the instance gets.</summary>
    /// <exception cref="DataFieldException">A field does not exist, has another type, or is required and missing.</exception>
    public static DataFields Of(ProcessDefinition definition, IReadOnlyList<FieldChange> values)
    {
        var fields = new DataFields(definition.ProcessFields);
        foreach (var change in values)
        {
            var write = FieldWrite.Resolve(definition.ProcessFields, change);
            fields.Set(write.Ordinal, write.Value);
        }

        foreach (var ordinal in definition.RequiredAtStart)
        {
            if (fields[ordinal].IsNull)
            {
                throw DataFieldException.MissingAtStart(definition.ProcessFields.Names[ordinal], definition.Name);
            }
        }

        return fields;
    }

    /// <summary>Checks that the fields which are to be received of a sub-process are there, in the types of the fields that receive them.</summary>
    /// <exception cref="DataFieldException">A field does not exist.</exception>
    /// <exception cref="SubProcessRefusedException">A field has another type.</exception>
    public static void CheckReceived(ProcessDefinition definition, IReadOnlyList<ReceivedField> received)
    {
        var table = definition.ProcessFields;
        foreach (var item in received)
        {
            var ordinal = table.OrdinalOf(item.Field);
            if (ordinal < 0)
            {
                throw DataFieldException.Unknown(item.Field, table);
            }

            if (table.Shapes[ordinal] != item.Shape)
            {
                throw SubProcessRefusedException.OfType(definition.Name, item.Field, table.Shapes[ordinal], item.Shape);
            }
        }
    }
}
