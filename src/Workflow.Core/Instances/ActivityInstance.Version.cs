namespace Workflow.Core.Instances;

/// <content>The change of the definition under an activity instance.</content>
public sealed partial class ActivityInstance
{
    /// <summary>Whether it has found its destinations by a plan that follows roles (statement 4.9).</summary>
    internal bool FollowsRoles => _planning is { Followed: not null };

    /// <summary>Goes on as an activity of another version. Its plan, its slots and its destinations stay (statement 8.8b).</summary>
    /// <param name="name">The name of the activity there.</param>
    /// <param name="ordinal">Its position there.</param>
    /// <param name="line">The name there of the line that led here; null after a goto.</param>
    /// <param name="fields">The activity fields, as that version has them.</param>
    internal void ChangeVersion(string name, int ordinal, string? line, DataFields fields)
    {
        (Name, Ordinal, Fields) = (name, ordinal, fields);
        _line = line is null ? _line : _line with { Name = line };

        // The answers may have other names, so they are counted again when a rule asks.
        _destinations.Several?.Answers = null;
        Touch();
    }
}
