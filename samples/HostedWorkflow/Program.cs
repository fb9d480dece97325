using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orders;
using Workflow.Core.Persistence;
using Workflow.Core.Relational;

// A workflow engine in a host: orders are packed, sent and delivered, and the host ends by itself. Stop it with Ctrl+C or SIGTERM whenever you like, and start
// it again with --file orders.db: it goes on where it was. Without --file the orders are kept for this run only.
var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
var file = builder.Configuration["file"] ?? Path.Combine(Directory.CreateTempSubdirectory("orders-").FullName, "orders.db");

// The needs of the process: a service of the host, and the store. The container stops the engine before it closes the store.
builder.Services.AddSingleton(new ParcelService(file + ".parcels"));
builder.Services.AddSingleton<IProcessStore>(_ => RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, file));
builder.Services.AddProcess(provider => OrderProcess.Define(provider.GetRequiredService<ParcelService>()));
builder.Services.AddWorkflowEngine((_, options) =>
{
    options.TakesUpWork = false;                            // The pump says when.
    options.PollInterval = TimeSpan.FromMilliseconds(100);
});

// They are started in this order, and stopped in the opposite one.
builder.Services.AddHostedService<WorkflowPump>();
builder.Services.AddHostedService<Deliveries>();
builder.Services.AddHostedService<Shop>();
builder.Services.AddSingleton<DbDataSource>(_ => SqliteFactory.Instance.CreateDataSource($"Data Source={file};Pooling=False"));

await builder.Build().RunAsync();
