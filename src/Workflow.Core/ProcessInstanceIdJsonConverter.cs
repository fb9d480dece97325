namespace Workflow.Core;

/// <inheritdoc/>
internal sealed class ProcessInstanceIdJsonConverter : TextJsonConverter<ProcessInstanceId>
{
    protected override string TextOf(ProcessInstanceId value) => value.ToString();
}
