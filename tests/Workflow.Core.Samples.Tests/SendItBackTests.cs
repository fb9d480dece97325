using SendItBack;

namespace Workflow.Core.Samples.Tests;

/// <summary>The sample tells how a contract is sent back, handed over, stopped, retried and withdrawn.</summary>
[TestFixture]
internal sealed class SendItBackTests
{
    [Test]
    public async Task It_tells_who_did_what_and_why()
    {
        var lines = new List<string>();
        await foreach (var line in Story.TellAsync())
        {
            lines.Add(line);
        }

        lines.ShouldBe(
        [
            "The first contract is registered in the end:",
            "  Mon 08:00  sent back to Draft by ann: The price is missing.",
            "  Mon 08:00  reassigned Review the draft by boss: Ann is ill.",
            "  Mon 08:00  stopped Contract by boss: The lawyers are asked.",
            "  Tue 08:00  resumed Contract by boss: They agree.",
            "  Tue 08:00  failed, and is called again: Enter it in the registry: 2026-01-06 08:10:00Z",
            "  Tue 08:10  failed, and is called again: Enter it in the registry: 2026-01-06 08:20:00Z",
            "  Tue 08:20  in Error: server event 'Enter it in the registry' of 'Register': the registry does not answer",
            "  Tue 08:30  retried server event 'Enter it in the registry' of 'Register' by boss: The registry is up again.",
            "  Tue 08:30  not done: server event 'Mail a copy' of 'Register': passed over by the exception rule of event 'Mail a copy': no mail server",
            "  Tue 08:30  completed Contract",
            "The second one is withdrawn:",
            "  Tue 08:30  withdrawn, to Cancelled by dora: The customer has changed their mind.",
            "  Tue 08:30  completed Contract",
        ]);
    }
}
