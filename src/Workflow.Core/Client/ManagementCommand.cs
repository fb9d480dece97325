using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>The request of an administrator on a process instance as a whole.</summary>
internal sealed class ManagementCommand(ManagementCommands commands, ProcessInstanceId processInstance, ManagementRequest request, string? reason)
    : RightCommand(commands.Access, Operation.ManageInstance, processInstance)
{
    private ProcessDefinition? _target;
    private string _definition = "";
    private bool _isRead = request.TargetVersion is null;
    private IReadOnlyList<string> _unknown = [];

    /// <summary>The request, with what was read for it.</summary>
    public ManagementRequest Request { get; private set; } = request;

    public override bool ComesBetweenCalls => true;

    public override ProcessDefinition? Target => _target;

    /// <summary>The error that the command has left; null for none, and where the command was carried out before.</summary>
    public ProcessError? Error { get; private set; }

    public override void TakeView(ResidentInstance instance) => Error = instance.Process.Error;

    /// <summary>Reads what the request needs to know: the version that the instance gets.</summary>
    /// <param name="definition">The name of the definition of the instance.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="ProcessDefinitionNotFoundException">The version is not deployed here, or was removed.</exception>
    public async ValueTask ReadAsync(string definition, CancellationToken cancellation)
    {
        if (Request.TargetVersion is { } version)
        {
            _target = await commands.TargetAsync(definition, version, cancellation).ConfigureAwait(false);
        }

        _isRead = true;
    }

    /// <summary>The instance is sent back to an activity that has run, or has not.</summary>
    public void SetHasRun(ManagementRequest.GoTo back, bool hasRun) => Request = back with { HasRun = hasRun };

    /// <summary>An instance that was not stored yet when the command was sent could not be asked about. Nor is it known before whose roles count.</summary>
    protected override PreparedInput Prepare(ProcessInstance process)
    {
        _definition = process.Definition;
        _unknown = Request is ManagementRequest.AddDestinations { Memberships: null } add ? add.WhoseRolesCount(process) : [];
        return _isRead && _unknown.Count == 0
            ? new Input.OfManagement(commands.Administrator, Request, reason) { Target = _target }
            : AskFirst(process);
    }

    protected override async ValueTask AskMoreAsync(CancellationToken cancellation)
    {
        if (!_isRead)
        {
            await ReadAsync(_definition, cancellation).ConfigureAwait(false);
        }

        if (_unknown.Count > 0)
        {
            Request = (ManagementRequest.AddDestinations)Request with
            {
                Memberships = await commands.Representation.MembershipsAsync(_unknown, known: null, cancellation).ConfigureAwait(false),
            };
        }
    }
}
