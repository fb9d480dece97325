namespace ParentAndChildren;

/// <summary>The depot has a book of its own, which outlives this program. Goods that are packed again under the same key are the same parcel.</summary>
/// <param name="file">The book: a line for each time that something was packed.</param>
/// <param name="tell">Hears of what is packed.</param>
public sealed class Depot(string file, Action<string> tell)
{
    public void Pack(string key, string goods)
    {
        File.AppendAllText(file, $"{key} {goods}\n");
        tell($"The depot packs {goods}.");
    }

    /// <summary>The goods in the book, each as often as it was packed under a key of its own.</summary>
    public IReadOnlyList<string> Parcels() =>
        [.. File.ReadLines(file).Distinct(StringComparer.Ordinal).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])];
}
