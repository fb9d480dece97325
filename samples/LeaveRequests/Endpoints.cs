using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Workflow.Core;
using Workflow.Core.Client;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace LeaveRequests;

/// <summary>The questions and commands of the pages.</summary>
internal static class Endpoints
{
    public static void MapLeaves(this IEndpointRouteBuilder app)
    {
        app.MapPost("/leaves", StartAsync);
        app.MapGet("/leaves", FindAsync);
        app.MapGet("/leaves/{id:long}", ViewAsync);
        app.MapGet("/leaves/{id:long}/history", HistoryAsync);
        app.MapGet("/tasks", ListAsync);
        app.MapGet("/tasks/count", CountAsync);
        app.MapGet("/tasks/everybody", CountOfEverybodyAsync);
        app.MapGet("/tasks/{serial}", FormAsync);
        app.MapPost("/tasks/{serial}/open", OpenAsync);
        app.MapPost("/tasks/{serial}/actions/{action}", ActAsync);
        app.MapGet("/tasks/{serial}/actions/{action}/may", MayActAsync);
        app.MapPost("/tasks/{serial}/redirect", RedirectAsync);
        app.MapGet("/tasks/{serial}/redirect/may", MayRedirectAsync);
        app.MapPost("/tasks/{serial}/release", ReleaseAsync);
        app.MapGet("/definitions", DefinitionsAsync);
        app.MapGet("/news", (WorkflowEngine engine, CancellationToken cancellation) =>
            TypedResults.ServerSentEvents(WatchAsync(engine, cancellation), "tasks"));
        app.MapGet("/mails", (Office office) => office.Mails.Select(mail => new { mail.To, mail.Text }).ToListAsync());
        app.MapGet("/employees", (Office office) => office.Employees.OrderBy(employee => employee.Name).ToListAsync());
    }

    /// <summary>The row of the office and the process are there together, or neither is: they share the transaction of the context.</summary>
    private static async Task<IResult> StartAsync(NewLeave leave, User user, Office office, WorkflowEngine engine, CancellationToken cancellation)
    {
        await using var transaction = await office.Database.BeginTransactionAsync(cancellation);
        var row = new Leave { Employee = user.Name, From = leave.From, Days = leave.Days };
        office.Leaves.Add(row);
        var process = await engine.Within(transaction.GetDbTransaction()).As(user.Name).StartAsync(
            LeaveProcess.Name,
            start => start
                .Folio($"Leave of {user.Name}, {leave.From:yyyy-MM-dd}")
                .Set(LeaveProcess.Employee, user.Name).Set(LeaveProcess.From, leave.From).Set(LeaveProcess.Days, leave.Days),
            cancellation);
        row.Process = process.Id.Value;
        await office.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return Results.Created($"/leaves/{process.Id}", new { process.Id });
    }

    private static async Task<IResult> FindAsync(string? folio, User user, WorkflowEngine engine, CancellationToken cancellation)
    {
        var query = new ProcessQuery { Definition = LeaveProcess.Name, FolioStart = folio, NewestFirst = true, Limit = 50 };
        var found = await engine.As(user.Name).FindProcessesAsync(query, cancellation);
        return Results.Ok(found.Select(leave => new { leave.Id, leave.Folio, leave.Status, leave.StartedAt }));
    }

    private static async Task<IResult> ViewAsync(long id, User user, WorkflowEngine engine, CancellationToken cancellation)
    {
        var connection = engine.As(user.Name);
        var leave = await connection.ReadAsync(new ProcessInstanceId(id), cancellation);
        var open = await connection.FindOpenAsync(leave.Id, cancellation);
        var activities = await connection.ReadActivitiesAsync(leave.Id, cancellation: cancellation);
        return Results.Ok(new
        {
            leave.Folio,
            leave.Status,
            Error = leave.Error?.Message,
            Open = open.Select(item => new { item.Serial, item.Activity, For = item.People.Select(entry => entry.Destination.Name) }),
            Done = activities.SelectMany(activity => activity.Answers).Select(answer => new { answer.Event, answer.User, answer.OnBehalfOf, answer.Action }),
        });
    }

