using Workflow.Core.Client;
using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Client;

[TestFixture]
internal sealed class FieldChangesTests
{
    /// <summary>The text is stored with idempotency keys. So a command that is repeated after an upgrade must result in the same text, whatever the stored form
    /// is then.</summary>
    [Test]
    [Statement("13.7")]
    public void The_text_of_field_changes_is_the_one_that_version_0_1_stored() => FieldChanges.Text(
    [
        new FieldChange("Amount", FieldValue.From(7)), new FieldChange("Note", FieldValue.From("ok")), new FieldChange("X", FieldValue.Null),
    ]).ShouldBe("AQEGQW1vdW50BQ4ETm90ZQcCb2sBWABfOeAs");
}
