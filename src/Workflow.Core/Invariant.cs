using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Workflow.Core;

/// <summary>The library's own assertion. It stays on in release: a broken invariant abandons the command and never the host.</summary>
internal static class Invariant
{
    /// <summary>Throws when the condition, which only a defect of the library can make false, is false.</summary>
    public static void Holds(
        [DoesNotReturnIf(false)] bool condition,
        [CallerArgumentExpression(nameof(condition))] string expression = "",
        [CallerMemberName] string member = "")
    {
        if (!condition)
        {
            throw new WorkflowInvariantException(member, expression);
        }
    }
}
