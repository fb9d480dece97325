using System.Text;

namespace Workflow.Core.Tests.Support;

/// <summary>Reads C# just well enough to tell code from comments and texts. The content of the holes of an interpolated text is code and stays.</summary>
internal sealed class SourceCode
{
    private readonly string _text;
    private readonly StringBuilder _code;
    private int _position;

    private SourceCode(string text)
    {
        _text = text;
        _code = new StringBuilder(text.Length);
    }

    public static string WithoutCommentsAndTexts(string text)
    {
        var reader = new SourceCode(text);
        reader.ReadCode(inHole: false);
        return reader._code.ToString();
    }

    private void ReadCode(bool inHole)
    {
        var depth = 0;
        while (_position < _text.Length)
        {
            if (inHole && depth == 0 && _text[_position] == '}')
            {
                return;
            }

            if (At("//"))
            {
                BlankUntil("\n", including: false);
            }
            else if (At("/*"))
            {
                Blank(2);
                BlankUntil("*/", including: true);
            }
            else if (_text[_position] == '\'')
            {
                ReadCharacter();
            }
            else if (StartOfText() is var length and > 0)
            {
                ReadText(_text.AsSpan(_position, length));
            }
            else
            {
                depth += _text[_position] switch { '{' => 1, '}' => -1, _ => 0 };
                _code.Append(_text[_position++]);
            }
        }
    }

    /// <summary>The length of the dollars, at sign and quotation marks that open a text here; zero when none does.</summary>
    private int StartOfText()
    {
        var end = _position;
        while (end < _text.Length && _text[end] is '$' or '@')
        {
            end++;
        }

        var quotes = end;
        while (quotes < _text.Length && _text[quotes] == '"')
        {
            quotes++;
        }

        // Two quotation marks are an empty text, three or more open a raw one.
        return quotes == end ? 0 : quotes - end >= 3 && !_text.AsSpan(_position, end - _position).Contains('@') ? quotes - _position : end - _position + 1;
    }

    private void ReadText(ReadOnlySpan<char> opening)
    {
        var dollars = opening.Count('$');
        var quotes = opening.Count('"');
        var verbatim = opening.Contains('@');
        Blank(opening.Length);
        while (_position < _text.Length)
        {
            var marks = Run('"');
            if (marks >= quotes && !(verbatim && marks % 2 == 0))
            {
                Blank(verbatim || quotes > 1 ? marks : 1);
                return;
            }

            var braces = dollars == 0 ? 0 : Run('{');
            var opensHole = quotes > 1 ? braces >= dollars && dollars > 0 : braces % 2 == 1;
            if (opensHole)
            {
                Blank(braces);
                ReadCode(inHole: true);
                Blank(quotes > 1 ? dollars : 1);
            }
            else if (_text[_position] == '\\' && !verbatim && quotes == 1)
            {
                Blank(2);
            }
            else
            {
                Blank(Math.Max(1, Math.Max(marks, braces)));
            }
        }
    }

    private void ReadCharacter()
    {
        Blank(At("'\\") ? 3 : 2);
        BlankUntil("'", including: true);
    }

    private int Run(char character)
    {
        var end = _position;
        while (end < _text.Length && _text[end] == character)
        {
            end++;
        }

        return end - _position;
    }

    private bool At(string expected) => string.CompareOrdinal(_text, _position, expected, 0, expected.Length) == 0;

    private void BlankUntil(string end, bool including)
    {
        var found = _text.IndexOf(end, _position, StringComparison.Ordinal);
        Blank((found < 0 ? _text.Length : found + (including ? end.Length : 0)) - _position);
    }

    private void Blank(int count)
    {
        for (var end = Math.Min(_text.Length, _position + count); _position < end; _position++)
        {
            _code.Append(_text[_position] is '\n' or '\r' ? _text[_position] : ' ');
        }
    }
}
