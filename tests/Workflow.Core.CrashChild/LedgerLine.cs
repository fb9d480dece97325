using System.Globalization;

namespace Workflow.Core.CrashChild;

/// <summary>One run of the code of a server event or an escalation.</summary>
/// <param name="ProcessInstance">The process instance.</param>
/// <param name="Element">The element, in words.</param>
/// <param name="Reminder">The number of the firing; zero for a server event.</param>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Attempt">Which call it was, as the engine says.</param>
/// <param name="Incarnation">Which child made it.</param>
internal sealed record LedgerLine(ProcessInstanceId ProcessInstance, string Element, int Reminder, string Key, int Attempt, int Incarnation)
{
    public static LedgerLine Parse(string text)
    {
        var parts = text.Split('|');
        return new LedgerLine(ProcessInstanceId.Parse(parts[0]), parts[1], Number(parts[2]), parts[3], Number(parts[4]), Number(parts[5]));

        static int Number(string part) => int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ProcessInstance}|{Element}|{Reminder}|{Key}|{Attempt}|{Incarnation}");
}
