namespace Workflow.Core;

/// <inheritdoc/>
internal sealed class SerialNumberJsonConverter : TextJsonConverter<SerialNumber>
{
    protected override string TextOf(SerialNumber value) => value.ToString();
}
