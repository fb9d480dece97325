namespace Workflow.Core.Instances;

/// <content>The rest of the destinations, which goes on when the succeeding rule is true (statement 13.1l).</content>
public sealed partial class ActivityInstance
{
    /// <summary>Whether its succeeding rule was true and its lines were asked, while the rest of its destinations goes on (statement 13.1l). It stays active
    /// until the rest has ended, and follows no line then.</summary>
    public bool IsRestGoingOn => Status is ActivityInstanceStatus.Active && Rest is not RestStatus.None;

    /// <summary>How far it is with its lines, where the rest of its destinations goes on.</summary>
    internal RestStatus Rest { get; private set; }

    /// <summary>Its succeeding rule is true, and the rest of its destinations goes on.</summary>
    /// <param name="by">The destination whose completion made the rule true (statement 11.7).</param>
    internal void KeepRest(ActivityInstanceDestination by)
    {
        Invariant.Holds(Status is ActivityInstanceStatus.Active && Rest is RestStatus.None && ActiveDestinations > 0);
        (CompletedBy, Rest) = (by, RestStatus.Leaving);
        Touch();
    }

    /// <summary>All its lines have been asked, and nothing reads any more which destination made the rule true.</summary>
    internal void HasLeft()
    {
        Invariant.Holds(Rest is RestStatus.Leaving);
        (CompletedBy, Rest) = (null, RestStatus.Left);
        Touch();
    }

    /// <summary>Puts back what was stored.</summary>
    internal void Restore(RestStatus rest) => Rest = rest;
}
