namespace Orders;

/// <summary>The parcel service has a book of its own. A parcel that is handed over again under the same key is the same parcel.</summary>
/// <param name="file">The book: a line for each time that something was handed over.</param>
public sealed class ParcelService(string file)
{
    private readonly Lock _lock = new();

    public void Take(string key, string folio)
    {
        lock (_lock)
        {
            File.AppendAllText(file, $"{key} {folio}\n");
        }
    }
}
