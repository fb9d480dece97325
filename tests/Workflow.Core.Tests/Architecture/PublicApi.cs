using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Workflow.Core.Tests.Architecture;

/// <summary>Prints what an assembly shows to the outside as C#-like text: sorted, one member per line, without nullability of references.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> _keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(char)] = "char",
        [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort",
        [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal",
    };

    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Of);

    public static IEnumerable<string> Of(Type type)
    {
        yield return Declaration(type);
        if (IsDelegate(type))
        {
            yield break;
        }

        var written = type.GetMembers(Declared).Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false));
        var members = written.Select(Member).OfType<string>();
        foreach (var member in type.IsEnum ? EnumMembers(type) : members.Order(StringComparer.Ordinal))
        {
            yield return $"    {member}";
        }
    }

    private static IEnumerable<string> EnumMembers(Type type) =>
        Enum.GetNames(type).Select(name => $"{name} = {Enum.Format(type, Enum.Parse(type, name), "d")}");

    private static string Declaration(Type type)
    {
        var fullName = $"{(type.IsNested ? Name(type.DeclaringType!) : type.Namespace)}.{Name(type)}";
        if (IsDelegate(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"public delegate {Returned(invoke.ReturnParameter)} {fullName}({Parameters(invoke)}){Constraints(type.GetGenericArguments())}";
        }

        // The interfaces that the base class implements are listed there.
        var parents = type.IsValueType || type.BaseType == typeof(object) ? [] : new[] { type.BaseType }.OfType<Type>();
        var contracts = type.IsEnum ? [] : type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(contract => contract.IsVisible);
        var bases = parents.Select(Name).Concat(contracts.Select(Name).Order(StringComparer.Ordinal)).ToList();
        return $"public {Kind(type)} {fullName}{(bases.Count == 0 ? "" : $" : {string.Join(", ", bases)}")}{Constraints(type.GetGenericArguments())}";
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute), false) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") +
            (type.GetMethod("PrintMembers", Declared) is null ? "struct" : "record struct"),
        _ => (type.IsAbstract ? type.IsSealed ? "static " : "abstract " : type.IsSealed ? "sealed " : "") +
            (type.GetMethod("<Clone>$") is null ? "class" : "record"),
    };

    private static string? Member(MemberInfo member) => member switch
    {
        FieldInfo field when IsShown(field.Attributes) => Field(field),
        PropertyInfo property when ShownAccessors(property).Any() => Property(property),
        EventInfo { AddMethod: { } add } happening when IsShown(add) => $"{Modifiers(add)}event {Name(happening.EventHandlerType!)} {happening.Name}",
        ConstructorInfo { IsStatic: false } constructor when IsShown(constructor) =>
            $"{Access(constructor.IsPublic)}{Plain(constructor.DeclaringType!)}({Parameters(constructor)})",
        MethodInfo { IsSpecialName: false } method when IsShown(method) && !method.Name.StartsWith('<') => Method(method),
        MethodInfo method when IsShown(method) && method.Name.StartsWith("op_", StringComparison.Ordinal) => Method(method),
        _ => null,
    };

    private static string Field(FieldInfo field)
    {
        var modifier = field.IsLiteral ? "const " : field.IsStatic ? "static " : "";
        var value = field.IsLiteral ? $" = {Constant(field.GetRawConstantValue())}" : "";
        return $"{Access(field.IsPublic)}{modifier}{(field.IsInitOnly ? "readonly " : "")}{Name(field.FieldType)} {field.Name}{value}";
    }

    private static string Property(PropertyInfo property)
    {
        var index = property.GetIndexParameters();
        var name = index.Length > 0 ? $"this[{string.Join(", ", index.Select(Parameter))}]" : property.Name;
        return $"{Modifiers(ShownAccessors(property).First())}{Required(property)}{Name(property.PropertyType)} {name} {{ {Accessors(property)} }}";
    }

    private static string Method(MethodInfo method)
    {
        Type[] arguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        var generic = arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Name))}>";
        return $"{Modifiers(method)}{Returned(method.ReturnParameter)} {method.Name}{generic}({Parameters(method)}){Constraints(arguments)}";
    }

    /// <summary>The more visible one first: a property is as visible as it.</summary>
    private static IEnumerable<MethodInfo> ShownAccessors(PropertyInfo property) =>
        property.GetAccessors(nonPublic: true).Where(IsShown).OrderByDescending(accessor => accessor.IsPublic);

    private static string Accessors(PropertyInfo property)
    {
        var shown = ShownAccessors(property).ToList();
        return string.Join(" ", shown.OrderBy(accessor => accessor == property.SetMethod).Select(accessor =>
            (accessor.IsPublic == shown[0].IsPublic ? "" : "protected ") + (accessor == property.GetMethod ? "get;" : IsInit(accessor) ? "init;" : "set;")));
    }

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Required(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";

    private static string Modifiers(MethodInfo method) => Access(method.IsPublic) + method switch
    {
        { IsStatic: true, IsAbstract: true } => "static abstract ",
        { IsStatic: true } => "static ",
        { DeclaringType.IsInterface: true } => method.IsAbstract ? "" : "virtual ",
        { IsVirtual: true } when method.GetBaseDefinition() != method => method.IsFinal ? "sealed override " : "override ",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var passed = parameter switch
        {
            { ParameterType.IsByRef: true, IsOut: true } => "out ",
            { ParameterType.IsByRef: true, IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ => parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "",
        };
        return $"{passed}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Default(parameter)}" : "")}";
    }

    private static string Default(ParameterInfo parameter)
    {
        var isNullable = !parameter.ParameterType.IsValueType || Nullable.GetUnderlyingType(parameter.ParameterType) is not null;
        return parameter.RawDefaultValue is { } value ? Constant(value) : isNullable ? "null" : "default";
    }

    private static string Returned(ParameterInfo parameter) =>
        (parameter.ParameterType.IsByRef ? parameter.GetRequiredCustomModifiers().Length > 0 ? "ref readonly " : "ref " : "") + Name(parameter.ParameterType);

    private static string Name(Type type)
    {
        if (_keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return $"{Name(underlying)}?";
        }

        if (type.HasElementType)
        {
            return $"{Name(type.GetElementType()!)}{(type.IsArray ? $"[{new string(',', type.GetArrayRank() - 1)}]" : type.IsPointer ? "*" : "")}";
        }

        var arguments = type.GetGenericArguments().Select(argument => Variance(argument) + Name(argument));
        return type.IsGenericType ? $"{Plain(type)}<{string.Join(", ", arguments)}>" : type.Name;
    }

    private static string Plain(Type type) => type.Name.Split('`')[0];

    private static string Variance(Type type) => type switch
    {
        { IsGenericTypeParameter: false } => "",
        _ when type.GenericParameterAttributes.HasFlag(GenericParameterAttributes.Covariant) => "out ",
        _ when type.GenericParameterAttributes.HasFlag(GenericParameterAttributes.Contravariant) => "in ",
        _ => "",
    };

    private static string Constraints(IEnumerable<Type> parameters) => string.Concat(parameters.Select(parameter =>
    {
        var attributes = parameter.GenericParameterAttributes;
        var isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        string[] constraints =
        [
            .. attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? ["class"] : Array.Empty<string>(),
            .. isStruct ? ["struct"] : Array.Empty<string>(),
            .. parameter.GetGenericParameterConstraints().Where(constraint => constraint != typeof(ValueType)).Select(Name).Order(StringComparer.Ordinal),
            .. attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct ? ["new()"] : Array.Empty<string>(),
        ];
        return constraints.Length == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", constraints)}";
    }));

    private static string Constant(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal)}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Access(bool isPublic) => isPublic ? "public " : "protected ";

    private static bool IsDelegate(Type type) => type.BaseType == typeof(MulticastDelegate);

    private static bool IsShown(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsShown(FieldAttributes attributes) =>
        (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem &&
        !attributes.HasFlag(FieldAttributes.SpecialName);
}
