using System.Runtime.InteropServices;
using System.Text;

namespace Workflow.Core.Relational.Connections;

/// <summary>Which file a name leads to now. Two names of one file have the same identity, and a file that was put in the place of another has another.</summary>
/// <param name="Device">On which device it is.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Names">How many names (hard links) it has.</param>
/// <param name="IsMount">Whether the file itself is mounted in its place, and not the folder that it lies in.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Number, uint Names, bool IsMount)
{
    private const int CurrentFolder = -100;
    private const uint NamesAndNumber = 0x104;
    private const ulong MountRoot = 0x2000;

    /// <summary>The identity; null when there is no such file. Where the system does not tell it, the instant at which the file was made stands for it.</summary>
    public static FileIdentity? Of(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                return Status(CurrentFolder, Encoding.UTF8.GetBytes(path + '\0'), 0, NamesAndNumber, out var status) == 0
                    ? new FileIdentity(((ulong)status.DeviceMajor << 32) | status.DeviceMinor, status.Number, status.Names, (status.Attributes & MountRoot) != 0)
                    : null;
            }
            catch (EntryPointNotFoundException)
            {
                // An old library of the system: whether the file is there is all that is told.
                return File.Exists(path) ? default(FileIdentity) : null;
            }
        }

        return File.Exists(path) ? new FileIdentity(0, (ulong)File.GetCreationTimeUtc(path).Ticks, 1, IsMount: false) : null;
    }

    /// <summary>Whether both are the same file, whatever other names it has got meanwhile.</summary>
    public bool IsSameFileAs(FileIdentity other) => Device == other.Device && Number == other.Number;

    /// <summary>The call of the system whose answer has the same form on every processor.</summary>
    [DllImport("libc", EntryPoint = "statx")]
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

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
