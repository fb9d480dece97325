namespace Workflow.Core.Relational.Connections;

/// <summary>Why the operating system refuses a file. It says so in the language of the machine, and in a number.</summary>
internal static class FileFailure
{
    /// <summary>Less room than SQLite needs to begin with.</summary>
    private const long NoRoom = 64 * 1024;

    internal enum Cause
    {
        Other,
        InUse,
        ReadOnly,
        Full,
    }

    public static Cause Of(IOException exception) => OperatingSystem.IsWindows()
        ? (exception.HResult & 0xFFFF) switch
        {
            32 or 33 => Cause.InUse,
            19 => Cause.ReadOnly,
            39 or 112 => Cause.Full,
            _ => Cause.Other,
        }
        : exception.HResult switch
        {
            11 or 35 => Cause.InUse,
            30 => Cause.ReadOnly,
            28 or 69 or 122 => Cause.Full,
            _ => Cause.Other,
        };

    /// <summary>The reason why no file can be made beside a database. It serves failures for which SQLite gives no cause. It makes a trial file that is deleted
    /// at once.</summary>
    public static Cause Beside(string path)
    {
        try
        {
            using var trial = new FileStream($"{path}-{Guid.NewGuid():N}", FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace < NoRoom ? Cause.Full : Cause.Other;
        }
        catch (IOException exception)
        {
            return Of(exception);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or ArgumentException)
        {
            return Cause.Other;
        }
    }
}
