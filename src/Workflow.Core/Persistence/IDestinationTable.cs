namespace Workflow.Core.Persistence;

/// <summary>Users, roles and groups in a table. To ask whether one is among them costs little, however many they are.</summary>
internal interface IDestinationTable : ICollection<Destination>
{
    /// <summary>The same destinations as a table, which is made unless there is one.</summary>
    static ICollection<Destination> Of(IReadOnlyCollection<Destination> destinations) =>
        destinations as IDestinationTable ?? (ICollection<Destination>)destinations.ToHashSet();
}
