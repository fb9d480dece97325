namespace Workflow.Core.Contexts;

/// <summary>The requests of code besides its writes.</summary>
internal sealed class CodeRequests
{
    /// <summary>The folio that it has set (statement 13.11); null for none.</summary>
    public string? Folio { get; set; }

    /// <summary>The one other thing that it has asked for; null for nothing.</summary>
    public CodeRequest? Other { get; set; }
}
