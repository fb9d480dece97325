namespace Workflow.Core.Rules;

/// <summary>The things that a named predicate may look at. The compiler prevents that it is kept, captured or used after waiting. So a rule remains a question
/// to the present instance.</summary>
public readonly ref struct RuleContext
{
    private readonly RuleScope _scope;

    internal RuleContext(in RuleScope scope) => _scope = scope;

    /// <summary>The folio of the process instance; may be empty.</summary>
    public string Folio => _scope.Process.Folio;

    /// <summary>The text that the caller who started the process instance has attached, for example a tenant; null for none (statement 13.13).</summary>
    public string? AttachedText => _scope.Process.AttachedText;

    /// <summary>The user who started the process instance.</summary>
    public string Originator => _scope.Process.Originator;

    /// <summary>The value of a field. Inside a slot function, destination fields are those of the answer that is looked at.</summary>
    /// <typeparam name="T">The type of the field.</typeparam>
    /// <param name="field">A field that is visible at the place of the rule.</param>
    /// <returns>The value.</returns>
    /// <exception cref="DataFieldException">The field does not exist here, is of another type, or has no value (statements 11.1 and 11.6).</exception>
    public T Get<T>(Field<T> field) => FieldsFor(field).Get(field);

    /// <summary>The value of a field that may have none.</summary>
    /// <typeparam name="T">The type of the field.</typeparam>
    /// <param name="field">A field that is visible at the place of the rule.</param>
    /// <param name="value">The value, when there is one.</param>
    /// <returns>Whether the field has a value.</returns>
    /// <exception cref="DataFieldException">The field does not exist here or is of another type (statements 11.1 and 11.6).</exception>
    public bool TryGet<T>(Field<T> field, out T value) => FieldsFor(field).TryGet(field, out value);

    private DataFields FieldsFor<T>(Field<T> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return _scope.FindFields(field.Scope)
            ?? throw DataFieldException.Unknown(field.Name, "the place where this rule is asked", _scope.Process.Fields.Names);
    }
}
