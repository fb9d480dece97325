using Workflow.Core.Records;

namespace Workflow.Core.Rules;

/// <summary>A field of the process instance: one value, from its start to its end (statement 11.1).</summary>
/// <typeparam name="T">The type of its value; see <see cref="Field{T}"/>.</typeparam>
public sealed class ProcessField<T> : Field<T>
{
    /// <summary>A field that has no value at first.</summary>
    /// <param name="name">The name; 1 to 256 characters, none of them a control character.</param>
    /// <exception cref="ArgumentException">The name cannot be one.</exception>
    /// <exception cref="NotSupportedException">A field cannot hold this C# type (statement 11.2).</exception>
    public ProcessField(string name)
        : base(name, FieldScope.Process, FieldValue.Null)
    {
    }

    /// <summary>A field with a value to start with (statement 11.2).</summary>
    /// <param name="name">The name; 1 to 256 characters, none of them a control character.</param>
    /// <param name="initial">The value it starts with.</param>
    /// <exception cref="ArgumentException">The name cannot be one.</exception>
    /// <exception cref="NotSupportedException">A field cannot hold this C# type (statement 11.2).</exception>
    public ProcessField(string name, T initial)
        : base(name, FieldScope.Process, FieldValue.From(initial))
    {
    }

    /// <summary>The field with a value, to search process instances by (statement 13.10).</summary>
    /// <param name="value">The value that they have.</param>
    /// <returns>The pair to put into the fields of a query.</returns>
    /// <exception cref="InvalidOperationException">The field is not searchable.</exception>
    public IndexedField With(T value) => IsSearchable
        ? new IndexedField(Name, SearchText.Of(FieldValue.From(value)))
        : throw new InvalidOperationException($"'{Name}' is not searchable, so no instance is found by it. Declare the field with IsSearchable = true.");
}
