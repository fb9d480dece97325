using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>A list field from which slots get their instance data (statement 4.7).</summary>
/// <param name="List">The field.</param>
/// <param name="Ordinal">Its position among the fields of its scope; -1 until it is bound.</param>
internal sealed record ListSource(Field List, int Ordinal = -1)
{
    public ListSource Bind(RuleBinder binder) => this with { Ordinal = binder.Locate(List) };

    public FieldValue Read(in RuleScope scope) => scope.FieldsOf(List.Scope)[Ordinal];
}
