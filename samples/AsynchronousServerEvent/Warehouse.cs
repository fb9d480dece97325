using Workflow.Core;

namespace AsynchronousServerEvent;

/// <summary>The outside system: it takes orders, each with the serial number under which it has to report back.</summary>
internal sealed class Warehouse
{
    private readonly List<(string Supplier, SerialNumber Serial)> _orders = [];

    public IReadOnlyList<(string Supplier, SerialNumber Serial)> Orders => _orders;

    public void Order(string supplier, SerialNumber serial)
    {
        Console.WriteLine($"Ordered from {supplier}; it is to be finished as {serial}.");
        _orders.Add((supplier, serial));
    }
}
