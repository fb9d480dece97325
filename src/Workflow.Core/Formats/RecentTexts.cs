namespace Workflow.Core.Formats;

/// <summary>The texts written last, so that one that occurs again is referred to and not repeated.</summary>
internal sealed class RecentTexts
{
    /// <summary>How many different texts are looked back at. The reader keeps all of them, so the number may change.</summary>
    private const int Window = 16;

    /// <summary>Length, first and last character of each text, looked through before any text is.</summary>
    private int[] _marks = new int[64];
    private string[] _texts = new string[64];
    private int _count;

    public void Clear()
    {
        Array.Clear(_texts, 0, _count);
        _count = 0;
    }

    /// <summary>Zero and the text when it is new; otherwise how many different texts ago it occurred.</summary>
    public void Write(PartWriter writer, string text)
    {
        var mark = text.Length == 0 ? 0 : (text.Length << 16) ^ (text[^1] << 8) ^ text[0];
        if (Find(text, mark) is var back and > 0)
        {
            writer.Number(back);
            return;
        }

        writer.Number(0);
        writer.Text(text);
        Add(text, mark);
    }

    private int Find(string text, int mark)
    {
        // Most facts name what the one before them names, by the same object.
        if (_count > 1 && (ReferenceEquals(_texts[_count - 1], text) || ReferenceEquals(_texts[_count - 2], text)))
        {
            return ReferenceEquals(_texts[_count - 1], text) ? 1 : 2;
        }

        var first = Math.Max(0, _count - Window);
        var behind = _count;
        while (_marks.AsSpan(first, behind - first).LastIndexOf(mark) is var found and >= 0)
        {
            behind = first + found;
            if (string.Equals(_texts[behind], text, StringComparison.Ordinal))
            {
                return _count - behind;
            }
        }

        return 0;
    }

    private void Add(string text, int mark)
    {
        if (_count == _marks.Length)
        {
            Array.Resize(ref _marks, _count * 2);
            Array.Resize(ref _texts, _count * 2);
        }

        _marks[_count] = mark;
        _texts[_count++] = text;
    }
}
