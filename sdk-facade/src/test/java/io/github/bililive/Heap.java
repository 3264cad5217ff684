package io.github.bililive;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Writes down everything that can be reached from values: what they print, what their methods
 * without parameters return, elements, causes, and the private fields of the SDK's own types. Safe
 * for use by several threads.
 */
final class Heap {
  private static final int MAX_VALUES = 100_000;

  /** Guarded by this object's lock, as is what follows. */
  private final StringBuilder text = new StringBuilder();

  private final Set<String> heard = new LinkedHashSet<>();
  private final Set<String> calls = new HashSet<>();

  /** Takes what a method was handed. */
  synchronized void take(String method, Object... arguments) {
    heard.add(method);
    calls.add(method + " " + (arguments.length == 0 ? "" : arguments[0]));
    walk(arguments);
    notifyAll();
  }

  /** Returns which methods were called. */
  synchronized Set<String> heard() {
    return Set.copyOf(heard);
  }

  /** Returns whether a method was called with this as its first argument. */
  synchronized boolean isHeardOf(String method, String first) {
    return calls.contains(method + " " + first);
  }

  synchronized String everything() {
    return text.toString();
  }

  synchronized void await(BooleanSupplier condition, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        Assertions.fail("not heard in time; heard %s\n%s", heard, text);
      }
      wait(leftMillis);
    }
  }

  private void walk(Object root) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> left = new ArrayDeque<>();
    left.add(root);
    for (Object value = left.poll(); value != null; value = left.poll()) {
      if (!seen.add(value)) {
        continue;
      }
      Assertions.assertThat(seen).hasSizeLessThan(MAX_VALUES);
      text.append(textOf(value)).append('\n');
      if (value instanceof Throwable thrown) {
        text.append(Leaks.everythingOf(thrown));
      }
      addReachable(value, left);
    }
  }

  private static String textOf(Object value) {
    if (value instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    return value instanceof char[] characters ? new String(characters) : value.toString();
  }

  private static void addReachable(Object value, Deque<Object> left) {
    if (value instanceof Iterable<?> elements) {
      elements.forEach(element -> add(element, left));
    } else if (value instanceof Map<?, ?> map) {
      add(map.keySet(), left);
      add(map.values(), left);
    } else if (value instanceof Object[] array) {
      for (Object element : array) {
        add(element, left);
      }
    } else if (value instanceof Throwable thrown) {
      add(thrown.getCause(), left);
      add(thrown.getSuppressed(), left);
    }
    for (Class<?> type = value.getClass(); isOurs(type); type = type.getSuperclass()) {
      addFields(type, value, left);
      addAnswers(type, value, left);
    }
  }

  private static boolean isOurs(@Nullable Class<?> type) {
    return type != null && type.getName().startsWith("io.github.bililive");
  }

  private static void addFields(Class<?> type, Object value, Deque<Object> left) {
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        try {
          add(open(field).get(value), left);
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  private static void addAnswers(Class<?> type, Object value, Deque<Object> left) {
    for (Method method : type.getDeclaredMethods()) {
      if (!Modifier.isStatic(method.getModifiers())
          && method.getParameterCount() == 0
          && method.getReturnType() != void.class) {
        try {
          add(open(method).invoke(value), left);
        } catch (IllegalAccessException | InvocationTargetException e) {
          throw new AssertionError(method + " of " + value, e);
        }
      }
    }
  }

  private static <T extends AccessibleObject> T open(T member) {
    member.setAccessible(true);
    return member;
  }

  private static void add(@Nullable Object value, Deque<Object> left) {
    if (value != null) {
      left.add(value);
    }
  }
}
