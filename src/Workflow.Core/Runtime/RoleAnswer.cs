namespace Workflow.Core.Runtime;

/// <summary>The answer of the resolver for one role or group.</summary>
/// <param name="IsKnown">Whether it is known.</param>
/// <param name="Few">The members where there are few; null where there are many, and where it is not known.</param>
internal readonly record struct RoleAnswer(bool IsKnown, IReadOnlyList<string>? Few)
{
    /// <summary>Many members are not kept: hardly any activity leaves out so many.</summary>
    private const int MostKept = 16;

    /// <summary>Reads an answer, which is the host's code.</summary>
    public static RoleAnswer Of(IReadOnlyDictionary<Destination, IReadOnlyList<string>> answer, Destination role) =>
        answer.TryGetValue(role, out var members)
            ? new RoleAnswer(IsKnown: true, members is { Count: <= MostKept } ? [.. members.OfType<string>()] : null)
            : default;

    /// <summary>Whether somebody may act through the role, regardless of the excluded users.</summary>
    public bool HasMoreThan(int leftOut) => IsKnown && (Few is null || Few.Count > leftOut);
}
