using System.Runtime.InteropServices;
using System.Text;

namespace Workflow.Core.Relational.Connections;

/// <summary>Which file a name leads to now, and when it was written. Two names of one file have the same identity,
/// and a file that was put in the place of another has another.</summary>
/// <param name="Device">On which device it is.</param>
/// <param name="Number">Its number there. If the system does not tell it, the number is zero for every file. The content then shows that a file has taken
/// another's place.</param>
/// <param name="Names">How many names (hard links) it has; zero when it is not known.</param>
/// <param name="IsMount">Whether the file itself is mounted in its place, and not the folder that it lies in.</param>
/// <param name="Size">How many bytes it has.</param>
/// <param name="WrittenAt">When it was written last, by the clock of the system and in its units; zero when it was not asked for.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Number, uint Names, bool IsMount, long Size, long WrittenAt)
{
    private const int CurrentFolder = -100;
    private const uint NamesNumberAndSize = 0x304;
    private const uint Time = 0x40;
    private const ulong MountRoot = 0x2000;
    private const int NotThere = 2;
    private const int NoFolder = 20;

    /// <summary>The identity; null when there is no such file.</summary>
    /// <param name="path">The name of the file.</param>
    /// <param name="isTimeNeeded">Whether to ask for the time of the last write. After such a question Linux gives the next write an exact time, and each
    /// synchronization then stores the time as well. For a log that is synchronized with each commit, that costs more than the data of the commit.</param>
    public static FileIdentity? Of(string path, bool isTimeNeeded)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Told(path, isNumberKnown: true);
        }

        try
        {
            if (Status(
                CurrentFolder, Encoding.UTF8.GetBytes(path + '\0'), 0, isTimeNeeded ? NamesNumberAndSize | Time : NamesNumberAndSize, out var status) == 0)
            {
                return new FileIdentity(
                    ((ulong)status.DeviceMajor << 32) | status.DeviceMinor, status.Number, status.Names, (status.Attributes & MountRoot) != 0,
                    status.Size, isTimeNeeded ? unchecked((status.Seconds * 1_000_000_000) + status.Nanoseconds) : 0);
            }

            if (Marshal.GetLastPInvokeError() is NotThere or NoFolder)
            {
                return null;
            }
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            // An old library of the system, which has no such call.
        }

        // The call is missing, or forbidden by what surrounds the process, as in old containers: that says nothing of the file.
        return Told(path, isNumberKnown: false);
    }

    /// <summary>The identity of a file, as the runtime tells it. On Linux the instant at which a file was made may change when it is written, and means
    /// nothing.</summary>
    internal static FileIdentity? Told(string path, bool isNumberKnown)
    {
        var file = new FileInfo(path);
        return file.Exists
            ? new FileIdentity(0, isNumberKnown ? (ulong)file.CreationTimeUtc.Ticks : 0, Names: 0, IsMount: false, file.Length, file.LastWriteTimeUtc.Ticks)
            : null;
    }

    /// <summary>Whether both are the same file, regardless of its other names.</summary>
    public bool IsSameFileAs(FileIdentity other) => Device == other.Device && Number == other.Number;

    /// <summary>Whether nobody has written the file since it was looked at before.</summary>
    public bool IsAsWrittenAt(FileIdentity before) => Size == before.Size && WrittenAt == before.WrittenAt;

    /// <summary>The call of the system whose answer has the same form on every processor.</summary>
    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Status(int folder, byte[] path, int flags, uint wanted, out FileStatus status);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(8)]
        public ulong Attributes;

        [FieldOffset(16)]
        public uint Names;

        [FieldOffset(32)]
        public ulong Number;

        [FieldOffset(40)]
        public long Size;

        [FieldOffset(112)]
        public long Seconds;

        [FieldOffset(120)]
        public uint Nanoseconds;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
