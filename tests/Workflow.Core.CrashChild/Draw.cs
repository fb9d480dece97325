namespace Workflow.Core.CrashChild;

/// <summary>Numbers that come again with the same seed.</summary>
internal sealed class Draw(int seed)
{
    private readonly Random _random = new(seed);

#pragma warning disable CA5394 // Nothing secret is drawn.
    /// <returns>A number from zero on.</returns>
    public int Below(int limit) => _random.Next(limit);
#pragma warning restore CA5394
}
