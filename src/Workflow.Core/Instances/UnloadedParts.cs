namespace Workflow.Core.Instances;

/// <summary>The parts of an instance that are not loaded, where a turn has only those of one task (statement 14.6).</summary>
/// <param name="activities">How many activity instances.</param>
/// <param name="sum">The sum over their numbers.</param>
/// <param name="actors">Whether it is stored who has acted where.</param>
internal sealed class UnloadedParts(int activities, ulong sum, bool actors)
{
    /// <summary>How many activity instances are not loaded.</summary>
    public int Activities { get; } = activities;

    /// <summary>The sum over their numbers.</summary>
    public ulong Sum { get; } = sum;

    /// <summary>Whether it is stored who has acted where, and not loaded.</summary>
    public bool Actors { get; } = actors;

    /// <summary>Whether one of them was asked for. Then nothing holds that was worked out since, even if somebody has caught the exception.</summary>
    public bool AreWanted { get; private set; }

    /// <summary>One of them is asked for.</summary>
    /// <returns>The exception to throw.</returns>
    public PartNotLoadedException Want()
    {
        AreWanted = true;
        return new PartNotLoadedException();
    }
}
