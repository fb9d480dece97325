using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Workflow.Core.Contexts;

/// <summary>A class of the host that is named in the place of code (statement 7.1b). An object of it is made for each call.</summary>
internal sealed class CodeClass
{
    private const DynamicallyAccessedMemberTypes Kept = DynamicallyAccessedMemberTypes.PublicConstructors;

    private ObjectFactory? _make;

    private CodeClass([DynamicallyAccessedMembers(Kept)] Type type) => Type = type;

    [DynamicallyAccessedMembers(Kept)]
    public Type Type { get; }

    /// <summary>The names of the class, its type arguments included, without namespaces.</summary>
    public string Name => NameOf(Type);

    public static CodeClass Of<[DynamicallyAccessedMembers(Kept)] T>()
        where T : class => new(typeof(T));

    /// <summary>The name of a type as people write it.</summary>
    public static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;

    /// <summary>The constructors by which an object could be made: the one that is marked, or else all that are public.</summary>
    public static IReadOnlyList<ConstructorInfo> ConstructorsOf([DynamicallyAccessedMembers(Kept)] Type type)
    {
        if (type.IsAbstract)
        {
            return [];
        }

        var all = type.GetConstructors();
        return Array.Find(all, constructor => constructor.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute))) is { } marked ? [marked] : all;
    }

    /// <summary>Makes an object with services for its constructor.</summary>
    public object Make(IServiceProvider services) => (_make ??= ActivatorUtilities.CreateFactory(Type, []))(services, []);
}
