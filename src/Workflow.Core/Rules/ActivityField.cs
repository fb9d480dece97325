namespace Workflow.Core.Rules;

/// <summary>A field of an activity instance: one value, which all its destinations share. It can be seen inside that activity and by its outgoing lines
/// (statement 11.1).</summary>
/// <typeparam name="T">The type of its value; see <see cref="Field{T}"/>.</typeparam>
public sealed class ActivityField<T> : Field<T>
{
    /// <summary>A field that has no value at first.</summary>
    /// <param name="name">The name; 1 to 256 characters, none of them a control character.</param>
    /// <exception cref="ArgumentException">The name cannot be one.</exception>
    /// <exception cref="NotSupportedException">A field cannot hold this C# type (statement 11.2).</exception>
    public ActivityField(string name)
        : base(name, FieldScope.Activity, FieldValue.Null)
    {
    }

    /// <summary>A field with a value to start with (statement 11.2).</summary>
    /// <param name="name">The name; 1 to 256 characters, none of them a control character.</param>
    /// <param name="initial">The value it starts with.</param>
    /// <exception cref="ArgumentException">The name cannot be one.</exception>
    /// <exception cref="NotSupportedException">A field cannot hold this C# type (statement 11.2).</exception>
    public ActivityField(string name, T initial)
        : base(name, FieldScope.Activity, FieldValue.From(initial))
    {
    }
}