    private static async Task<IResult> HistoryAsync(long id, User user, WorkflowEngine engine, CancellationToken cancellation)
    {
        var entries = await engine.As(user.Name).ReadTimelineAsync(new ProcessInstanceId(id), cancellation).ToListAsync(cancellation);
        return Results.Ok(entries.Select(entry => new { entry.Time, entry.Text }));
    }

    private static async Task<IResult> ListAsync(User user, WorkflowEngine engine, CancellationToken cancellation)
    {
        var tasks = await engine.As(user.Name).Worklist.ListAsync(cancellation: cancellation);
        return Results.Ok(tasks.Select(task => new { task.Serial, task.Folio, task.Activity, task.Event, task.Status }));
    }

    private static async Task<IResult> CountAsync(User user, WorkflowEngine engine, CancellationToken cancellation)
    {
        var counts = await engine.As(user.Name).Worklist.CountAsync(cancellation: cancellation);
        return Results.Ok(new { counts.Total.Count, counts.ByActivity });
    }

    private static async Task<IResult> CountOfEverybodyAsync(User user, WorkflowEngine engine, CancellationToken cancellation)
    {
        var counts = await engine.As(user.Name).ManageWorklists().CountAsync(cancellation: cancellation);
        return Results.Ok(counts.Select(count => new { Who = count.Who.Name, Tasks = count.Tasks.ToString() }));
    }

    /// <summary>The buttons of the form, each with the fields that it asks for.</summary>
    private static async Task<IResult> FormAsync(SerialNumber serial, User user, WorkflowEngine engine, CancellationToken cancellation)
    {
        var task = await engine.As(user.Name).Worklist.OpenAsync(serial, allocate: false, cancellation);
        var actions = task.Actions.Select(action => new { action.Name, Asks = action.Fields.Select(field => field.Name) });
        return Results.Ok(new { task.Serial, task.Folio, task.Event, Actions = actions });
    }

    /// <summary>Takes the task: nobody else of the role has it until it is put back.</summary>
    private static async Task<IResult> OpenAsync(SerialNumber serial, User user, WorkflowEngine engine, CancellationToken cancellation)
    {
        await engine.As(user.Name).Worklist.OpenAsync(serial, cancellation: cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> ActAsync(
        SerialNumber serial, string action, User user, WorkflowEngine engine, string? remark = null, CancellationToken cancellation = default)
    {
        await engine.As(user.Name).Worklist.ExecuteAsync(
            serial, action, answer => _ = remark is null ? answer : answer.Set(LeaveProcess.Remark, remark), cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> MayActAsync(SerialNumber serial, string action, User user, WorkflowEngine engine) =>
        Told(await engine.As(user.Name).MayAsync(asked => asked.Worklist.ExecuteAsync(serial, action)));

    private static async Task<IResult> RedirectAsync(
        SerialNumber serial, string to, User user, WorkflowEngine engine, CancellationToken cancellation)
    {
        await engine.As(user.Name).Worklist.RedirectAsync(serial, to, cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> MayRedirectAsync(SerialNumber serial, string to, User user, WorkflowEngine engine) =>
        Told(await engine.As(user.Name).MayAsync(asked => asked.Worklist.RedirectAsync(serial, to)));

    private static async Task<IResult> ReleaseAsync(SerialNumber serial, User user, WorkflowEngine engine, CancellationToken cancellation)
    {
        await engine.As(user.Name).Worklist.ReleaseAsync(serial, cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> DefinitionsAsync(User user, WorkflowEngine engine, CancellationToken cancellation) =>
        Results.Ok(await engine.As(user.Name).FindDefinitionsAsync(cancellation: cancellation));

    /// <summary>Tells a page to load its tasks again, and not what is in them: that the page asks for as its user.</summary>
    private static async IAsyncEnumerable<string> WatchAsync(WorkflowEngine engine, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var news in engine.WatchAsync(cancellation))
        {
            if (news is ProcessNews.LookAnew or ProcessNews.Changed { Tasks.Count: > 0 })
            {
                yield return "changed";
            }
        }
    }

    private static IResult Told(Permission permission) => Results.Ok(new { permission.IsAllowed, permission.Reason });
}

/// <summary>The request of an employee.</summary>
internal sealed record NewLeave(DateOnly From, int Days);
