using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>The request of an administrator on a process instance as a whole.</summary>
internal sealed class ManagementCommand(ManagementCommands commands, ProcessInstanceId processInstance, ManagementRequest request, string? reason)
    : RightCommand(commands.Access, Operation.ManageInstance, processInstance)
{
    private ManagementRequest _request = request;
    private ProcessDefinition? _target;
    private string _definition = "";
    private bool _isRead = request is { TargetVersion: null } and not ManagementRequest.GoTo { IsSentBack: true };

    public override bool ComesBetweenCalls => true;

    public override ProcessDefinition? Target => _target;

    /// <summary>The error that the command has left; null for none, and where the command was carried out before.</summary>
    public ProcessError? Error { get; private set; }

    public override void TakeView(ResidentInstance instance) => Error = instance.Process.Error;

    /// <summary>Reads what the request needs to know: the version that the instance gets, or whether it has run an activity to which it is sent back.</summary>
    /// <param name="definition">The name of the definition of the instance.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="ProcessDefinitionNotFoundException">The version is not deployed here, or was removed.</exception>
    public async ValueTask ReadAsync(string definition, CancellationToken cancellation)
    {
        if (_request.TargetVersion is { } version)
        {
            _target = await commands.TargetAsync(definition, version, cancellation).ConfigureAwait(false);
        }

        if (_request is ManagementRequest.GoTo { IsSentBack: true } back)
        {
            _request = back with { HasRun = await commands.Host.Reader.HasRunAsync(Instance, back.Request.Activity, cancellation).ConfigureAwait(false) };
        }

        _isRead = true;
    }

    /// <summary>An instance that was not stored yet when the command was sent could not be asked about.</summary>
    protected override PreparedInput Prepare(ProcessInstance process)
    {
        _definition = process.Definition;
        return _isRead ? new Input.OfManagement(commands.Administrator, _request, reason) { Target = _target } : PreparedInput.AskFirst;
    }

    protected override ValueTask AskMoreAsync(CancellationToken cancellation) => ReadAsync(_definition, cancellation);
}
