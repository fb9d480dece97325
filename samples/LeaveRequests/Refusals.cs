using Microsoft.AspNetCore.Diagnostics;
using Workflow.Core;
using Workflow.Core.Client;
using Workflow.Core.Runtime;

namespace LeaveRequests;

/// <summary>Answers with the sentence that the engine gives for a refusal.</summary>
internal sealed class Refusals : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        int? status = exception switch
        {
            WorkflowAccessDeniedException or WorklistAccessDeniedException or ActionNotAllowedException => StatusCodes.Status403Forbidden,
            WorklistItemNotFoundException or ProcessInstanceNotFoundException => StatusCodes.Status404NotFound,
            BadHttpRequestException bad => bad.StatusCode,
            ArgumentException or DataFieldException => StatusCodes.Status400BadRequest,
            WorkflowException => StatusCodes.Status409Conflict,
            _ => null,
        };
        if (status is null)
        {
            return false;
        }

        httpContext.Response.StatusCode = status.Value;
        await httpContext.Response.WriteAsJsonAsync(new { Reason = exception.Message }, cancellationToken);
        return true;
    }
}
