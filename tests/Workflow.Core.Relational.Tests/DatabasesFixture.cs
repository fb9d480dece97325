namespace Workflow.Core.Relational.Tests;

/// <summary>Readies the driver of SQLite, and stops the server of PostgreSQL that a test may have started.</summary>
[SetUpFixture]
internal sealed class DatabasesFixture
{
    [OneTimeSetUp]
    public void Ready() => SQLitePCL.Batteries_V2.Init();

    [OneTimeTearDown]
    public void Stop() => PostgreSqlServer.Stop();
}
