using Workflow.Core;

namespace Expenses;

/// <summary>The outside system: it takes orders, each under the serial number by which it has to report that it has paid. An order that comes again is the
/// same order.</summary>
public sealed class Bank
{
    private readonly SortedDictionary<SerialNumber, decimal> _orders = [];

    public IReadOnlyDictionary<SerialNumber, decimal> Orders => _orders;

    public void Order(SerialNumber serial, decimal amount) => _orders[serial] = amount;

    public void Paid(SerialNumber serial) => _orders.Remove(serial);
}
