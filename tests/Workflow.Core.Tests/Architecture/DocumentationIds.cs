using System.Globalization;
using System.Reflection;

namespace Workflow.Core.Tests.Architecture;

/// <summary>The names under which the compiler writes members into the documentation file.</summary>
internal static class DocumentationIds
{
    public static string Of(MemberInfo member) => member switch
    {
        Type type => $"T:{Name(type)}",
        FieldInfo field => $"F:{Name(field.DeclaringType!)}.{field.Name}",
        EventInfo happening => $"E:{Name(happening.DeclaringType!)}.{happening.Name}",
        PropertyInfo property => $"P:{Name(property.DeclaringType!)}.{property.Name}{Parameters(property.GetIndexParameters())}",
        ConstructorInfo constructor => $"M:{Name(constructor.DeclaringType!)}.#ctor{Parameters(constructor.GetParameters())}",
        MethodInfo method => $"M:{Name(method.DeclaringType!)}.{method.Name}{(method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "")}" +
            $"{Parameters(method.GetParameters())}{Converted(method)}",
        _ => throw new ArgumentException($"{member} is not a documented kind of member.", nameof(member)),
    };

    private static string Name(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => Reference(parameter.ParameterType)))})";

    /// <summary>Conversions differ in what they return, so it belongs to their name.</summary>
    private static string Converted(MethodInfo method) => method.Name is "op_Implicit" or "op_Explicit" ? $"~{Reference(method.ReturnType)}" : "";

    private static string Reference(Type type)
    {
        if (type.IsGenericParameter)
        {
            return $"{(type.DeclaringMethod is null ? "`" : "``")}{type.GenericParameterPosition}";
        }

        if (type.HasElementType)
        {
            var element = Reference(type.GetElementType()!);
            return type switch
            {
                { IsByRef: true } => $"{element}@",
                { IsPointer: true } => $"{element}*",
                _ => $"{element}[{string.Join(',', Enumerable.Repeat(type.GetArrayRank() == 1 ? "" : "0:", type.GetArrayRank()))}]",
            };
        }

        if (!type.IsGenericType)
        {
            return type.FullName!.Replace('+', '.');
        }

        // Each nested level names its own arguments: Outer{X}.Inner{Y}.
        var arguments = new Queue<string>(type.GetGenericArguments().Select(Reference));
        return string.Join('.', type.GetGenericTypeDefinition().FullName!.Split('+').Select(level =>
        {
            var parts = level.Split('`');
            if (parts.Length == 1)
            {
                return level;
            }

            var own = Enumerable.Range(0, int.Parse(parts[1], CultureInfo.InvariantCulture)).Select(_ => arguments.Dequeue());
            return $"{parts[0]}{{{string.Join(',', own)}}}";
        }));
    }
}
