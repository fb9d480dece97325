namespace Workflow.Core.Tests.Support;

/// <summary>Marks tests that take long. The short command of README.md leaves them out; the long one runs them, and no others. There is no other category, so
/// each test is in one of the two.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = false)]
internal sealed class ExhaustiveAttribute() : CategoryAttribute(Category)
{
    /// <summary>The name of the category, for single cases of a test or a fixture.</summary>
    public const string Category = "Exhaustive";
}
