using Workflow.Core.Formats;

namespace Workflow.Core.Definitions;

/// <summary>A goto as canonical text.</summary>
internal static class GotoText
{
    public static TextTree Of(GotoRequest request)
    {
        var expiring = request.Expiring;
        var parts = new List<TextTree>
        {
            new(expiring.Activity is { } activity ? $"expiring {expiring.Words} {ExactText.Quoted(activity)}" : $"expiring {expiring.Words}"),
        };
        if (request.IfActive is not ActiveTarget.Again)
        {
            parts.Add(new TextTree($"if active: {request.IfActive}"));
        }

        return new TextTree($"go to {ExactText.Quoted(request.Activity)}", parts);
    }
}
