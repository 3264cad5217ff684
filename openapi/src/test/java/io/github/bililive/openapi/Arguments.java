package io.github.bililive.openapi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;

/** Some value of whatever type a generated method takes: the smallest object of a model, say. */
final class Arguments {
  private static final Pattern MISSING = Pattern.compile("needs (.*): set it before build");

  private static final Map<Type, Object> SIMPLE =
      Map.ofEntries(
          Map.entry(String.class, "a"),
          Map.entry(Object.class, "a"),
          Map.entry(Collection.class, List.of()),
          Map.entry(List.class, List.of()),
          Map.entry(Map.class, Map.of()),
          Map.entry(Boolean.class, true),
          Map.entry(boolean.class, true),
          Map.entry(Integer.class, 1),
          Map.entry(int.class, 1),
          Map.entry(Long.class, 1L),
          Map.entry(long.class, 1L),
          Map.entry(Float.class, 1F),
          Map.entry(float.class, 1F),
          Map.entry(Double.class, 1D),
          Map.entry(double.class, 1D),
          Map.entry(BigDecimal.class, BigDecimal.ONE),
          Map.entry(RequestBody.class, RequestBody.create("a", null)),
          Map.entry(MultipartBody.Part.class, MultipartBody.Part.createFormData("a", "a")));

  private Arguments() {}

  static Object[] of(Method method) throws ReflectiveOperationException {
    Type[] types = method.getGenericParameterTypes();
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = of(types[i]);
    }
    return arguments;
  }

  static Object of(Type type) throws ReflectiveOperationException {
    Object simple = SIMPLE.get(type);
    if (simple != null) {
      return simple;
    }
    if (type instanceof WildcardType) {
      return of(((WildcardType) type).getUpperBounds()[0]);
    }
    if (type instanceof ParameterizedType) {
      Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
      return ((ParameterizedType) type).getRawType() == Map.class
          ? Map.of("a", of(arguments[1]))
          : List.of(of(arguments[0]));
    }
    return ofClass((Class<?>) type);
  }

  private static Object ofClass(Class<?> type) throws ReflectiveOperationException {
    Class<?> makers = type.getEnclosingClass() == null ? type : type.getEnclosingClass();
    for (Method method : makers.getMethods()) {
      if (Modifier.isStatic(method.getModifiers())
          && method.getReturnType() == type
          && method.getParameterCount() == 1) {
        Class<?> taken = method.getParameterTypes()[0];
        return method.invoke(null, taken == Iterable.class ? List.of("a") : of(taken));
      }
    }
    Object builder = type.getMethod("builder").invoke(null);
    while (true) {
      try {
        return builder.getClass().getMethod("build").invoke(builder);
      } catch (InvocationTargetException e) {
        Matcher missing = MISSING.matcher(String.valueOf(e.getCause().getMessage()));
        if (!missing.find()) {
          throw e;
        }
        String name = letters(missing.group(1));
        Method setter =
            Stream.of(builder.getClass().getMethods())
                .filter(each -> letters(each.getName()).equals(name) && !each.isBridge())
                .findFirst()
                .orElseThrow();
        setter.invoke(builder, of(setter.getGenericParameterTypes()[0]));
      }
    }
  }

  private static String letters(String name) {
    return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
  }
}
