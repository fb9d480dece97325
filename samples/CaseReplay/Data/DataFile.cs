using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;

namespace Cases.Data;

/// <summary>Reads one file of the data, packed or not, and tells with the number of the line what is wrong in it.</summary>
public static class DataFile
{
    /// <summary>The lines of a file, each made into something.</summary>
    /// <param name="path">The file; one that ends in <c>.gz</c> is packed.</param>
    /// <param name="make">Makes something of a line and its number, from 1.</param>
    /// <exception cref="BadInputException">The file is missing or damaged, or <paramref name="make"/> cannot read a line.</exception>
    public static IEnumerable<T> Lines<T>(string path, Func<string, int, T> make)
    {
        using var reader = Open(path);
        for (var number = 1; ; number++)
        {
            T made;
            try
            {
                if (reader.ReadLine() is not { } line)
                {
                    yield break;
                }

                made = make(line, number);
            }
            catch (JsonException exception)
            {
                throw new BadInputException($"Line {number} of '{path}' is not JSON, or only a part of it.", exception);
            }
            catch (Exception exception) when (exception is IOException or FormatException or ArgumentException or InvalidOperationException)
            {
                throw new BadInputException($"Line {number} of '{path}' cannot be read: {exception.Message}", exception);
            }

            yield return made;
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? Unpack(path) : File.OpenRead(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new BadInputException($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Unpacks a file as a whole: a stream that is read bit by bit does not notice that its end is missing.</summary>
    private static MemoryStream Unpack(string path)
    {
        var packed = File.ReadAllBytes(path);
        using var unpacking = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        var content = new MemoryStream();
        unpacking.CopyTo(content);
        if (packed.Length < sizeof(uint) || (uint)content.Length != BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(^sizeof(uint)..)))
        {
            throw new InvalidDataException("its end is missing.");
        }

        content.Position = 0;
        return content;
    }
}
