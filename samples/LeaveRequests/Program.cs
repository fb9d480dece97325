using System.Text.Json.Serialization;
using LeaveRequests;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Workflow.Core.Destinations;
using Workflow.Core.Persistence;
using Workflow.Core.Relational;

// A web application for leave requests. Its tables and those of the engine are in one file: --file leave.db keeps it. Say who you are in the header X-User:
// dora asks for leave (POST /leaves), ann has the task (GET /tasks).
var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
var file = builder.Configuration["file"] ?? Path.Combine(Directory.CreateTempSubdirectory("leave-").FullName, "leave.db");

builder.Services.AddDbContext<Office>(options => options.UseSqlite($"Data Source={file};Pooling=False"));
builder.Services.AddScoped<IDestinationResolver, Managers>();
builder.Services.AddSingleton<IProcessStore>(_ => RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, file));
builder.Services.AddProcess(_ => LeaveProcess.Definition);
builder.Services.AddWorkflowEngine((_, options) =>
{
    options.TakesUpWork = false;                            // The pump says when.
    options.PollInterval = TimeSpan.FromMilliseconds(100);
    options.TellsOtherHosts = true;                         // so that /news tells of what begins in a transaction of the office, too
});
builder.Services.AddHostedService<WorkflowPump>();
builder.Services.AddExceptionHandler<Refusals>();
builder.Services.AddProblemDetails();
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));

await using var app = builder.Build();
await using (var scope = app.Services.CreateAsyncScope())
{
    await scope.ServiceProvider.GetRequiredService<Office>().Database.EnsureCreatedAsync();
}

app.UseExceptionHandler();
app.MapLeaves();
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Leave requests are taken at {app.Urls.First()}."));
await app.RunAsync();
