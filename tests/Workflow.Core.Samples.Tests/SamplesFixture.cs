using Workflow.Core.Relational.Tests.Databases;

namespace Workflow.Core.Samples.Tests;

/// <summary>Stops the server of PostgreSQL that a test may have started.</summary>
[SetUpFixture]
internal sealed class SamplesFixture
{
    [OneTimeTearDown]
    public void Stop() => PostgreSqlServer.Stop();
}
