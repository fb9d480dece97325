using System.Reflection;
using Microsoft.Extensions.Logging;
using Workflow.Core.Client;

namespace Workflow.Core.Tests.Architecture;

/// <summary>Operators filter the log by event ids.</summary>
[TestFixture]
public sealed class EventIdTests
{
    [Test]
    public void Each_message_of_the_log_has_an_event_id_of_its_own()
    {
        var ids = typeof(WorkflowEngine).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .SelectMany(method => method.GetCustomAttributes<LoggerMessageAttribute>().Select(message => (message.EventId, method.Name)))
            .ToList();

        ids.Count.ShouldBeGreaterThan(10);
        ids.GroupBy(id => id.EventId).Where(group => group.Count() > 1).Select(group => string.Join(", ", group)).ShouldBeEmpty();
    }
}
