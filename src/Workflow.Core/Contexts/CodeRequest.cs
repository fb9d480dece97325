namespace Workflow.Core.Contexts;

/// <summary>The one thing that code may ask for beside its writes (statement 10.10c).</summary>
internal abstract record CodeRequest
{
    private CodeRequest()
    {
    }

    /// <summary>The server event waits for an outside system (statement 7.1).</summary>
    public sealed record Wait(string? CorrelationKey) : CodeRequest
    {
        public static readonly Wait WithoutKey = new(CorrelationKey: null);
    }

    /// <summary>The process instance goes to an activity (statement 10.10).</summary>
    public sealed record GoTo(GotoRequest Request) : CodeRequest;

    /// <summary>The activity ends as Expired (statements 6.8 and 7.5).</summary>
    public sealed record ExpireActivity : CodeRequest
    {
        public static readonly ExpireActivity Own = new();
    }
}
