using System.Globalization;
using Workflow.Core;

namespace Expenses;

/// <summary>The outside system, with a book of its own that outlives this program. A caller that orders gives a key: an order that comes again under the same
/// key is the same order. It reports what it has paid by the serial number that came with the order.</summary>
/// <param name="file">The book: a line for each time that something was ordered, and one for what is done with.</param>
public sealed class Bank(string file)
{
    private readonly Lock _lock = new();

    /// <summary>The orders that are not done with, in the order in which they came.</summary>
    public IReadOnlyList<TransferOrder> Unpaid
    {
        get
        {
            var lines = Book;
            var done = lines.Where(line => line[0] == "paid").Select(line => line[1]).ToHashSet(StringComparer.Ordinal);
            return
            [
                .. Orders(lines).Where(order => !done.Contains(order.Key)).DistinctBy(order => order.Key),
            ];
        }
    }

    /// <summary>Every order that came, as often as it came.</summary>
    public IReadOnlyList<TransferOrder> Orders() => [.. Orders(Book)];

    private string[][] Book
    {
        get
        {
            lock (_lock)
            {
                return File.Exists(file) ? [.. File.ReadLines(file).Select(line => line.Split(' '))] : [];
            }
        }
    }

    public void Order(string key, SerialNumber serial, decimal amount) =>
        Write(string.Create(CultureInfo.InvariantCulture, $"ordered {key} {serial} {amount}"));

    public void Paid(TransferOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        Write($"paid {order.Key}");
    }

    private static IEnumerable<TransferOrder> Orders(string[][] lines) => lines
        .Where(line => line[0] == "ordered")
        .Select(line => new TransferOrder(line[1], SerialNumber.Parse(line[2]), decimal.Parse(line[3], CultureInfo.InvariantCulture)));

    private void Write(string line)
    {
        lock (_lock)
        {
            File.AppendAllText(file, line + "\n");
        }
    }
}
