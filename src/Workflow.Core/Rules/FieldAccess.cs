namespace Workflow.Core.Rules;

/// <summary>Reads data fields by the field instead of by its name, so that the compiler knows the type.</summary>
public static class FieldAccess
{
    /// <summary>The value of a field.</summary>
    /// <typeparam name="T">The type of the field.</typeparam>
    /// <param name="fields">The values.</param>
    /// <param name="field">The field.</param>
    /// <returns>The value.</returns>
    /// <exception cref="DataFieldException">There is no such field among them, it is of another type, or it has no value (statements 11.1 and
    /// 11.6).</exception>
    public static T Get<T>(this DataFields fields, Field<T> field) =>
        TryGet(fields, field, out var value) ? value : throw DataFieldException.NoValue(field.Name);

    /// <summary>The value of a field that may have none.</summary>
    /// <typeparam name="T">The type of the field.</typeparam>
    /// <param name="fields">The values.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">The value, when there is one.</param>
    /// <returns>Whether the field has a value.</returns>
    /// <exception cref="DataFieldException">There is no such field among them, or it is of another type (statements 11.1 and 11.6).</exception>
    public static bool TryGet<T>(this DataFields fields, Field<T> field, out T value)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(field);
        var table = fields.Table;
        var ordinal = table.OrdinalOf(field.Name);
        if (ordinal < 0)
        {
            throw DataFieldException.Unknown(field.Name, table);
        }

        return table.Shapes[ordinal] == field.Shape
            ? fields[ordinal].TryGet(out value)
            : throw DataFieldException.WrongType(field.Name, table.Shapes[ordinal].ToString(), field.Shape.ToString());
    }
}
