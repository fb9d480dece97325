namespace Workflow.Core.Rules;

/// <summary>A field for what a user answers (statements 11.1 and 11.4). Each activity instance destination has its own value, and each completed slot a copy.
/// Slot functions look at these (statement 3.6).</summary>
/// <typeparam name="T">The type of its value; see <see cref="Field{T}"/>.</typeparam>
public sealed class DestinationField<T> : Field<T>
{
    /// <summary>A field that has no value at first.</summary>
    /// <param name="name">The name; 1 to 256 characters, none of them a control character.</param>
    /// <exception cref="ArgumentException">The name cannot be one.</exception>
    /// <exception cref="NotSupportedException">A field cannot hold this C# type (statement 11.2).</exception>
    public DestinationField(string name)
        : base(name, FieldScope.Destination, FieldValue.Null)
    {
    }

    /// <summary>A field with a value to start with (statement 11.2).</summary>
    /// <param name="name">The name; 1 to 256 characters, none of them a control character.</param>
    /// <param name="initial">The value it starts with.</param>
    /// <exception cref="ArgumentException">The name cannot be one.</exception>
    /// <exception cref="NotSupportedException">A field cannot hold this C# type (statement 11.2).</exception>
    public DestinationField(string name, T initial)
        : base(name, FieldScope.Destination, FieldValue.From(initial))
    {
    }
}
